import { block } from '../blocks/block';
import { classifier } from '../blocks/classifier';
import { downsampling } from '../blocks/downsampling';
import { stem } from '../blocks/stem';
import type { Design } from '../design';
import { sequential, type ModuleNode } from '../module';
import type { NetworkPlan } from '../plan';
import { reparameterize } from '../reparameterize/reparameterize';
import { resolveDesign } from './resolve';

/** The module tree of a design, in the form it asks for: (N, 3, H, W) -> (N, classes). */
export function buildNetwork(design: Design): ModuleNode {
	const training = buildTraining(design);
	return design.form === 'training' ? training : reparameterize(training).root;
}

/** The module tree of a design as it is trained, whichever form it asks for. */
export function buildTraining(design: Design): ModuleNode {
	return buildPlan(resolveDesign(design));
}

/**
 * The module tree of a plan as it is trained. No deploy form is written down anywhere: it is what
 * re-parameterisation makes of this one.
 */
export function buildPlan(plan: NetworkPlan): ModuleNode {
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
