import type { ConvOp } from '../arch/op';
import type { AffineOp } from '../arch/reparameterize/recipe';

/** A weight as it was stored, C order, and the op it is of. */
export interface StoredWeight {
	readonly op: AffineOp;
	readonly weight: Float32Array;
}

/** Factors around a weight W, one a channel: diag(outputs) W diag(inputs). */
export interface Scaling {
	readonly outputs: Float64Array;
	/** Null where all are 1. */
	readonly inputs: Float64Array | null;
}

/** A weight under construction, C order, and the op it is for. */
export interface Accumulator {
	readonly op: AffineOp;
	readonly sum: Float64Array;
}

/** Scales a weight in place: one rounding an element, as the product is made in double precision. */
export function scaleWeight({ weight, op }: StoredWeight, { outputs, inputs }: Scaling): void {
	const { inputs: perRow, taps } = rowOf(op);
	let i = 0;
	for (let out = 0; out < outputs.length; out++) {
		const factor = outputs[out]!;
		if (inputs === null) {
			for (const end = i + perRow * taps; i < end; i++) weight[i]! *= factor;
			continue;
		}
		const first = firstInputOf(op, out);
		for (let input = 0; input < perRow; input++) {
			const both = factor * inputs[first + input]!;
			for (const end = i + taps; i < end; i++) weight[i]! *= both;
		}
	}
}

/** Adds a scaled weight to a sum, its kernel in the middle of the sum's. */
export function addWeight(
	{ weight, op }: StoredWeight,
	{ outputs, inputs }: Scaling,
	{ op: whole, sum }: Accumulator
): void {
	const [height, width] = kernelOf(op);
	const [wholeHeight, wholeWidth] = kernelOf(whole);
	const start = ((wholeHeight - height) / 2) * wholeWidth + (wholeWidth - width) / 2;
	const { inputs: perRow } = rowOf(op);
	let from = 0;
	for (let out = 0; out < outputs.length; out++) {
		const first = firstInputOf(op, out);
		for (let input = 0; input < perRow; input++) {
			const factor = outputs[out]! * (inputs === null ? 1 : inputs[first + input]!);
			let to = (out * perRow + input) * wholeHeight * wholeWidth + start;
			for (let row = 0; row < height; row++, to += wholeWidth) {
				for (let column = 0; column < width; column++) {
					sum[to + column]! += factor * weight[from++]!;
				}
			}
		}
	}
}

/** Adds the scaled 1x1 convolution that passes its input on: each output reads its own channel. */
export function addIdentity({ outputs, inputs }: Scaling, { op: whole, sum }: Accumulator): void {
	const { inputs: perRow, taps } = rowOf(whole);
	const centre = (taps - 1) / 2;
	for (let out = 0; out < outputs.length; out++) {
		const own = out - firstInputOf(whole, out);
		const factor = outputs[out]! * (inputs === null ? 1 : inputs[out]!);
		sum[(out * perRow + own) * taps + centre]! += factor;
	}
}

/** Adds to `sum` what a weight makes of one value a channel, the same at all positions. */
export function addProduct(
	{ weight, op }: StoredWeight,
	values: Float64Array,
	sum: Float64Array
): void {
	const { inputs: perRow, taps } = rowOf(op);
	let i = 0;
	for (let out = 0; out < sum.length; out++) {
		const first = firstInputOf(op, out);
		let total = sum[out]!;
		for (let input = 0; input < perRow; input++) {
			const value = values[first + input]!;
			for (const end = i + taps; i < end; i++) total += weight[i]! * value;
		}
		sum[out] = total;
	}
}

function kernelOf(op: AffineOp): ConvOp['kernel'] {
	return op.type === 'conv' ? op.kernel : [1, 1];
}

/** What one output channel reads: how many inputs, and at how many positions each. */
function rowOf(op: AffineOp): { readonly inputs: number; readonly taps: number } {
	return op.type === 'conv'
		? { inputs: op.inChannels / op.groups, taps: op.kernel[0] * op.kernel[1] }
		: { inputs: op.inFeatures, taps: 1 };
}

/** The first input channel that an output channel reads: that of its group. */
function firstInputOf(op: AffineOp, out: number): number {
	if (op.type === 'linear') return 0;
	const group = Math.floor(out / (op.outChannels / op.groups));
	return group * (op.inChannels / op.groups);
}
