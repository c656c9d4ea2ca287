import type { FoldedNorm } from '../arch/reparameterize/recipe';
import { opTensors, type WeightSource } from './source';

/** What a norm does to each channel: x -> scale x + shift. */
export interface ChannelMap {
	readonly scale: Float64Array;
	readonly shift: Float64Array;
}

/** A BatchNorm with stored statistics: s = γ / √(σ² + ε), t = β - μ s. */
export function channelMap({ path, op }: FoldedNorm, source: WeightSource): ChannelMap {
	const [gamma, beta, mean, variance] = opTensors(op).map((spec) => {
		const values = new Float32Array(op.channels);
		source({ path, ...spec }, values);
		return values;
	}) as [Float32Array, Float32Array, Float32Array, Float32Array];
	const scale = new Float64Array(op.channels);
	const shift = new Float64Array(op.channels);
	for (let channel = 0; channel < op.channels; channel++) {
		scale[channel] = gamma[channel]! / Math.sqrt(variance[channel]! + op.epsilon);
		shift[channel] = beta[channel]! - mean[channel]! * scale[channel]!;
	}
	return { scale, shift };
}

/** One value a channel behind the norm. Null stands for zeros. */
export function normalised(
	values: Float64Array | null,
	{ scale, shift }: ChannelMap
): Float64Array {
	return values ? values.map((value, i) => value * scale[i]! + shift[i]!) : shift;
}
