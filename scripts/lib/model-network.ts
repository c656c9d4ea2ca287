import { basename } from 'node:path';
import { BASELINE, deployForm, type Design } from '../../src/lib/arch/design';
import { designOfPlan } from '../../src/lib/arch/models/design-of-plan';
import type { Shape } from '../../src/lib/arch/shapes';
import { emitCheckpoint } from '../../src/lib/onnx/emit-checkpoint';
import { emitDesign } from '../../src/lib/onnx/emit-design';
import type { EmittedNetwork } from '../../src/lib/onnx/emit-network';
import { checkpointNetworks } from '../../src/lib/weights/checkpoint/networks';
import type { CheckpointForm } from '../../src/lib/weights/checkpoint/types';
import { readCheckpointFile, type CheckpointFile } from './checkpoint-file';
import type { DesignArgument } from './design-argument';
import type { WeightsReport } from './model-report';
import type { ModelSubject } from './model-request';
import { labelOfCheckpoint, requireNetwork } from './same-network';

/** A network with weights, to be written in a form and for an input size. */
export interface ModelNetwork {
	/** A design's name, or `design` for one that has none. */
	readonly name: string;
	/** What a person calls it. */
	readonly label: string;
	/** Null where the choices of a design can't say the network. */
	readonly designIn: (form: CheckpointForm) => Design | null;
	/** The forms that there are. */
	readonly forms: readonly CheckpointForm[];
	/** Side of the square input that it is made for, in pixels. */
	readonly resolution: number;
	/** Of the weights; null where they are a file's. */
	readonly seed: number | null;
	/** The file that the weights are from; null where they are seeded. */
	readonly weights: WeightsReport | null;
	/** Where a file of it goes unless told otherwise. */
	readonly fileFor: (form: CheckpointForm) => string;
	/** @throws for a form that there is not, and for an input that is too small */
	readonly emit: (form: CheckpointForm, inputShape: Shape) => EmittedNetwork;
}

/** @throws with what is wrong, for a file that can't be used or is not what was asked for */
export async function loadModelNetwork(subject: ModelSubject): Promise<ModelNetwork> {
	if (subject.kind === 'seeded') return seededModel(subject.asked, subject.seed);
	const file = await readCheckpointFile(subject.path);
	if (subject.asked) requireNetwork(subject.asked, file);
	return checkpointModel(file, subject.asked?.design.resolution);
}

const BOTH_FORMS = ['training', 'deploy'] as const;

function seededModel({ name, label, design }: DesignArgument, seed: number): ModelNetwork {
	const designIn = (form: CheckpointForm): Design => ({ ...design, form });
	return {
		name,
		label,
		designIn,
		forms: BOTH_FORMS,
		resolution: design.resolution,
		seed,
		weights: null,
		// The deploy form is what a name means, and what the paper's figures are about.
		fileFor: (form) => (form === 'deploy' ? `${name}.onnx` : `${name}-${form}.onnx`),
		emit: (form, inputShape) => emitDesign(designIn(form), { seed, inputShape })
	};
}

function checkpointModel(
	{ path, file, checkpoint, sha256 }: CheckpointFile,
	resolution = BASELINE.resolution
): ModelNetwork {
	const { plan, form: ownForm, naming, member } = checkpoint;
	const design = designOfPlan(plan);
	const networks = checkpointNetworks(checkpoint, (key, target) => file.fill(key, target));
	return {
		name: member?.name ?? 'design',
		label: labelOfCheckpoint(checkpoint),
		designIn: (form) =>
			design && (form === 'deploy' ? deployForm(design) : { ...design, form: 'training' }),
		forms: ownForm === 'training' ? BOTH_FORMS : ['deploy'],
		resolution,
		seed: null,
		weights: { file: path, naming, form: ownForm, sha256 },
		fileFor: (form) => `${basename(path).replace(/\.[^.]*$/, '')}-${form}.onnx`,
		emit: (form, inputShape) => {
			const network = networks[form];
			if (!network) {
				throw new Error(
					`${path} is fused: its branches and BatchNorms were added up into single layers, and a sum does not tell its parts. So there is no training form. Take --form deploy, or the file that this one was made from.`
				);
			}
			return emitCheckpoint({ network, form, inputShape });
		}
	};
}
