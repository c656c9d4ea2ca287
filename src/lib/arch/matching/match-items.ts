import { groupBy } from '../group-by';
import type { Op } from '../op';
import type { Item } from './items';
import type { Entry, TreeIndex } from './tree-index';

/** Where an entry stands, in the later network's names; null in a block without counterpart. */
type Places = ReadonlyMap<Entry, string | null>;

/** An op or a join. */
type ItemEntry = Entry & { readonly item: Item };

/**
 * For each item of `after`, the item of `before` that it is. Same place and kind: the same item, perhaps
 * changed; so is an op in one that is a module in the other, as a convolution that has its BatchNorm
 * beside it. What is left is matched inside its block: first what is equal in all attributes, then what
 * has the same role and kind; norms behind what they normalise.
 */
export function matchItems(
	before: TreeIndex,
	after: TreeIndex,
	places: Places
): ReadonlyMap<Entry, Entry> {
	const matches = new Map<Entry, Entry>();
	const taken = new Set<Entry>();
	const match = (old: Entry, entry: Entry): void => {
		if (matches.has(entry) || taken.has(old)) return;
		matches.set(entry, old);
		taken.add(old);
	};
	const oldLeft = () => before.entries.filter(isItem).filter((entry) => !taken.has(entry));
	const newLeft = () => after.entries.filter(isItem).filter((entry) => !matches.has(entry));

	for (const old of oldLeft()) {
		const there = after.byPath.get(places.get(old) ?? NOWHERE);
		if (there && there.item?.what === old.item?.what) match(old, there);
	}
	const placeOf = (entry: Entry) => places.get(entry) ?? NOWHERE;
	for (const [entry, old] of firstsWithin(newLeft(), oldLeft(), pathOf, placeOf)) {
		match(old, entry);
	}
	for (const [old, entry] of firstsWithin(oldLeft(), newLeft(), placeOf, pathOf)) {
		match(old, entry);
	}
	const matchInUnits = (isWanted: (entry: ItemEntry) => boolean): void => {
		const waiting = groupBy(oldLeft().filter(isWanted), ({ unit }) => (unit ? placeOf(unit) : ''));
		const byUnit = groupBy(newLeft().filter(isWanted), ({ unit }) => unit?.path ?? '');
		for (const [unit, entries] of byUnit) {
			const olds = waiting.get(unit) ?? [];
			for (const key of UNIT_KEYS) matchByKey(olds, entries, key);
		}
	};
	matchInUnits(({ item }) => item.what !== 'batch-norm');
	for (const norm of newLeft()) {
		const normed = normedBy(norm);
		const old = normed && matches.get(normed);
		if (!old) continue;
		const beside = old.parent?.children[old.index + norm.index - normed.index];
		if (beside?.item?.what === 'batch-norm') match(beside, norm);
	}
	// One that stands behind a sum, say, is known by its place alone.
	matchInUnits((entry) => entry.item.what === 'batch-norm' && !normedBy(entry));
	return matches;

	/** Equal keys, in the order of the items. */
	function matchByKey(
		olds: readonly ItemEntry[],
		entries: readonly ItemEntry[],
		key: (item: Item) => string
	): void {
		if (olds.length === 0) return;
		const left = groupBy(
			olds.filter((old) => !taken.has(old)),
			({ item }) => key(item)
		);
		for (const entry of entries) {
			if (matches.has(entry)) continue;
			const old = left.get(key(entry.item))?.shift();
			if (old) match(old, entry);
		}
	}
}

/** In place of a path that there is not. */
const NOWHERE = '\0';

const UNIT_KEYS: readonly ((item: Item) => string)[] = [
	({ what, role, detail }) => `${what}|${role}|${detail}`,
	// Of two 1x1 convolutions of the same size the one that gates is still not the other.
	({ what, role, detail }) => `${what}|${role === 'squeeze-excite'}|${detail}`,
	({ what, role }) => `${what}|${role}`
];

/** The convolution or linear layer beside a norm, which it goes with; undefined for any other op. */
function normedBy({ item, parent, index }: ItemEntry): Entry | undefined {
	if (item.what !== 'batch-norm' || parent?.node.kind !== 'sequential') return undefined;
	return [parent.children[index - 1], parent.children[index + 1]].find(
		(beside) => beside?.node.kind === 'op' && NORMED.has(beside.node.op.type)
	);
}

const NORMED: ReadonlySet<Op['type']> = new Set(['conv', 'linear']);

function isItem(entry: Entry): entry is ItemEntry {
	return entry.item !== null;
}

function pathOf({ path }: Entry): string {
	return path;
}

/** Ops in one network, each with the op of its kind that has the place of a module around it in the other. */
function* firstsWithin(
	inners: readonly Entry[],
	outers: readonly Entry[],
	placeOfInner: (entry: Entry) => string,
	placeOfOuter: (entry: Entry) => string
): Generator<readonly [inner: Entry, outer: Entry]> {
	// Joins hold other joins: which of them is which, their place alone does not tell.
	const isOp = ({ node }: Entry) => node.kind === 'op';
	const waiting = new Map(outers.filter(isOp).map((outer) => [placeOfOuter(outer), outer]));
	for (const inner of inners) {
		if (!isOp(inner)) continue;
		for (let around = inner.parent; around !== null; around = around.parent) {
			const place = placeOfInner(around);
			const outer = place === NOWHERE ? undefined : waiting.get(place);
			if (outer?.item?.what !== inner.item?.what || outer === undefined) continue;
			waiting.delete(place);
			yield [inner, outer];
			break;
		}
	}
}
