import { buildPlan } from '../arch/models/network';
import { PLANNED_INPUT_SHAPE, type PlannedNetwork } from '../arch/planned-network';
import { seededNetwork } from '../weights/seeded-network';
import { emitNetwork, type EmittedNetwork } from './emit-network';
import { storedParameters } from './parameters';
import type { Precision } from './schema';

/** The ONNX file of a planned network with seeded weights, for the published 224x224 input. */
export function emitPlanned(
	{ plan, form }: PlannedNetwork,
	seed: number,
	precision?: Precision
): EmittedNetwork {
	const { root, source } = seededNetwork(buildPlan(plan), { form, seed });
	return emitNetwork({
		root,
		inputShape: PLANNED_INPUT_SHAPE,
		precision,
		parameters: storedParameters(source),
		metadata: { seed: String(seed), form, weights: 'stored' }
	});
}
