import type { TreeAnalysis } from './analysis';
import { diffTrees } from './diff';
import { matchTrees, type TreeMatching } from './matching/match-trees';
import { indexTree } from './matching/tree-index';
import type { ModuleNode } from './module';
import type { Shape, ShapeMap } from './shapes';
import { Union } from './union-builder';
import { finish, type Draft, type UnionMark } from './union-draft';

/** What stands at a path of the union. */
export interface UnionPlace {
	/** Path in the earlier network; null for what it lacks. */
	readonly before: string | null;
	/** Path in the later network; null for what it lacks, and at the old place of what moved. */
	readonly after: string | null;
	/** An op's own mark; for a module the one that all ops in it share. Null for what stays as it was. */
	readonly mark: UnionMark | null;
	/** For a branches node: the mark of its join alone. */
	readonly joinMark: UnionMark | null;
}

/** Two networks as one tree, to be drawn over each other. */
export interface UnionTree {
	readonly root: ModuleNode;
	/** Every node of `root` by its path there. */
	readonly places: ReadonlyMap<string, UnionPlace>;
	/** What moved, outermost parts only: from its old place to its new one, as paths of the union. */
	readonly moves: readonly { readonly from: string; readonly to: string }[];
}

/**
 * The later network, and in it what only the earlier one has, where it stood: what was removed, and a
 * ghost of what moved at its old place. Read without what was added and moved, its ops are those of the
 * earlier network in their order; read without what was removed and the ghosts, those of the later one.
 */
export function uniteTrees(
	a: ModuleNode,
	b: ModuleNode,
	matching: TreeMatching = matchTrees(a, b)
): UnionTree {
	const [before, after] = [indexTree(a), indexTree(b)];
	const union = new Union(before, after, matching, diffTrees(a, b, matching));
	union.addGhosts(before.root);
	const paths = new Map<Draft, string>();
	const places = new Map<string, UnionPlace>();
	const root = finish(union.takeRoot(), (draft, path) => {
		paths.set(draft, path);
		places.set(path, {
			before: draft.before?.path ?? null,
			after: draft.after?.path ?? null,
			mark: sharedMark(draft),
			joinMark: draft.node.kind === 'branches' ? draft.mark : null
		});
	});
	return { root, places, moves: movesIn(union, paths) };
}

function movesIn(union: Union, paths: ReadonlyMap<Draft, string>): UnionTree['moves'] {
	const told = new Set<Draft>();
	return union.ghosts.flatMap((ghost) => {
		const isInTold = ghost.parent !== null && told.has(ghost.parent);
		if (isInTold) told.add(ghost);
		const to = union.movedTo(ghost);
		if (isInTold || !to || sharedMark(ghost) !== 'moved-from') return [];
		told.add(ghost);
		return [{ from: paths.get(ghost)!, to: paths.get(to)! }];
	});
}

/**
 * Shapes of the union, from those of the two networks: a part has the shapes it has in the later one, or
 * else in the earlier one. They need not fit each other: a union is drawn, never run.
 */
export function uniteShapes(
	{ places }: UnionTree,
	shapes: { readonly before: ShapeMap; readonly after: ShapeMap }
): ShapeMap {
	const united = new Map<string, { readonly input: Shape; readonly output: Shape }>();
	for (const [path, { before, after }] of places) {
		const [old, now] = [shapes.before.get(before ?? ''), shapes.after.get(after ?? '')];
		const found = after !== null ? now : before !== null ? old : undefined;
		const shape = found ?? (old && now && { input: old.input, output: now.output });
		if (!shape) throw new Error(`No shape is known for "${before ?? after}".`);
		united.set(path, shape);
	}
	return united;
}

/**
 * Both networks over each other as one to read figures from: a part has the cost that it has in the
 * later network or else in the earlier one, and the total is the later one's.
 */
export function uniteAnalyses(
	united: UnionTree,
	{ before, after }: { readonly before: TreeAnalysis; readonly after: TreeAnalysis }
): TreeAnalysis {
	const costs = new Map(
		[...united.places].flatMap(([path, place]) => {
			const cost =
				place.after !== null
					? after.costs.get(place.after)
					: place.before !== null
						? before.costs.get(place.before)
						: undefined;
			return cost ? [[path, cost] as const] : [];
		})
	);
	return {
		root: united.root,
		inputShape: after.inputShape,
		shapes: uniteShapes(united, { before: before.shapes, after: after.shapes }),
		costs,
		total: after.total
	};
}

/** The mark that all ops in and under a draft have, or null; bare lines do not count. */
function sharedMark(draft: Draft): UnionMark | null {
	const marks = new Set<UnionMark | null>();
	const visit = ({ node, mark, children }: Draft): void => {
		if (node.kind === 'op' && node.op.type !== 'identity') marks.add(mark);
		children.forEach(visit);
	};
	visit(draft);
	const [first, second] = marks;
	return second === undefined ? (first ?? null) : null;
}
