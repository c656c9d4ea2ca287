import { sequential, type ModuleNode } from '../module';
import type { ClassifierPlan } from '../plan';
import { activation, conv, flatten, linear, pool } from './layers';

/**
 * (N, C, H, W) -> (N, classes). MobileNetV3 widens by a 1x1 convolution before pooling and by a second
 * linear layer after it (figure 4e); the simple one pools and classifies (figure 4f).
 */
export function classifier(plan: ClassifierPlan): ModuleNode {
	if (plan.kind === 'simple') {
		return sequential(
			'head',
			[pool(), flatten(), linear('linear', plan.inChannels, plan.classes)],
			'classifier'
		);
	}
	return sequential(
		'head',
		[
			conv('conv', plan.inChannels, plan.convChannels),
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
