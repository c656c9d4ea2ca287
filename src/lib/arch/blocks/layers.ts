import { op, sequential, type OpNode, type Role, type SequentialNode } from '../module';
import type { ActivationType } from '../op';

/** What a convolution needs beyond its channels; padding keeps the size at stride 1. */
export interface ConvOptions {
	readonly kernel?: number;
	readonly stride?: number;
	readonly padding?: number;
	readonly groups?: number;
	readonly role?: Role;
}

/** Added to the variance by every BatchNorm: RepViT's and timm's MobileNetV3's (torchvision has 1e-3). */
const NORM_EPSILON = 1e-5;

/** A convolution with a bias of its own: nothing normalises what it gives. */
export function conv(
	name: string,
	inChannels: number,
	outChannels: number,
	options: ConvOptions = {}
): OpNode {
	return convolution(name, inChannels, outChannels, true, options);
}

/** A depthwise convolution with bias: one filter a channel. */
export function depthwise(name: string, channels: number, options: ConvOptions = {}): OpNode {
	return conv(name, channels, channels, { ...options, groups: channels });
}

/** A convolution and its BatchNorm, `c` and `bn`: what folds into one convolution with bias. */
export function convNorm(
	name: string,
	inChannels: number,
	outChannels: number,
	{ role, ...options }: ConvOptions = {}
): SequentialNode {
	return sequential(
		name,
		[convolution('c', inChannels, outChannels, false, options), batchNorm('bn', outChannels)],
		role
	);
}

/** A depthwise convolution and its BatchNorm. */
export function depthwiseNorm(
	name: string,
	channels: number,
	options: ConvOptions = {}
): SequentialNode {
	return convNorm(name, channels, channels, { ...options, groups: channels });
}

function convolution(
	name: string,
	inChannels: number,
	outChannels: number,
	bias: boolean,
	{ kernel = 1, stride = 1, padding = (kernel - 1) / 2, groups = 1, role }: ConvOptions
): OpNode {
	return op(
		name,
		{
			type: 'conv',
			inChannels,
			outChannels,
			kernel: [kernel, kernel],
			stride: [stride, stride],
			padding: [padding, padding],
			groups,
			bias
		},
		role
	);
}

export function batchNorm(name: string, channels: number): OpNode {
	return op(name, { type: 'batchNorm', channels, epsilon: NORM_EPSILON });
}

export function linear(name: string, inFeatures: number, outFeatures: number): OpNode {
	return op(name, { type: 'linear', inFeatures, outFeatures, bias: true });
}

export function activation(name: string, type: ActivationType): OpNode {
	return op(name, { type });
}

export function pool(): OpNode {
	return op('pool', { type: 'globalAvgPool' });
}

export function flatten(): OpNode {
	return op('flatten', { type: 'flatten' });
}

/** The nearest multiple of 8, halves up, at least 8. */
export function nearestMultipleOf8(value: number): number {
	return Math.max(8, Math.floor((value + 4) / 8) * 8);
}

/**
 * MobileNet's rounding: the nearest multiple of 8, but one more where that would take off over 10 %.
 * MobileNetV3's squeeze widths use it (72 / 4 -> 24); RepViT's do not (72 / 4 -> 16).
 */
export function makeDivisible(value: number): number {
	const nearest = nearestMultipleOf8(value);
	return nearest < 0.9 * value ? nearest + 8 : nearest;
}
