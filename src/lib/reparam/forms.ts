import { analyseTree, type TreeAnalysis } from '../arch/analysis';
import { opParams, type Cost } from '../arch/cost';
import { nodeAt, type ModuleNode } from '../arch/module';
import type { Op } from '../arch/op';
import { reparameterize } from '../arch/reparameterize/reparameterize';
import type { Shape } from '../arch/shapes';
import { planFold, type FoldKind, type FoldPlan } from '../arch/reparameterize/fold-plan';
import type { FoldState } from './presence';

/** The same part of a network as it is trained and as it runs. */
export interface BothForms<T> {
	readonly training: T;
	readonly deploy: T;
}

/** A block in both forms, and what they cost. */
export interface BlockForms {
	/** As it is trained. */
	readonly block: ModuleNode;
	readonly plan: FoldPlan;
	/** NCHW. */
	readonly input: Shape;
	readonly output: Shape;
	readonly blockCost: BothForms<Cost>;
	readonly networkCost: BothForms<Cost>;
}

/** The block at `path` of a network in training form; null where there is none. */
export function formsOf(network: TreeAnalysis, path: string): BlockForms | null {
	const block = nodeAt(network.root, path);
	const shapes = network.shapes.get(path);
	const training = network.costs.get(path);
	if (!block || !shapes || !training) return null;
	const plan = planFold(block);
	const { root } = reparameterize(network.root);
	return {
		block,
		plan,
		...shapes,
		blockCost: { training, deploy: analyseTree(plan.deploy, shapes.input).total },
		networkCost: { training: network.total, deploy: analyseTree(root, network.inputShape).total }
	};
}

/** What happens in each round of folding, in order. */
export function foldKinds({ absorptions, rounds }: FoldPlan): readonly (readonly FoldKind[])[] {
	return Array.from({ length: rounds }, (_, index) => {
		const ofRound = [...absorptions.values()].filter(({ round }) => round === index + 1);
		return [...new Set(ofRound.map(({ kind }) => kind))];
	});
}

/** Parameters of an op at a moment of folding: with its first guest it gets a bias. */
export function paramsAt(op: Op, path: string, { absorptions, presenceOf }: FoldState): number {
	const hasTakenIn = [...absorptions].some(
		([guest, { host }]) => host === path && presenceOf(guest) === 0
	);
	const isAffine = op.type === 'conv' || op.type === 'linear';
	return opParams(hasTakenIn && isAffine ? { ...op, bias: true } : op);
}
