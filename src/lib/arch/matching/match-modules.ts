import { opsIn, type Entry, type TreeIndex } from './tree-index';

/** Entries of two trees in pairs, each in one pair at most. */
export class Pairing {
	readonly #afterOf = new Map<Entry, Entry>();
	readonly #beforeOf = new Map<Entry, Entry>();

	get pairs(): Iterable<readonly [before: Entry, after: Entry]> {
		return this.#afterOf;
	}

	/** Does nothing where one of them has a counterpart already. */
	pair(before: Entry, after: Entry): void {
		if (this.#afterOf.has(before) || this.#beforeOf.has(after)) return;
		this.#afterOf.set(before, after);
		this.#beforeOf.set(after, before);
	}

	afterOf(before: Entry): Entry | undefined {
		return this.#afterOf.get(before);
	}

	beforeOf(after: Entry): Entry | undefined {
		return this.#beforeOf.get(after);
	}
}

/**
 * Pairs the modules of two trees whose ops are paired: the roots; what has the same place; branches whose
 * joins are the same; and, from the inside out, modules that share most of their ops. A module stays
 * what it is by its role, else by its kind: a block without a skip is still that block, but a bare row
 * is never taken for bare branches.
 */
export function pairModules(
	pairing: Pairing,
	before: TreeIndex,
	after: TreeIndex,
	{
		places,
		joins
	}: {
		readonly places: ReadonlyMap<Entry, string | null>;
		readonly joins: Iterable<readonly [after: Entry, before: Entry]>;
	}
): void {
	if (isModule(before.root) && isModule(after.root)) pairing.pair(before.root, after.root);
	for (const entry of before.entries) {
		const place = places.get(entry) ?? null;
		const there = place === null ? undefined : after.byPath.get(place);
		if (there && isSameSort(entry, there)) pairing.pair(entry, there);
	}
	for (const [join, old] of joins) pairing.pair(old, join);
	// Children stand behind their parents, so from the end each comes before what it is in.
	for (const entry of [...before.entries].reverse()) {
		if (!isModule(entry) || pairing.afterOf(entry)) continue;
		const there = likeliest(pairing, entry);
		if (there) pairing.pair(entry, there);
	}
}

/** Pairs the bare lines past joins that are the same, then those alone in the same row. */
export function pairIdentities(
	pairing: Pairing,
	{ before, after }: { readonly before: TreeIndex; readonly after: TreeIndex },
	joins: Iterable<readonly [after: Entry, before: Entry]>
): void {
	const pairIn = (old: Entry, entry: Entry): void => {
		const lines = entry.children.filter(isIdentity);
		old.children.filter(isIdentity).forEach((line, i) => {
			const there = lines[i];
			if (there) pairing.pair(line, there);
		});
	};
	if (isIdentity(before.root) && isIdentity(after.root)) pairing.pair(before.root, after.root);
	for (const [join, old] of joins) pairIn(old, join);
	for (const entry of before.entries) {
		const there = pairing.afterOf(entry);
		if (there && entry.node.kind === 'sequential' && there.node.kind === 'sequential') {
			pairIn(entry, there);
		}
	}
}

function isModule({ node }: Entry): boolean {
	return node.kind !== 'op';
}

function isIdentity({ node }: Entry): boolean {
	return node.kind === 'op' && node.op.type === 'identity';
}

function isSameSort({ node: a }: Entry, { node: b }: Entry): boolean {
	if (a.kind === 'op' || b.kind === 'op') return false;
	return a.kind === b.kind || (a.role !== undefined && a.role === b.role);
}

/**
 * The module that shares the greatest part of its ops with `entry`: half of the smaller one's at least,
 * and more than one, unless there is little more than one to share (an op and its norm).
 */
function likeliest(pairing: Pairing, entry: Entry): Entry | undefined {
	const ops = opsIn(entry);
	const shared = new Map<Entry, number>();
	for (const op of ops) {
		for (let at = pairing.afterOf(op)?.parent; at; at = at.parent) {
			if (!pairing.beforeOf(at) && isSameSort(entry, at)) {
				shared.set(at, (shared.get(at) ?? 0) + 1);
			}
		}
	}
	let found: { readonly entry: Entry; readonly rank: readonly number[] } | undefined;
	for (const [candidate, count] of shared) {
		const size = opsIn(candidate).length;
		if (2 * count < Math.min(size, ops.length)) continue;
		if (count === 1 && Math.max(size, ops.length) > 2) continue;
		const rank = [
			count / (size + ops.length),
			Number(candidate.node.kind === entry.node.kind),
			Number(candidate.node.role === entry.node.role),
			Number(candidate.node.name === entry.node.name),
			-candidate.position
		];
		if (!found || isGreater(rank, found.rank)) found = { entry: candidate, rank };
	}
	return found?.entry;
}

function isGreater(a: readonly number[], b: readonly number[]): boolean {
	const differing = a.findIndex((value, i) => value !== b[i]);
	return differing !== -1 && a[differing]! > b[differing]!;
}
