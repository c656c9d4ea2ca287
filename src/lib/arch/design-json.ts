import type { Analysis } from './analysis';
import type { Design } from './design';
import { nameOfDesign } from './named-designs';
import { printDesign } from './query';

export const DESIGN_SCHEMA = 'repvit-explorer/design';
/** A change of what a key or a value means raises it. */
export const DESIGN_SCHEMA_VERSION = 1;

/**
 * A design as a file, schema `repvit-explorer/design` version 1. `design` is the design, every choice
 * of it; that alone is read back. The rest tells a reader what it builds.
 */
interface DesignFile {
	readonly schema: typeof DESIGN_SCHEMA;
	readonly schemaVersion: typeof DESIGN_SCHEMA_VERSION;
	/** For example `step3` or `repvit-m0.9_training`; null for a design of one's own. */
	readonly name: string | null;
	/** What follows the question mark in the address of the design page. */
	readonly query: string;
	readonly design: Design;
	/** Of the form that `design.form` says. */
	readonly network: {
		/** NCHW, batch 1. */
		readonly inputShape: readonly number[];
		readonly outputShape: readonly number[];
		readonly params: number;
		/** Multiply-accumulates of convolutions and linear layers. */
		readonly macs: number;
		/** Written by all ops, float32. */
		readonly activationBytes: number;
		readonly ops: number;
	};
}

/** A design and what it builds as JSON text: see {@link DesignFile}. */
export function designJson({ design, inputShape, shapes, total }: Analysis): string {
	const file: DesignFile = {
		schema: DESIGN_SCHEMA,
		schemaVersion: DESIGN_SCHEMA_VERSION,
		name: nameOfDesign(design)?.name ?? null,
		query: printDesign(design),
		design,
		network: {
			inputShape,
			outputShape: shapes.get('')?.output ?? [],
			params: total.params,
			macs: total.macs,
			activationBytes: total.activationBytes,
			ops: total.opCount
		}
	};
	return `${JSON.stringify(file, null, '\t')}\n`;
}
