import { branches, op, sequential, type BranchesNode } from '../module';
import { activation, conv, makeDivisible, nearestMultipleOf8, pool } from './layers';

/** RepViT's and MobileNetV3's differ in rounding and gate; both have ReLU inside. */
export type SqueezeExciteFlavour = 'repvit' | 'mobilenetv3';

/**
 * Squeeze-and-excitation over (N, channels, H, W): pooled, squeezed to a quarter, expanded again,
 * and multiplied onto its input as a gate per channel. It mixes tokens (by the pool) and channels.
 * RepViT: sigmoid gate. MobileNetV3: hard-sigmoid gate.
 * @param squeezed the bottleneck's width: see {@link squeezedChannels}
 */
export function squeezeExcite(
	name: string,
	channels: number,
	squeezed: number,
	flavour: SqueezeExciteFlavour
): BranchesNode {
	return branches(
		name,
		'mul',
		[
			op('skip', { type: 'identity' }),
			sequential('excite', [
				pool(),
				conv('fc1', channels, squeezed),
				activation('act', 'relu'),
				conv('fc2', squeezed, channels),
				activation('gate', flavour === 'repvit' ? 'sigmoid' : 'hardSigmoid')
			])
		],
		'squeeze-excite'
	);
}

/**
 * The bottleneck's width for a block's width (RepViT) or expanded width (MobileNetV3): a quarter, and
 * in MobileNetV3 never over 10 % below it.
 */
export function squeezedChannels(channels: number, flavour: SqueezeExciteFlavour): number {
	return flavour === 'repvit' ? nearestMultipleOf8(channels / 4) : makeDivisible(channels / 4);
}
