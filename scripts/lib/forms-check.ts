import type { Shape } from '../../src/lib/arch/shapes';
import { seededInput } from '../../src/lib/measure/input';
import type { CheckpointForm } from '../../src/lib/weights/checkpoint/types';

const INPUT_SEED = 1;

/** Rounding makes a hundredth of it; the slightest of mistakes, a fold without epsilon, four times. */
const MAX_SHARE = 1e-4;

/** Both forms of a network on one input, or the one that there is. */
export interface FormsCheck {
	readonly runtime: string;
	readonly inputSeed: number;
	readonly forms: readonly CheckpointForm[];
	/** Largest absolute difference of the logits; null with one form. */
	readonly maxDifference: number | null;
	/** The deploy form's smallest and largest logit, and what lies between. */
	readonly min: number;
	readonly max: number;
	readonly range: number;
	/** Difference over range; null with one form. */
	readonly share: number | null;
	readonly maxShare: number;
	/** Logits that are infinite or not a number, of all forms together. */
	readonly notFinite: number;
	readonly passed: boolean;
}

/**
 * Runs each form in onnxruntime-web, one at a time, and compares what comes out.
 * @param bytesOf the ONNX file of a form, for one `inputShape`
 */
export async function checkForms({
	forms,
	inputShape,
	bytesOf
}: {
	readonly forms: readonly CheckpointForm[];
	readonly inputShape: Shape;
	readonly bytesOf: (form: CheckpointForm) => Uint8Array;
}): Promise<FormsCheck> {
	// Loaded here, as most commands run nothing.
	const { runOnnx, RUNTIME } = await import('./onnx-runtime');
	const input = seededInput(inputShape, INPUT_SEED);
	const outputs = new Map<CheckpointForm, Float32Array>();
	for (const form of forms) {
		const { data } = await runOnnx({ bytes: bytesOf(form), inputShape, input });
		outputs.set(form, data);
	}
	return { runtime: RUNTIME, inputSeed: INPUT_SEED, ...compareForms(outputs) };
}

/** What the logits of one form, or two, say of the fold. The deploy form is always there. */
export function compareForms(
	outputs: ReadonlyMap<CheckpointForm, Float32Array>
): Omit<FormsCheck, 'runtime' | 'inputSeed'> {
	const deploy = outputs.get('deploy');
	if (!deploy) throw new Error('There is no network without a deploy form.');
	const training = outputs.get('training');
	const [min, max] = [Math.min(...deploy), Math.max(...deploy)];
	const range = max - min;
	const maxDifference = training ? largestDifference(training, deploy) : null;
	const share = maxDifference === null ? null : shareOf(maxDifference, range);
	const notFinite = [...outputs.values()]
		.flatMap((logits) => [...logits])
		.filter((logit) => !Number.isFinite(logit)).length;
	return {
		forms: [...outputs.keys()],
		maxDifference,
		min,
		max,
		range,
		share,
		maxShare: MAX_SHARE,
		notFinite,
		passed: notFinite === 0 && (share === null || share <= MAX_SHARE)
	};
}

/** Logits that are all alike have no range: then nothing but the same logits will do. */
function shareOf(difference: number, range: number): number {
	return difference === 0 ? 0 : difference / range;
}

function largestDifference(a: Float32Array, b: Float32Array): number {
	if (a.length !== b.length) throw new Error('The forms have outputs of different lengths.');
	return a.reduce((most, value, index) => Math.max(most, Math.abs(value - b[index]!)), 0);
}
