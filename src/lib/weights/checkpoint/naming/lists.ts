import { excerpt } from '../../safetensors/excerpt';
import { CheckpointError } from '../errors';

/**
 * An index, as PyTorch writes it. Six digits are more than any network needs: what has more is no
 * index, and so a name like any other that nothing expects.
 */
const INDEX = /^(0|[1-9]\d{0,5})\.(.+)$/s;

/** What names hold behind a list's name and an index, by index: of `blocks.2.conv`, `conv`. */
export type IndexedNames = ReadonlyMap<number, readonly string[]>;

/** Names of the form `<list>.<index>.<rest>`. @param list empty where names begin with the index */
export function byIndex(names: Iterable<string>, list: string): IndexedNames {
	const members = new Map<number, string[]>();
	const prefix = list === '' ? '' : `${list}.`;
	for (const name of names) {
		if (!name.startsWith(prefix)) continue;
		const [, index, rest] = INDEX.exec(name.slice(prefix.length)) ?? [];
		if (index === undefined || rest === undefined) continue;
		const member = members.get(Number(index));
		if (member) member.push(rest);
		else members.set(Number(index), [rest]);
	}
	return members;
}

/** Fewer names do not make a member of a list, but are names too many. A fused block has six. */
const FEWEST_NAMES = 3;

/**
 * How long a list is: up to its last member.
 * @param list its name, for the message
 * @param start the first index that may not be left out
 * @throws {CheckpointError} where an index is left out
 */
export function listLength(members: IndexedNames, list: string, start = 0): number {
	let length = 0;
	let last = '';
	for (const [index, names] of members) {
		if (index < length || !isWhole(names)) continue;
		length = index + 1;
		last = `${list}.${index}.${names[0]!}`;
	}
	for (let index = start; index < length; index++) {
		if (!members.has(index)) {
			throw new CheckpointError({
				code: 'gap',
				missing: `${list}.${index}`,
				present: excerpt(last)
			});
		}
	}
	return length;
}

/** Whether there are enough names for a part that has at least six or so. */
export function isWhole(names: readonly string[] | undefined): boolean {
	return (names?.length ?? 0) >= FEWEST_NAMES;
}

/** What share of some names there is. */
export function shareOf(wanted: readonly string[], names: readonly string[]): number {
	return wanted.filter((name) => names.includes(name)).length / wanted.length;
}

const NORM = ['weight', 'bias', 'running_mean', 'running_var'];

export function normNames(path: string): string[] {
	return NORM.map((name) => `${path}.${name}`);
}

/** A convolution with bias. */
export function convNames(path: string): string[] {
	return [`${path}.weight`, `${path}.bias`];
}

/** A convolution and its BatchNorm, as both RepViTs name them. */
export function convNormNames(path: string): string[] {
	return [`${path}.c.weight`, ...normNames(`${path}.bn`)];
}

/** Replaces a part of a path by the first rule that fits; a path that none fits stays. */
export function rename(path: string, rules: readonly (readonly [RegExp, string])[]): string {
	const rule = rules.find(([pattern]) => pattern.test(path));
	return rule ? path.replace(...rule) : path;
}
