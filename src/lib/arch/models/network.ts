import { block } from '../blocks/block';
import { classifier } from '../blocks/classifier';
import { downsampling } from '../blocks/downsampling';
import { stem } from '../blocks/stem';
import type { Design } from '../design';
import { sequential, type ModuleNode } from '../module';
import type { NetworkPlan } from '../plan';
import { resolveDesign } from './resolve';

/** The module tree of a design, in deploy form: (N, 3, H, W) -> (N, classes). */
export function buildNetwork(design: Design): ModuleNode {
	return buildPlan(resolveDesign(design));
}

/** The module tree of a plan, in deploy form. */
function buildPlan(plan: NetworkPlan): ModuleNode {
	return sequential('network', [
		stem(plan.stem),
		sequential(
			'stages',
			plan.stages.map((stage, stageIndex) =>
				sequential(
					String(stageIndex),
					[
						...(stage.downsampling ? [downsampling('downsample', stage.downsampling)] : []),
						sequential(
							'blocks',
							stage.blocks.map((blockPlan, index) => block(String(index), blockPlan))
						)
					],
					'stage'
				)
			)
		),
		classifier(plan.classifier)
	]);
}
