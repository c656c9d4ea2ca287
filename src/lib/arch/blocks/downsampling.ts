import { sequential, type ModuleNode } from '../module';
import type { DownsamplingPlan } from '../plan';
import { block } from './block';
import { convNorm, depthwiseNorm } from './layers';
import { channelMixer } from './repvit-block';
import { squeezeExcite } from './squeeze-excite';

/**
 * Halves the resolution and sets the next stage's width. Either one block with stride 2, or the
 * deeper layer of paper section 3.3: a block at the old width, a strided depthwise convolution, a 1x1
 * to the new width, and a feed-forward layer with a skip.
 */
export function downsampling(name: string, plan: DownsamplingPlan): ModuleNode {
	if (plan.kind === 'strided-block') return block(name, plan.block, 'downsampling');
	const { preBlock, outChannels } = plan;
	const inChannels = preBlock.outChannels;
	return sequential(
		name,
		[
			block('pre_block', preBlock),
			depthwiseNorm('spatial_downsample', inChannels, { kernel: plan.kernel, stride: 2 }),
			...(plan.squeezeChannels === null
				? []
				: [squeezeExcite('se', inChannels, plan.squeezeChannels, 'repvit')]),
			convNorm('channel_downsample', inChannels, outChannels),
			channelMixer('ffn', {
				inChannels: outChannels,
				hiddenChannels: plan.ffnHiddenChannels,
				outChannels,
				activation: plan.activation,
				hasSkip: true
			})
		],
		'downsampling'
	);
}
