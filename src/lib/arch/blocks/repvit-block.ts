import { residual, sequential, type ModuleNode, type Role } from '../module';
import type { ActivationType } from '../op';
import type { BlockPlan } from '../plan';
import { activation, conv, depthwise } from './layers';
import { squeezeExcite } from './squeeze-excite';

/**
 * RepViT's block over (N, inChannels, H, W): a token mixer (depthwise convolution, then perhaps
 * squeeze-and-excitation), then a channel mixer of its own (two 1x1 convolutions around an
 * activation, with a skip where the shapes are equal). Paper section 3.2 and figure 3.
 *
 * `token_mixer` holds one convolution here, the deploy form. In training its place is taken by
 * parallel branches that fold into that one kernel; the skip around them folds as well, which is why
 * only the channel mixer's skip is left at inference.
 */
export function repViTBlock(name: string, plan: BlockPlan, role: Role = 'block'): ModuleNode {
	const { inChannels, hiddenChannels, outChannels, kernel, stride } = plan;
	const hasSkip = inChannels === outChannels;
	return sequential(
		name,
		[
			sequential('token_mixer', [depthwise('conv', inChannels, { kernel, stride })], 'token-mixer'),
			...(plan.squeezeExcite ? [squeezeExcite('se', inChannels, 'repvit')] : []),
			channelMixer('channel_mixer', {
				inChannels,
				hiddenChannels,
				outChannels,
				activation: plan.activation,
				hasSkip
			})
		],
		role
	);
}

/** A feed-forward layer of two 1x1 convolutions: each position alone, across channels. */
export function channelMixer(
	name: string,
	options: {
		readonly inChannels: number;
		readonly hiddenChannels: number;
		readonly outChannels: number;
		readonly activation: ActivationType;
		readonly hasSkip: boolean;
	}
): ModuleNode {
	const layers = [
		conv('conv1', options.inChannels, options.hiddenChannels),
		activation('act', options.activation),
		conv('conv2', options.hiddenChannels, options.outChannels)
	];
	return options.hasSkip
		? residual(name, sequential('body', layers), 'channel-mixer')
		: sequential(name, layers, 'channel-mixer');
}
