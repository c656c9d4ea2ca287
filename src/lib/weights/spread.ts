import type { Shape } from '../arch/shapes';
import { BIAS_DEVIATION, type OpSignal, type SignalPlan } from './signal-plan';
import type { TensorAddress } from './source';

/** Half-range of a uniform distribution over its standard deviation. */
const SQRT3 = 1.7320508075688772;

/** Half-range of BatchNorm's scales and variances around their centre, relative. */
const NORM_SPREAD = 0.25;

/** From what a seeded tensor's values are drawn. */
export type Spread =
	/** Uniformly from `centre` minus to `centre` plus `halfRange`. */
	| { readonly kind: 'uniform'; readonly centre: number; readonly halfRange: number }
	/**
	 * A depthwise kernel, which passes its input on: plus or minus `centreGain` at its centre, and
	 * on every tap noise from minus to plus `halfRange`.
	 */
	| { readonly kind: 'pass-through'; readonly centreGain: number; readonly halfRange: number };

/**
 * How the values of a tensor spread. Weights are He's (variance over fan-in); biases have a standard
 * deviation of 0.1; BatchNorm's scales and variances lie around what keeps the planned signal.
 */
export function spreadOf(tensor: TensorAddress, plan: SignalPlan): Spread {
	const signal = plan.ops.get(tensor.path);
	if (signal === undefined) throw new Error(`The network has no op at "${tensor.path}".`);
	return isDepthwiseKernel(tensor)
		? depthwiseSpread(tensor.shape, signal, plan.share)
		: uniformSpread(tensor, signal);
}

/** The standard deviation of a uniform distribution. */
export function uniformDeviation(halfRange: number): number {
	return halfRange / SQRT3;
}

function uniformSpread(
	{ name, shape }: TensorAddress,
	{ inputPower, outputPower }: OpSignal
): Spread {
	switch (name) {
		case 'bias':
		case 'running_mean':
			return uniform(0, BIAS_DEVIATION);
		case 'running_var':
			return uniform(inputPower, (NORM_SPREAD / SQRT3) * inputPower);
		case 'weight': {
			const isNormScale = shape.length === 1;
			const deviation = Math.sqrt(outputPower);
			if (isNormScale) return uniform(deviation, (NORM_SPREAD / SQRT3) * deviation);
			return uniform(0, deviation / Math.sqrt(fanIn(shape) * inputPower));
		}
	}
}

function uniform(centre: number, deviation: number): Spread {
	return { kind: 'uniform', centre, halfRange: SQRT3 * deviation };
}

function fanIn(shape: Shape): number {
	return shape.slice(1).reduce((product, size) => product * size, 1);
}

function isDepthwiseKernel({ shape }: TensorAddress): boolean {
	return shape.length === 4 && shape[1] === 1 && shape[2]! * shape[3]! > 1;
}

/**
 * A depthwise kernel reads one channel alone, so its gain is one random number a channel; a row of
 * them would multiply up to nothing in most channels. Like one that was trained beside a skip, it
 * passes its input on but for its share: plus or minus the centre, and a little noise.
 */
function depthwiseSpread(shape: Shape, signal: OpSignal, share: number): Spread {
	const gain = Math.sqrt(signal.outputPower / signal.inputPower);
	const taps = shape[2]! * shape[3]!;
	return {
		kind: 'pass-through',
		centreGain: gain * Math.sqrt(1 - share),
		halfRange: SQRT3 * gain * Math.sqrt(share / taps)
	};
}
