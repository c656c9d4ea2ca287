import type { ModuleNode } from '../../arch/module';
import type { PathMap } from '../../arch/matching/match-trees';
import { DiagramView } from './diagram-view.svelte';
import { DEPTHS, openableIn, openAt } from './open-code';

/** One of two networks that are looked at together. */
export interface TiedNetwork {
	readonly root: ModuleNode;
	/** From a path in it to the path of the same thing in the other network. */
	readonly toOther: PathMap;
}

/**
 * Two views that are opened together: what is opened or closed in one is in the other too, where the
 * other has it, and a depth holds for both.
 */
export function tieViews(networks: {
	readonly before: () => TiedNetwork;
	readonly after: () => TiedNetwork;
}): { readonly before: DiagramView; readonly after: DiagramView } {
	const before = new DiagramView(networks.before().root);
	const after = new DiagramView(networks.after().root);
	const tie = (
		from: DiagramView,
		network: () => TiedNetwork,
		to: DiagramView,
		other: () => TiedNetwork
	) => {
		from.onopen = (open, previous) => {
			to.follow(followedOpen(network(), { open, previous }, other().root, to.open));
		};
	};
	tie(before, networks.before, after, networks.after);
	tie(after, networks.after, before, networks.before);
	return { before, after };
}

/** What is open in the other network once this one is opened so. */
export function followedOpen(
	{ root, toOther }: TiedNetwork,
	{
		open,
		previous
	}: { readonly open: ReadonlySet<string>; readonly previous: ReadonlySet<string> },
	otherRoot: ModuleNode,
	otherOpen: ReadonlySet<string>
): ReadonlySet<string> {
	const depth = DEPTHS.find((each) => isSame(openAt(root, each), open));
	const changed = [...open, ...previous].filter((path) => open.has(path) !== previous.has(path));
	// A single part that happens to complete a depth is still a single part.
	if (depth !== undefined && changed.length !== 1) return openAt(otherRoot, depth);
	const isOpenable = openableIn(otherRoot);
	const next = new Set(otherOpen);
	for (const path of changed) {
		const other = toOther.get(path);
		if (other === undefined || !isOpenable(other)) continue;
		if (open.has(path)) next.add(other);
		else next.delete(other);
	}
	return next;
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
	return a.size === b.size && [...a].every((path) => b.has(path));
}
