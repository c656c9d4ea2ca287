import { analyseTree, type TreeAnalysis } from './analysis';
import type { Design } from './design';
import { buildPlan } from './models/network';
import type { ModuleNode } from './module';
import type { NetworkPlan } from './plan';
import { reparameterize } from './reparameterize/reparameterize';

/** A network spelt out layer by layer, in one of its forms: what no choices say, such as a checkpoint's. */
export interface PlannedNetwork {
	readonly plan: NetworkPlan;
	readonly form: 'training' | 'deploy';
}

/** What the published networks take; a plan does not tell. NCHW. */
export const PLANNED_INPUT_SHAPE = [1, 3, 224, 224] as const;

export function isPlanned(network: Design | PlannedNetwork): network is PlannedNetwork {
	return 'plan' in network;
}

/** Whether two planned networks are the same one, in whichever form. */
export function samePlan(a: PlannedNetwork, b: PlannedNetwork): boolean {
	return a.plan === b.plan || JSON.stringify(a.plan) === JSON.stringify(b.plan);
}

export function buildPlanned({ plan, form }: PlannedNetwork): ModuleNode {
	const training = buildPlan(plan);
	return form === 'training' ? training : reparameterize(training).root;
}

/** Plans are immutable, so an analysis holds as long as its network does. */
const known = new WeakMap<PlannedNetwork, TreeAnalysis>();

/** The tree, folded for shapes and costs. Remembered by the network object. */
export function analysePlanned(network: PlannedNetwork): TreeAnalysis {
	const found = known.get(network);
	if (found) return found;
	const analysis = analyseTree(buildPlanned(network), PLANNED_INPUT_SHAPE);
	known.set(network, analysis);
	return analysis;
}
