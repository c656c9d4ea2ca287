import { groupBy } from './group-by';
import { walk, type ModuleNode, type Role, type Visit } from './module';
import { isDepthwise, type Op } from './op';

/** One attribute that differs, for example `kernel` 5x5 -> 3x3. */
export interface AttributeChange {
	readonly attribute: string;
	readonly before: string;
	readonly after: string;
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
	  };

/** An op, or the join of a branches node: what a difference is told in. */
export interface DiffItem {
	readonly path: string;
	readonly role: Role | undefined;
	readonly what: ItemKind;
	/** Path of the stem, block, downsampling layer or classifier it belongs to. */
	readonly unit: string;
	readonly attributes: ReadonlyMap<string, string>;
}

/** What an item is, in the terms that matching and texts use. */
export type ItemKind =
	| 'convolution'
	| 'depthwise'
	| 'pointwise'
	| 'linear'
	| 'batch-norm'
	| 'activation'
	| 'pool'
	| 'flatten'
	| 'join';

/**
 * What two networks share, add, drop, move and change, by path. Same path and kind: the same item,
 * perhaps changed; so is an op in one that is a module in the other, as a convolution that has its
 * BatchNorm beside it. What is left is matched inside its block: first what is equal in all attributes,
 * then what has the same role and kind; of those, the ones that changed their order are moved. The order
 * is held by the channel mixer, as the paper tells it: the depthwise convolution and SE move past it.
 */
export function diffTrees(a: ModuleNode, b: ModuleNode): Change[] {
	const before = itemsOf(a);
	const after = itemsOf(b);
	const matches = matchItems(before, after);
	const matchedBefore = new Set(matches.values());
	const moved = movedItems(before, after, matches);

	const changes: Change[] = [];
	for (const item of before) if (!matchedBefore.has(item)) changes.push({ kind: 'removed', item });
	for (const item of after) {
		const old = matches.get(item);
		if (old === undefined) {
			changes.push({ kind: 'added', item });
			continue;
		}
		const attributes = attributeChanges(old, item);
		if (moved.has(item)) changes.push({ kind: 'moved', before: old, item, attributes });
		else if (attributes.length > 0)
			changes.push({ kind: 'changed', before: old, item, attributes });
	}
	return changes;
}

const UNIT_ROLES: ReadonlySet<Role | undefined> = new Set([
	'stem',
	'downsampling',
	'block',
	'classifier'
]);

function itemsOf(root: ModuleNode): DiffItem[] {
	const items: DiffItem[] = [];
	let unit = '';
	for (const visit of walk(root)) {
		const inUnit = unit !== '' && visit.path.startsWith(`${unit}.`);
		if (!inUnit) unit = UNIT_ROLES.has(visit.node.role) ? visit.path : '';
		const item = itemOf(visit, unit);
		if (item) items.push(item);
	}
	return items;
}

function itemOf({ node, path, role }: Visit, unit: string): DiffItem | null {
	const shared = { path, role, unit };
	switch (node.kind) {
		case 'sequential':
			return null;
		case 'branches':
			return { ...shared, what: 'join', attributes: new Map([['join', node.join]]) };
		case 'op': {
			const what = kindOf(node.op);
			return what && { ...shared, what, attributes: attributesOf(node.op) };
		}
	}
}

function kindOf(op: Op): ItemKind | null {
	switch (op.type) {
		case 'conv': {
			const area = op.kernel[0] * op.kernel[1];
			if (isDepthwise(op)) return 'depthwise';
			return area === 1 ? 'pointwise' : 'convolution';
		}
		case 'linear':
			return 'linear';
		case 'batchNorm':
			return 'batch-norm';
		case 'globalAvgPool':
			return 'pool';
		case 'flatten':
			return 'flatten';
		case 'identity':
			// The bare line of a skip: its join is the item.
			return null;
		case 'gelu':
		case 'hardSwish':
		case 'relu':
		case 'sigmoid':
		case 'hardSigmoid':
			return 'activation';
	}
}

function attributesOf(op: Op): ReadonlyMap<string, string> {
	switch (op.type) {
		case 'conv':
			return new Map([
				['channels', `${op.inChannels} → ${op.outChannels}`],
				['kernel', op.kernel.join('×')],
				['stride', String(op.stride[0])]
			]);
		case 'linear':
			return new Map([['features', `${op.inFeatures} → ${op.outFeatures}`]]);
		case 'batchNorm':
			return new Map([['channels', String(op.channels)]]);
		default:
			return new Map([['type', op.type]]);
	}
}

