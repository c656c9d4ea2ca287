import { sequential, type ModuleNode } from '../module';
import type { StemPlan } from '../plan';
import { block } from './block';
import { activation, convNorm } from './layers';

const IMAGE_CHANNELS = 3;

/**
 * (N, 3, H, W) -> (N, width, H/4, W/4). MobileNetV3's intricate one (figure 4a), the two strided 3x3
 * convolutions of early convolutions (figure 4b), or the one 4x4 patch embedding of hierarchical ViTs.
 */
export function stem(plan: StemPlan): ModuleNode {
	switch (plan.kind) {
		case 'mobilenetv3':
			return sequential(
				'stem',
				[
					convNorm('conv', IMAGE_CHANNELS, plan.conv.outChannels, { kernel: 3, stride: 2 }),
					activation('act', plan.conv.activation),
					...plan.blocks.map((blockPlan, index) => block(`block${index + 1}`, blockPlan))
				],
				'stem'
			);
		case 'early-conv':
			return sequential(
				'stem',
				[
					convNorm('conv1', IMAGE_CHANNELS, plan.hiddenChannels, { kernel: 3, stride: 2 }),
					activation('act', plan.activation),
					convNorm('conv2', plan.hiddenChannels, plan.outChannels, { kernel: 3, stride: 2 })
				],
				'stem'
			);
		case 'patchify':
			return sequential(
				'stem',
				[
					convNorm('patchify', IMAGE_CHANNELS, plan.outChannels, {
						kernel: 4,
						stride: 4,
						padding: 0
					})
				],
				'stem'
			);
	}
}
