import type { TreeAnalysis } from '../../arch/analysis';
import type { PathMap } from '../../arch/matching/match-trees';
import { runsIn } from '../folded-runs';
import { isRepeatKey } from '../layout/repeats';
import { DiagramView } from './diagram-view.svelte';
import { DEPTHS, openableIn, openAt } from './open-code';

/** One of two networks that are looked at together. */
export interface TiedNetwork extends Pick<TreeAnalysis, 'root' | 'shapes'> {
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
			to.follow(followedOpen(network(), { open, previous }, other(), to.open));
		};
	};
	tie(before, networks.before, after, networks.after);
	tie(after, networks.after, before, networks.before);
	return { before, after };
}

/** What is open in the other network once this one is opened so. */
export function followedOpen(
	network: TiedNetwork,
	{
		open,
		previous
	}: { readonly open: ReadonlySet<string>; readonly previous: ReadonlySet<string> },
	otherNetwork: Pick<TreeAnalysis, 'root' | 'shapes'>,
	otherOpen: ReadonlySet<string>
): ReadonlySet<string> {
	const { root, toOther } = network;
	const depth = DEPTHS.find((each) => isSame(openAt(root, each), open));
	const changed = [...open, ...previous].filter((path) => open.has(path) !== previous.has(path));
	// A single part that happens to complete a depth is still a single part.
	if (depth !== undefined && changed.length !== 1) return openAt(otherNetwork.root, depth);
	const isOpenable = openableIn(otherNetwork.root);
	const next = new Set(otherOpen);
	for (const path of changed) {
		const other = toOther.get(path);
		if (other === undefined || !isOpenable(other)) continue;
		if (open.has(path)) next.add(other);
		else next.delete(other);
	}
	const runs = changed.filter(isRepeatKey);
	if (runs.length > 0) followRuns(runs, { network, open, otherNetwork, next });
	return next;
}

/**
 * Unfolds and folds the runs in which the other network has blocks of these. Its runs may begin and end
 * elsewhere: one is unfolded as long as any run beside it is. What is no run there is never folded.
 */
function followRuns(
	changed: readonly string[],
	{
		network: { root, shapes, toOther },
		open,
		otherNetwork,
		next
	}: {
		readonly network: TiedNetwork;
		readonly open: ReadonlySet<string>;
		readonly otherNetwork: Pick<TreeAnalysis, 'root' | 'shapes'>;
		readonly next: Set<string>;
	}
): void {
	const beside = new Map(
		[...runsIn({ root, shapes })].map(([key, members]) => [
			key,
			new Set(members.map((path) => toOther.get(path)))
		])
	);
	for (const [key, members] of runsIn(otherNetwork)) {
		const isBeside = (run: string) => members.some((path) => beside.get(run)?.has(path));
		if (!changed.some(isBeside)) continue;
		if ([...open].some((run) => isRepeatKey(run) && isBeside(run))) next.add(key);
		else next.delete(key);
	}
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
	return a.size === b.size && [...a].every((path) => b.has(path));
}
