import { opMacs } from '../../arch/cost';
import type { Op } from '../../arch/op';
import type { Shape } from '../../arch/shapes';

/** One factor of an op's MACs, with the numbers that go into it. */
export type MacFactor =
	/** Pictures at once; left out for one. */
	| { readonly of: 'batch'; readonly count: number }
	/** Where the kernel is laid: height and width of the output. */
	| { readonly of: 'positions'; readonly height: number; readonly width: number }
	| { readonly of: 'filters'; readonly count: number }
	/** Channels that one filter reads. */
	| { readonly of: 'channels'; readonly channels: number; readonly groups: number }
	| { readonly of: 'kernel'; readonly height: number; readonly width: number }
	| { readonly of: 'in-features' | 'out-features'; readonly count: number };

/** How many multiply-accumulates an op takes, and why. */
export interface MacFormula {
	readonly factors: readonly MacFactor[];
	/** As `computeCosts` counts them. */
	readonly macs: number;
}

/** Null for an op that is not counted in MACs. @param output NCHW, or (N, features) */
export function macFormula(op: Op, output: Shape): MacFormula | null {
	const [batch = 1, , height = 1, width = 1] = output;
	const batches: readonly MacFactor[] = batch === 1 ? [] : [{ of: 'batch', count: batch }];
	switch (op.type) {
		case 'conv':
			return {
				factors: [
					...batches,
					{ of: 'positions', height, width },
					{ of: 'filters', count: op.outChannels },
					{ of: 'channels', channels: op.inChannels, groups: op.groups },
					{ of: 'kernel', height: op.kernel[0], width: op.kernel[1] }
				],
				macs: opMacs(op, output)
			};
		case 'linear':
			return {
				factors: [
					...batches,
					{ of: 'out-features', count: op.outFeatures },
					{ of: 'in-features', count: op.inFeatures }
				],
				macs: opMacs(op, output)
			};
		default:
			return null;
	}
}

/** `14·14`, `384`, `192/1`: plain digits, as one writes a product down. */
export function factorText(factor: MacFactor): string {
	switch (factor.of) {
		case 'positions':
		case 'kernel':
			return `${factor.height}·${factor.width}`;
		case 'channels':
			return `${factor.channels}/${factor.groups}`;
		default:
			return String(factor.count);
	}
}
