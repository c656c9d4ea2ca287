import { groupBy } from '../group-by';
import { childPath, type Role } from '../module';
import type { Item } from './items';
import type { Entry, TreeIndex } from './tree-index';

/**
 * Where each entry of the earlier tree would stand in the later one, by the later one's paths: blocks of
 * a row take the names of the blocks that they are aligned with, everything else keeps its own. Null in
 * a block that has no counterpart.
 */
export function translatePaths(
	before: TreeIndex,
	after: TreeIndex
): ReadonlyMap<Entry, string | null> {
	const places = new Map<Entry, string | null>();
	const similarity = rememberedSimilarity();
	const descend = (entry: Entry, place: string | null): void => {
		places.set(entry, place);
		const there = place === null ? undefined : after.byPath.get(place);
		const [row, rowThere] = [blocksOf(entry), there ? blocksOf(there) : []];
		const aligned = rowThere.length > 0 ? alignRows(row, rowThere, similarity) : null;
		for (const child of entry.children) {
			if (place === null) descend(child, null);
			else if (aligned && isInRow(child)) descend(child, aligned.get(child)?.path ?? null);
			else descend(child, childPath(place, child.node.name));
		}
	};
	descend(before.root, '');
	return places;
}

function blocksOf(entry: Entry): readonly Entry[] {
	return entry.children.filter(isInRow);
}

function isInRow({ node: { role } }: Entry): boolean {
	return role === 'block' || role === 'downsampling';
}

/** How alike two blocks are: 0 for those that must not be aligned, more for more that they share. */
type Similarity = (before: Entry, after: Entry) => number;

/**
 * The alignment of two rows with the greatest similarity in sum (Needleman and Wunsch, gaps are free),
 * as the block of `after` for each block of `before`. Among equals the one that pairs earliest.
 */
function alignRows(
	before: readonly Entry[],
	after: readonly Entry[],
	similarity: Similarity
): Map<Entry, Entry> {
	// best[i][j]: the greatest sum from block i and block j on.
	const best = Array.from({ length: before.length + 1 }, () =>
		new Array<number>(after.length + 1).fill(0)
	);
	for (let i = before.length - 1; i >= 0; i--) {
		for (let j = after.length - 1; j >= 0; j--) {
			const paired = similarity(before[i]!, after[j]!) + best[i + 1]![j + 1]!;
			best[i]![j] = Math.max(paired, best[i + 1]![j]!, best[i]![j + 1]!);
		}
	}
	const aligned = new Map<Entry, Entry>();
	for (let i = 0, j = 0; i < before.length && j < after.length;) {
		const alike = similarity(before[i]!, after[j]!);
		if (alike > 0 && best[i]![j] === alike + best[i + 1]![j + 1]!) {
			aligned.set(before[i++]!, after[j++]!);
		} else if (best[i]![j] === best[i]![j + 1]) j++;
		else i++;
	}
	return aligned;
}

/** Whole numbers, so that sums are exact: all that is shared, kind and attributes each for a half. */
const MOST_ALIKE = 1000;

/** Blocks repeat: what was found for one of a sort holds for all of that sort. */
function rememberedSimilarity(): Similarity {
	const sorts = new Map<string, Sort>();
	const sortOf = new Map<Entry, Sort>();
	const sortFor = (block: Entry): Sort => {
		const known = sortOf.get(block);
		if (known) return known;
		const text = textOf(block);
		const sort = sorts.get(text) ?? newSort(block);
		sorts.set(text, sort);
		sortOf.set(block, sort);
		return sort;
	};
	return (before, after) => {
		const [a, b] = [sortFor(before), sortFor(after)];
		if (a === b) return MOST_ALIKE;
		const found = a.similarities.get(b) ?? similarityOf(a, b);
		a.similarities.set(b, found);
		return found;
	};
}

/** Blocks that are equal in all that counts. */
interface Sort {
	readonly role: Role | undefined;
	readonly kinds: readonly string[];
	readonly exact: readonly string[];
	readonly similarities: Map<Sort, number>;
}

function newSort(block: Entry): Sort {
	const items = itemsIn(block);
	return {
		role: block.node.role,
		kinds: items.map(({ what, role }) => `${what} ${role}`),
		exact: items.map(({ what, role, detail }) => `${what} ${role} ${detail}`),
		similarities: new Map()
	};
}

function textOf(block: Entry): string {
	let text = block.node.role ?? '';
	for (const { what, role, detail } of itemsIn(block)) text += `\n${what} ${role} ${detail}`;
	return text;
}

function itemsIn(block: Entry, items: Item[] = []): readonly Item[] {
	if (block.item) items.push(block.item);
	for (const child of block.children) itemsIn(child, items);
	return items;
}

function similarityOf(a: Sort, b: Sort): number {
	if (a.role !== b.role) return 0;
	const all = a.exact.length + b.exact.length;
	const shared = countShared(a.kinds, b.kinds) + countShared(a.exact, b.exact);
	// Never 0: of two rows, the shorter one's blocks are all kept.
	return Math.max(1, Math.floor((MOST_ALIKE * shared) / Math.max(1, all)));
}

function countShared(a: readonly string[], b: readonly string[]): number {
	const waiting = groupBy(b, (feature) => feature);
	return a.filter((feature) => waiting.get(feature)?.pop() !== undefined).length;
}
