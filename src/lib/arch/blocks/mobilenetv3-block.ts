import { residual, sequential, type ModuleNode, type Role } from '../module';
import type { BlockPlan } from '../plan';
import { activation, convNorm, depthwiseNorm } from './layers';
import { squeezeExcite } from './squeeze-excite';

/**
 * MobileNetV3's inverted residual bottleneck over (N, inChannels, H, W): 1x1 expansion, depthwise
 * convolution and squeeze-and-excitation at the expanded width, 1x1 projection. Token and channel
 * mixing are coupled: the depthwise convolution sits inside the channel mixer (paper section 3.2).
 * Where nothing is expanded the first 1x1 is left out; the skip needs equal shapes.
 */
export function mobileNetV3Block(name: string, plan: BlockPlan, role: Role = 'block'): ModuleNode {
	const { inChannels, hiddenChannels, outChannels, kernel, stride } = plan;
	const expand =
		hiddenChannels === inChannels
			? []
			: [
					convNorm('expand', inChannels, hiddenChannels, { role: 'channel-mixer' }),
					activation('expand_act', plan.activation)
				];
	const layers: ModuleNode[] = [
		...expand,
		depthwiseNorm('depthwise', hiddenChannels, { kernel, stride, role: 'token-mixer' }),
		activation('depthwise_act', plan.activation),
		...(plan.squeezeChannels === null
			? []
			: [squeezeExcite('se', hiddenChannels, plan.squeezeChannels, 'mobilenetv3')]),
		convNorm('project', hiddenChannels, outChannels, { role: 'channel-mixer' })
	];
	const hasSkip = stride === 1 && inChannels === outChannels;
	return hasSkip
		? residual(name, sequential('body', layers), role)
		: sequential(name, layers, role);
}
