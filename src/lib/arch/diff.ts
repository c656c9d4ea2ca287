import { groupBy } from './group-by';
import type { DiffItem, Item } from './matching/items';
import { matchTrees, type TreeMatching } from './matching/match-trees';
import { compareTrees, heaviestIncreasing } from './matching/order';
import { indexTree, type TreeIndex } from './matching/tree-index';
import type { ModuleNode } from './module';

/** One attribute that differs, for example `kernel` 5x5 -> 3x3. */
export interface AttributeChange {
	readonly attribute: string;
	readonly before: string;
	readonly after: string;
}

/**
 * Where something stands in its block: before, among or behind the 1x1 convolutions of the channel mixer
 * that stay. `before` is what RepViT's token mixer is, `among` what MobileNetV3's is.
 */
export type Whereabouts = 'before' | 'among' | 'behind';

/** How something moved; null where its block has no channel mixer that stays. */
export interface Move {
	readonly from: Whereabouts;
	readonly to: Whereabouts;
}

/** One op or join that two networks do not share unchanged. */
export type Change =
	| { readonly kind: 'added'; readonly item: DiffItem }
	| { readonly kind: 'removed'; readonly item: DiffItem }
	| {
			readonly kind: 'moved' | 'changed';
			readonly before: DiffItem;
			readonly item: DiffItem;
			readonly attributes: readonly AttributeChange[];
			/** Null for what changed in its place too. */
			readonly move: Move | null;
	  };

/**
 * What two networks share, add, drop, move and change: first what is gone, in the order of the earlier
 * network, then the rest in the order of the later one. Of the ops of a block those that changed their
 * order are moved. The order is held by the channel mixer, as the paper tells it: the depthwise
 * convolution and SE move past it.
 */
export function diffTrees(
	a: ModuleNode,
	b: ModuleNode,
	matching: TreeMatching = matchTrees(a, b)
): Change[] {
	const [before, after] = [indexTree(a), indexTree(b)];
	const pairs = pairsOf(before, after, matching);
	const beforeOf = new Map(pairs.map(({ before, after }) => [after, before]));
	const matchedBefore = new Set(beforeOf.values());
	const moves = findMoves(pairs, compareTrees(a, b) > 0);

	const changes: Change[] = [];
	for (const item of itemsOf(before)) {
		if (!matchedBefore.has(item)) changes.push({ kind: 'removed', item });
	}
	for (const item of itemsOf(after)) {
		const old = beforeOf.get(item);
		if (old === undefined) {
			changes.push({ kind: 'added', item });
			continue;
		}
		const attributes = attributeChanges(old, item);
		const move = moves.get(item);
		if (move !== undefined) changes.push({ kind: 'moved', before: old, item, attributes, move });
		else if (attributes.length > 0) {
			changes.push({ kind: 'changed', before: old, item, attributes, move: null });
		}
	}
	return changes;
}

function itemsOf({ entries }: TreeIndex): Item[] {
	return entries.flatMap(({ item }) => item ?? []);
}

function attributeChanges(before: Item, after: Item): AttributeChange[] {
	if (before.detail === after.detail) return [];
	return [...after.attributes].flatMap(([attribute, value]) => {
		const old = before.attributes.get(attribute) ?? '';
		return old === value ? [] : [{ attribute, before: old, after: value }];
	});
}

/** An item that both networks have. */
interface ItemPair {
	readonly before: Item;
	readonly after: Item;
	/** Places in execution order. */
	readonly positions: { readonly before: number; readonly after: number };
}

function pairsOf(
	before: TreeIndex,
	after: TreeIndex,
	{ toBefore, joinsToBefore }: TreeMatching
): ItemPair[] {
	return after.entries.flatMap(({ item, position }) => {
		if (item === null) return [];
		const path = (item.what === 'join' ? joinsToBefore : toBefore).get(item.path);
		const old = path === undefined ? undefined : before.byPath.get(path);
		if (!old?.item) return [];
		return [
			{ before: old.item, after: item, positions: { before: old.position, after: position } }
		];
	});
}

/** What the channel mixer is made of outweighs the rest of a block together, so it is what stays in its place. */
const ANCHOR_WEIGHT = 100;

/**
 * What moved, by its item in the later network.
 * @param isTurned work it out from the later network: see `compareTrees`
 */
function findMoves(pairs: readonly ItemPair[], isTurned: boolean): Map<DiffItem, Move | null> {
	const [first, second] = isTurned
		? (['after', 'before'] as const)
		: (['before', 'after'] as const);
	const moves = new Map<DiffItem, Move | null>();
	const byUnit = groupBy(
		pairs.filter(({ after }) => after.what !== 'join'),
		(pair) => pair[second].unit
	);
	for (const unit of byUnit.values()) {
		const row = [...unit].sort((x, y) => x.positions[second] - y.positions[second]);
		const kept = heaviestIncreasing(
			row.map(({ positions }) => positions[first]),
			row.map((pair) => (isAnchor(pair) ? ANCHOR_WEIGHT : 1))
		);
		const anchors = row.filter((pair, index) => kept.has(index) && isAnchor(pair));
		row.forEach((pair, index) => {
			if (!kept.has(index)) moves.set(pair.after, moveOf(pair, anchors));
		});
	}
	return moves;
}

function isAnchor({ before, after }: ItemPair): boolean {
	return [before, after].every(
		({ what, role }) => what === 'pointwise' && role === 'channel-mixer'
	);
}

function moveOf({ positions }: ItemPair, anchors: readonly ItemPair[]): Move | null {
	if (anchors.length === 0) return null;
	const whereabouts = (side: 'before' | 'after'): Whereabouts => {
		const passed = anchors.filter((anchor) => anchor.positions[side] < positions[side]).length;
		return passed === 0 ? 'before' : passed === anchors.length ? 'behind' : 'among';
	};
	return { from: whereabouts('before'), to: whereabouts('after') };
}
