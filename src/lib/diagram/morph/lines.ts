import type { Edge, Layout, Part } from '../layout/types';
import { earlier, type Matching } from './matching';
import { splitPath } from './path-numbers';
import type { Fate, LayerPlan, LinePlan } from './types';

interface Drawings {
	readonly before: Layout;
	readonly after: Layout;
	readonly matched: Matching;
	/** After part -> before part. */
	readonly pairs: ReadonlyMap<Part, Part>;
}

/** Lines, splits and joins of both drawings by what becomes of them. */
export function planLayers({ before, after, matched, pairs }: Drawings): LayerPlan[] {
	const edges = pairLines(before.edges, after.edges, matched);
	const arcs = pairLines(before.arcs, after.arcs, matched);
	const splits = pairByPath(before.splits, after.splits, matched, () => true);
	const joins = pairByPath(before.joins, after.joins, matched, (a, b) => a.join === b.join);
	const reverse = new Map([...pairs].map(([late, early]) => [early, late]));
	const bridgesOut = bridges(edges.removed, before.parts, reverse);
	const bridgesIn = bridges(edges.added, after.parts, pairs).map(reversed);
	const isBridgeOut = new Set(bridgesOut.map((line) => line.before.id));
	const isBridgeIn = new Set(bridgesIn.map((line) => line.after.id));
	const layer = (
		fate: Fate,
		edges: readonly LinePlan[],
		rest: Partial<Omit<LayerPlan, 'fate' | 'edges'>> = {}
	): LayerPlan => ({ fate, edges, arcs: [], splits: [], joins: [], ...rest });
	return [
		layer('bridge-in', bridgesIn),
		layer('bridge-out', bridgesOut),
		layer('removed', edges.removed.filter(({ id }) => !isBridgeOut.has(id)).map(still), {
			arcs: arcs.removed.map(still),
			splits: splits.removed.map(twice),
			joins: joins.removed.map(twice)
		}),
		layer('shared', edges.shared, {
			arcs: arcs.shared,
			splits: splits.shared,
			joins: joins.shared
		}),
		layer('added', edges.added.filter(({ id }) => !isBridgeIn.has(id)).map(still), {
			arcs: arcs.added.map(still),
			splits: splits.added.map(twice),
			joins: joins.added.map(twice)
		})
	];
}

interface Paired<T, P> {
	readonly shared: readonly P[];
	readonly removed: readonly T[];
	readonly added: readonly T[];
}

/** Lines are shared where what they join is, and where one can glide into the other. */
function pairLines(
	before: readonly Edge[],
	after: readonly Edge[],
	matched: Matching
): Paired<Edge, LinePlan> {
	const free = new Map(before.map((edge) => [edge.id, edge]));
	const shared: LinePlan[] = [];
	const added: Edge[] = [];
	for (const edge of after) {
		const id = idBefore(edge.id, matched);
		const old = id === null ? undefined : free.get(id);
		const plan = old && linePlan(old, edge);
		if (!plan) {
			added.push(edge);
			continue;
		}
		free.delete(plan.before.id);
		shared.push(plan);
	}
	return { shared, removed: [...free.values()], added };
}

/**
 * What a line is called in the earlier drawing, or null. Ids are made of the paths that a line joins:
 * `a>b` from one to the next, `a:in` from the edge of `a` to its inside; see layout/pieces.ts.
 */
function idBefore(id: string, matched: Matching): string | null {
	const ends = id.split('>').map((end) => {
		const [path = '', ...place] = end.split(':');
		const old = path === '' ? '' : matched.get(path);
		return old === undefined ? null : [old, ...place].join(':');
	});
	return ends.includes(null) ? null : ends.join('>');
}

function linePlan(before: Edge, after: Edge): LinePlan | null {
	if (before.arrow?.to !== after.arrow?.to) return null;
	const [from, to] = [splitPath(before.d), splitPath(after.d)];
	if (from.commands.join() !== to.commands.join()) return null;
	return { before, after, commands: from.commands, from: from.numbers, to: to.numbers };
}

/** A line that stays where it is. */
function still(edge: Edge): LinePlan {
	const { commands, numbers } = splitPath(edge.d);
	return { before: edge, after: edge, commands, from: numbers, to: numbers };
}

function reversed({ before, after, from, to, ...rest }: LinePlan): LinePlan {
	return { ...rest, before: after, after: before, from: to, to: from };
}

function twice<T>(item: T): { readonly before: T; readonly after: T } {
	return { before: item, after: item };
}

/**
 * Of lines that only one drawing has, those between two parts of it that the other one has too, below
 * each other on one axis: they stretch over what stands between them there.
 * @param other part of the same drawing -> the same part in the other drawing
 */
function bridges(
	lines: readonly Edge[],
	parts: readonly Part[],
	other: ReadonlyMap<Part, Part>
): LinePlan[] {
	const byPath = new Map(parts.map((part) => [part.path, part]));
	const otherAt = (path: string) => {
		const part = byPath.get(path);
		return part && other.get(part);
	};
	return lines.flatMap((line) => {
		const [upper, lower, ...rest] = line.id.split('>').map(otherAt);
		if (!upper || !lower || rest.length > 0 || upper.x !== lower.x) return [];
		const top = upper.y + upper.height;
		if (lower.y < top) return [];
		const plan = linePlan(line, {
			...line,
			d: `M${upper.x} ${top}L${lower.x} ${lower.y}`,
			arrow: line.arrow && { ...line.arrow, x: lower.x, y: lower.y }
		});
		return plan ? [plan] : [];
	});
}

function pairByPath<T extends { readonly path: string }>(
	before: readonly T[],
	after: readonly T[],
	matched: Matching,
	isSame: (before: T, after: T) => boolean
): Paired<T, { readonly before: T; readonly after: T }> {
	const free = new Map(before.map((item) => [item.path, item]));
	const shared: { before: T; after: T }[] = [];
	const added: T[] = [];
	for (const item of after) {
		const old = earlier(free, item.path, matched);
		if (old === undefined || !isSame(old, item)) {
			added.push(item);
			continue;
		}
		free.delete(old.path);
		shared.push({ before: old, after: item });
	}
	return { shared, removed: [...free.values()], added };
}
