import { sequential, type ModuleNode } from '../module';
import type { DownsamplingPlan } from '../plan';
import { block } from './block';
import { conv, depthwise } from './layers';
import { channelMixer } from './repvit-block';

/**
 * Halves the resolution and sets the next stage's width. Either one block with stride 2, or the
 * deeper layer of paper section 3.3: a block at the old width, a strided depthwise convolution, a 1x1
 * to the new width, and a feed-forward layer with a skip.
 */
export function downsampling(name: string, plan: DownsamplingPlan): ModuleNode {
	if (plan.kind === 'strided-block') return block(name, plan.block, 'downsampling');
	const { preBlock, outChannels } = plan;
	return sequential(
		name,
		[
			block('pre_block', preBlock),
			depthwise('spatial_downsample', preBlock.outChannels, { kernel: plan.kernel, stride: 2 }),
			conv('channel_downsample', preBlock.outChannels, outChannels),
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
