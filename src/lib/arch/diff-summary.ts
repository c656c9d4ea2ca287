import type { AttributeChange, Change } from './diff';
import { groupBy } from './group-by';
import type { DiffItem, ItemKind } from './matching/items';
import type { Role } from './module';

/** One line of a change list: the same change, told once for all the places it happens in. */
export interface ChangeGroup {
	readonly kind: Change['kind'];
	readonly what: ItemKind | 'squeeze-excite';
	readonly role: Role | undefined;
	/** What differs: with values where they are the same in all places, else null values. */
	readonly attributes: readonly (AttributeChange | VaryingAttribute)[];
	/** Stems, blocks, downsampling layers or classifiers in which it happens. */
	readonly unitCount: number;
	/** Paths in the later network; in the earlier one for what is removed. */
	readonly paths: readonly string[];
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
	return [change.kind, whatOf(change.item), change.item.role, ...attributes].join('|');
}

function toGroup(changes: readonly Change[]): ChangeGroup {
	const [first] = changes;
	if (first === undefined) throw new Error('A group of changes is never empty.');
	return {
		kind: first.kind,
		what: whatOf(first.item),
		role: first.item.role,
		attributes: isSqueezeExcite(first.item) ? [] : commonAttributes(changes),
		unitCount: new Set(changes.map(({ item }) => item.unit)).size,
		paths: changes.map(({ item }) => item.path)
	};
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
