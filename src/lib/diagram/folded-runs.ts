import { childPath, type ModuleNode } from '../arch/module';
import { isWithin } from '../arch/reparameterize/paths';
import type { ShapeMap } from '../arch/shapes';
import { findRuns, repeatKey, type Run } from './layout/repeats';
import { drawnPaths } from './open-to';
import type { Runs } from './values/values';

/** What a drawing with equal blocks folded is made of. */
export interface FoldedDrawing {
	/** The blocks of every run, by its key. */
	readonly runs: Runs;
	/** Paths of the closed parts and ops that are drawn, and keys of the runs that are one box. */
	readonly drawn: readonly string[];
}

/** The runs of a network, and what is drawn of it where they are folded unless their key is open. */
export function foldedDrawing(
	{ root, shapes }: { readonly root: ModuleNode; readonly shapes: ShapeMap },
	open: ReadonlySet<string>
): FoldedDrawing {
	const runs = [...findAllRuns(root, shapes)];
	const folded = runs.filter(({ members }) => !open.has(repeatKey(members[0]!.path)));
	const keys = new Map<string, string>();
	const hidden: string[] = [];
	for (const { members, period } of folded) {
		const first = members[0]!.path;
		const isBox = period === 1 && !open.has(first);
		if (isBox) keys.set(first, repeatKey(first));
		hidden.push(...members.slice(period).map(({ path }) => path));
	}
	return {
		runs: byKey(runs),
		drawn: drawnPaths(root, open)
			.filter((path) => !hidden.some((outer) => isWithin(path, outer)))
			.map((path) => keys.get(path) ?? path)
	};
}

/** The runs of a network, by their keys: the paths of their blocks. */
export function runsIn({
	root,
	shapes
}: {
	readonly root: ModuleNode;
	readonly shapes: ShapeMap;
}): Runs {
	return byKey([...findAllRuns(root, shapes)]);
}

function byKey(runs: readonly Run[]): Runs {
	return new Map(
		runs.map(({ members }) => [repeatKey(members[0]!.path), members.map(({ path }) => path)])
	);
}

function* findAllRuns(node: ModuleNode, shapes: ShapeMap, path = ''): Generator<Run> {
	if (node.kind === 'op') return;
	const children = node.children.map((child) => ({
		node: child,
		path: childPath(path, child.name),
		role: child.role
	}));
	if (node.kind === 'sequential') {
		for (const item of findRuns(children, shapes)) if ('members' in item) yield item;
	}
	for (const child of children) yield* findAllRuns(child.node, shapes, child.path);
}
