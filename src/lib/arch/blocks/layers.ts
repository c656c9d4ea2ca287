import { op, type OpNode, type Role } from '../module';
import type { ActivationType } from '../op';

/** What a convolution needs beyond its channels; padding keeps the size at stride 1. */
export interface ConvOptions {
	readonly kernel?: number;
	readonly stride?: number;
	readonly padding?: number;
	readonly role?: Role;
}

/** A dense convolution with bias (its BatchNorm already folded in). */
export function conv(
	name: string,
	inChannels: number,
	outChannels: number,
	{ kernel = 1, stride = 1, padding = (kernel - 1) / 2, role }: ConvOptions = {}
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
			groups: 1,
			bias: true
		},
		role
	);
}

/** A depthwise convolution with bias: one filter a channel. */
export function depthwise(
	name: string,
	channels: number,
	{ kernel = 3, stride = 1, role }: ConvOptions = {}
): OpNode {
	return op(
		name,
		{
			type: 'conv',
			inChannels: channels,
			outChannels: channels,
			kernel: [kernel, kernel],
			stride: [stride, stride],
			padding: [(kernel - 1) / 2, (kernel - 1) / 2],
			groups: channels,
			bias: true
		},
		role
	);
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
