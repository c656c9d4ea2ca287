import type { AttributeChange, Change, Move } from './diff';
import { groupBy } from './group-by';
import type { DiffItem, ItemKind } from './matching/items';
import type { Role } from './module';

/** A part of one of two networks. */
export interface ChangeStop {
	readonly side: 'before' | 'after';
	readonly path: string;
}

/** One line of a change list: the same change, told once for all the places it happens in. */
export interface ChangeGroup {
	readonly kind: Change['kind'];
	readonly what: ItemKind | 'squeeze-excite';
	readonly role: Role | undefined;
	/** What differs: with values where they are the same in all places, else null values. */
	readonly attributes: readonly (AttributeChange | VaryingAttribute)[];
	/** For what moved in a block: from where to where. */
	readonly move: Move | null;
	/** Kernels of the convolutions that it is about, each once; those they have in the later network. */
	readonly kernels: readonly string[];
	/** Stems, blocks, downsampling layers or classifiers in which it happens. */
	readonly unitCount: number;
	/** Paths in the later network; in the earlier one for what is removed. */
	readonly paths: readonly string[];
	/** Where it may be looked at: its first op in each of those. */
	readonly stops: readonly ChangeStop[];
}

/** An attribute that changes by other values in other places. */
export interface VaryingAttribute {
	readonly attribute: string;
	readonly before: null;
	readonly after: null;
}

const KIND_ORDER: readonly Change['kind'][] = ['moved', 'added', 'removed', 'changed'];

/** A change list short enough to read: equal changes as one line, an SE and its parts as one thing. */
export function summariseChanges(changes: readonly Change[]): ChangeGroup[] {
	const groups = groupBy(changes, groupKey);
	return [...groups.values()]
		.map(toGroup)
		.filter((group) => group.what !== 'join' && group.what !== 'flatten')
		.sort((a, b) => KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind));
}

function groupKey(change: Change): string {
	const attributes =
		'attributes' in change && !isSqueezeExcite(change.item)
			? change.attributes.map(({ attribute }) => attribute)
			: [];
	const move = change.kind === 'moved' && change.move ? Object.values(change.move) : [];
	return [change.kind, whatOf(change.item), change.item.role, ...move, ...attributes].join('|');
}

function toGroup(changes: readonly Change[]): ChangeGroup {
	const [first] = changes;
	if (first === undefined) throw new Error('A group of changes is never empty.');
	const units = [...groupBy(changes, ({ item }) => item.unit).values()] as [Change, ...Change[]][];
	return {
		kind: first.kind,
		what: whatOf(first.item),
		role: first.item.role,
		attributes: isSqueezeExcite(first.item) ? [] : commonAttributes(changes),
		move: 'move' in first ? first.move : null,
		kernels: kernelsOf(changes),
		unitCount: units.length,
		paths: changes.map(({ item }) => item.path),
		stops: units.map(([{ item }]) => ({
			side: first.kind === 'removed' ? 'before' : 'after',
			path: item.path
		}))
	};
}

/** Of depthwise and dense convolutions; those of a changed kernel are among the attributes. */
function kernelsOf(changes: readonly Change[]): string[] {
	const kernels = changes.flatMap((change) => {
		const { what, attributes } = change.item;
		const isTold =
			'attributes' in change && change.attributes.some(({ attribute }) => attribute === 'kernel');
		return (what === 'depthwise' || what === 'convolution') && !isTold
			? (attributes.get('kernel') ?? [])
			: [];
	});
	return [...new Set(kernels)];
}

function commonAttributes(changes: readonly Change[]): ChangeGroup['attributes'] {
	const all = changes.flatMap((change) => ('attributes' in change ? change.attributes : []));
	return [...groupBy(all, ({ attribute }) => attribute).values()].map((sameAttribute) => {
		const [first] = sameAttribute as [AttributeChange, ...AttributeChange[]];
		const isCommon = sameAttribute.every(
			({ before, after }) => before === first.before && after === first.after
		);
		return isCommon ? first : { attribute: first.attribute, before: null, after: null };
	});
}

function isSqueezeExcite(item: DiffItem): boolean {
	return item.role === 'squeeze-excite';
}

function whatOf(item: DiffItem): ChangeGroup['what'] {
	return isSqueezeExcite(item) ? 'squeeze-excite' : item.what;
}
