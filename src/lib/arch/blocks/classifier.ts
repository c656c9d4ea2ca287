import { branches, sequential, type ModuleNode } from '../module';
import type { ClassifierPlan } from '../plan';
import { activation, batchNorm, convNorm, flatten, linear, pool } from './layers';

/**
 * (N, C, H, W) -> (N, classes). MobileNetV3 widens by a 1x1 convolution before pooling and by a second
 * linear layer after it (figure 4e); the simple one pools and classifies (figure 4f).
 */
export function classifier(plan: ClassifierPlan): ModuleNode {
	if (plan.kind === 'simple') {
		const { inChannels, classes, heads } = plan;
		return sequential(
			'head',
			[
				pool(),
				flatten(),
				heads === 1
					? normLinear('linear', inChannels, classes)
					: branches('linear', 'mean', [
							normLinear('head', inChannels, classes),
							normLinear('head_dist', inChannels, classes)
						])
			],
			'classifier'
		);
	}
	return sequential(
		'head',
		[
			convNorm('conv', plan.inChannels, plan.convChannels),
			activation('conv_act', plan.activation),
			pool(),
			flatten(),
			linear('hidden', plan.convChannels, plan.hiddenFeatures),
			activation('hidden_act', plan.activation),
			linear('linear', plan.hiddenFeatures, plan.classes)
		],
		'classifier'
	);
}

/** RepViT's head as it is trained: BatchNorm before the linear layer, not behind it. */
function normLinear(name: string, inFeatures: number, outFeatures: number): ModuleNode {
	return sequential(name, [batchNorm('bn', inFeatures), linear('l', inFeatures, outFeatures)]);
}
