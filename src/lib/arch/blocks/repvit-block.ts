import { branches, op, residual, sequential, type ModuleNode, type Role } from '../module';
import type { ActivationType } from '../op';
import type { BlockPlan } from '../plan';
import { activation, batchNorm, convNorm, depthwise, depthwiseNorm } from './layers';
import { squeezeExcite } from './squeeze-excite';

/**
 * RepViT's block over (N, inChannels, H, W): a token mixer (depthwise convolution, then perhaps
 * squeeze-and-excitation), then a channel mixer of its own (two 1x1 convolutions around an
 * activation, with a skip where the shapes are equal). Paper section 3.2 and figure 3.
 *
 * Only the channel mixer's skip is left at inference: the one around the depthwise kernel folds into
 * it, with everything else that {@link reparameterisedDepthwise} puts beside it.
 */
export function repViTBlock(name: string, plan: BlockPlan, role: Role = 'block'): ModuleNode {
	const { inChannels, hiddenChannels, outChannels } = plan;
	const hasSkip = inChannels === outChannels;
	return sequential(
		name,
		[
			sequential('token_mixer', [reparameterisedDepthwise('conv', plan)], 'token-mixer'),
			...(plan.squeezeChannels === null
				? []
				: [squeezeExcite('se', inChannels, plan.squeezeChannels, 'repvit')]),
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

/**
 * The depthwise convolution as it is trained: beside a 1x1 depthwise one and the input itself, each
 * channel alone in all three, so that they fold into one kernel. A strided one is alone: there is no
 * skip past it, and RepViT gives it no 1x1 either.
 */
function reparameterisedDepthwise(
	name: string,
	{ inChannels: channels, kernel, stride, branches: kind }: BlockPlan
): ModuleNode {
	if (stride !== 1) return depthwiseNorm(name, channels, { kernel, stride });
	const beside = (pointwise: ModuleNode, joined: string) =>
		branches(joined, 'add', [
			depthwiseNorm('depthwise', channels, { kernel }),
			pointwise,
			op('skip', { type: 'identity' })
		]);
	return kind === 'current'
		? sequential(name, [
				beside(depthwise('pointwise', channels), 'branches'),
				batchNorm('bn', channels)
			])
		: beside(depthwiseNorm('pointwise', channels), name);
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
		convNorm('conv1', options.inChannels, options.hiddenChannels),
		activation('act', options.activation),
		convNorm('conv2', options.hiddenChannels, options.outChannels)
	];
	return options.hasSkip
		? residual(name, sequential('body', layers), 'channel-mixer')
		: sequential(name, layers, 'channel-mixer');
}