function attributeChanges(before: DiffItem, after: DiffItem): AttributeChange[] {
	return [...after.attributes].flatMap(([attribute, value]) => {
		const old = before.attributes.get(attribute) ?? '';
		return old === value ? [] : [{ attribute, before: old, after: value }];
	});
}

/** For each item of `after`, the item of `before` it is. */
function matchItems(
	before: readonly DiffItem[],
	after: readonly DiffItem[]
): Map<DiffItem, DiffItem> {
	const matches = new Map<DiffItem, DiffItem>();
	const matchBy: Matcher[] = [
		byKey((item) => `${item.path}|${item.what}`),
		byPlace,
		// A norm keeps to its mixer before it is taken for one of the same width.
		byKey((item) => `${item.unit}|${item.what}|${item.role}|${[...item.attributes]}`),
		byKey((item) => `${item.unit}|${item.what}|${[...item.attributes]}`),
		byKey((item) => `${item.unit}|${item.what}|${item.role}`)
	];
	let [oldItems, newItems] = [before, after];
	for (const match of matchBy) {
		for (const [item, old] of match(oldItems, newItems)) matches.set(item, old);
		const taken = new Set(matches.values());
		oldItems = oldItems.filter((item) => !taken.has(item));
		newItems = newItems.filter((item) => !matches.has(item));
	}
	return matches;
}

/** Pairs of a new item and the old one it is, each item in one pair at most. */
type Matcher = (
	before: readonly DiffItem[],
	after: readonly DiffItem[]
) => Iterable<readonly [item: DiffItem, old: DiffItem]>;

/** Equal keys, in the order of the items. */
function byKey(key: (item: DiffItem) => string): Matcher {
	return function* (before, after) {
		const waiting = groupBy(before, key);
		for (const item of after) {
			const old = waiting.get(key(item))?.shift();
			if (old) yield [item, old];
		}
	};
}

/** An op in one network, and the first op of its kind in the module that has its path in the other. */
function* byPlace(before: readonly DiffItem[], after: readonly DiffItem[]): ReturnType<Matcher> {
	yield* firstsWithin(after, before);
	for (const [inner, outer] of firstsWithin(before, after)) yield [outer, inner];
}

function* firstsWithin(
	inners: readonly DiffItem[],
	outers: readonly DiffItem[]
): Generator<readonly [inner: DiffItem, outer: DiffItem]> {
	const waiting = new Map(outers.map((outer) => [`${outer.path}|${outer.what}`, outer]));
	for (const inner of inners) {
		// Joins hold other joins: which of them is which, their place alone does not tell.
		if (inner.what === 'join') continue;
		for (
			let end = inner.path.lastIndexOf('.');
			end > 0;
			end = inner.path.lastIndexOf('.', end - 1)
		) {
			const key = `${inner.path.slice(0, end)}|${inner.what}`;
			const outer = waiting.get(key);
			if (outer === undefined) continue;
			waiting.delete(key);
			yield [inner, outer];
			break;
		}
	}
}

/** The channel mixer outweighs the rest of a block together, so it is what stays in its place. */
const ANCHOR_WEIGHT = 100;

function movedItems(
	before: readonly DiffItem[],
	after: readonly DiffItem[],
	matches: ReadonlyMap<DiffItem, DiffItem>
): Set<DiffItem> {
	const position = new Map(before.map((item, index) => [item, index]));
	const moved = new Set<DiffItem>();
	const byUnit = groupBy(
		after.filter((item) => matches.has(item) && item.what !== 'join'),
		(item) => item.unit
	);
	for (const items of byUnit.values()) {
		const places = items.map((item) => position.get(matches.get(item)!)!);
		const weights = items.map((item) => (item.role === 'channel-mixer' ? ANCHOR_WEIGHT : 1));
		const kept = heaviestIncreasing(places, weights);
		items.forEach((item, index) => {
			if (!kept.has(index)) moved.add(item);
		});
	}
	return moved;
}

/** Indices of the increasing subsequence with the greatest weight. Quadratic; units are small. */
function heaviestIncreasing(values: readonly number[], weights: readonly number[]): Set<number> {
	const best: number[] = [];
	const previous: number[] = [];
	let end = -1;
	values.forEach((value, i) => {
		best[i] = weights[i]!;
		previous[i] = -1;
		for (let j = 0; j < i; j++) {
			if (values[j]! < value && best[j]! + weights[i]! > best[i]!) {
				best[i] = best[j]! + weights[i]!;
				previous[i] = j;
			}
		}
		if (end === -1 || best[i]! > best[end]!) end = i;
	});
	const kept = new Set<number>();
	for (let i = end; i !== -1; i = previous[i]!) kept.add(i);
	return kept;
}
