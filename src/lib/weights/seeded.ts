import type { ModuleNode } from '../arch/module';
import type { Shape } from '../arch/shapes';
import { TensorRandom } from './random';
import { BIAS_DEVIATION, planSignal, type OpSignal } from './signal-plan';
import type { TensorAddress, WeightSource } from './source';

/** Half-range of a uniform distribution over its standard deviation. */
const SQRT3 = 1.7320508075688772;

/** Half-range of BatchNorm's scales and variances around their centre, relative. */
const NORM_SPREAD = 0.25;

/**
 * Seeded weights for a network. Each tensor has a random stream of its own, from the seed and its
 * path, so that what is drawn for it does not depend on the rest of the network; only its scale
 * does, by {@link planSignal}. Weights are He's (variance over fan-in), drawn uniformly; biases
 * have a standard deviation of 0.1. BatchNorm statistics are not trivial, so that a fold that
 * forgets one of them gives other outputs.
 */
export function seededWeights({
	root,
	seed
}: {
	readonly root: ModuleNode;
	/** An integer. */
	readonly seed: number;
}): WeightSource {
	const plan = planSignal(root);
	return (tensor, target) => {
		const signal = plan.ops.get(tensor.path);
		if (signal === undefined) throw new Error(`The network has no op at "${tensor.path}".`);
		const random = new TensorRandom(`${seed}:${tensor.path}.${tensor.name}`);
		if (isDepthwiseKernel(tensor)) {
			fillDepthwise({ target, shape: tensor.shape, signal, share: plan.share, random });
		} else {
			const { centre, deviation } = distribution(tensor, signal);
			random.fillUniform(target, SQRT3 * deviation, centre);
		}
	};
}

function distribution(
	{ name, shape }: TensorAddress,
	{ inputPower, outputPower }: OpSignal
): { readonly centre: number; readonly deviation: number } {
	switch (name) {
		case 'bias':
		case 'running_mean':
			return { centre: 0, deviation: BIAS_DEVIATION };
		case 'running_var':
			return { centre: inputPower, deviation: (NORM_SPREAD / SQRT3) * inputPower };
		case 'weight': {
			const isNormScale = shape.length === 1;
			const deviation = Math.sqrt(outputPower);
			if (isNormScale) return { centre: deviation, deviation: (NORM_SPREAD / SQRT3) * deviation };
			return { centre: 0, deviation: deviation / Math.sqrt(fanIn(shape) * inputPower) };
		}
	}
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
function fillDepthwise({
	target,
	shape,
	signal,
	share,
	random
}: {
	readonly target: Float32Array;
	readonly shape: Shape;
	readonly signal: OpSignal;
	readonly share: number;
	readonly random: TensorRandom;
}): void {
	const [height, width] = [shape[2]!, shape[3]!];
	const taps = height * width;
	const gain = Math.sqrt(signal.outputPower / signal.inputPower);
	random.fillUniform(target, SQRT3 * gain * Math.sqrt(share / taps));
	const centre = Math.floor(height / 2) * width + Math.floor(width / 2);
	const centreGain = gain * Math.sqrt(1 - share);
	for (let start = 0; start < target.length; start += taps) {
		// The sign is that of the noise at the corner: independent of the centre's.
		target[start + centre]! += target[start]! < 0 ? -centreGain : centreGain;
	}
}
