import type { ModuleNode } from '../module';
import { translatePaths } from './align';
import { matchItems } from './match-items';
import { pairIdentities, pairModules, Pairing } from './match-modules';
import { compareTrees } from './order';
import { indexTree } from './tree-index';

/** Paths of one tree, and for each the path in the other tree of what is the same thing. */
export type PathMap = ReadonlyMap<string, string>;

/**
 * Which node of one network is which of the other, one to one, by path. An op is only ever an op of its
 * kind (a depthwise convolution a depthwise one), a module a module; what has no counterpart is absent.
 */
export interface TreeMatching {
	/** From the earlier network to the later one. */
	readonly toAfter: PathMap;
	/** From the later network to the earlier one. */
	readonly toBefore: PathMap;
	/**
	 * The same for the joins of branches nodes, which go their own way: a block may stay what it is
	 * while the skip past all of it becomes the skip past its channel mixer.
	 */
	readonly joinsToBefore: PathMap;
}

/**
 * Finds what two networks share. Blocks of a row are aligned first, so that one inserted in the middle
 * is one insertion; ops are matched within what is aligned, and modules by what they hold. Swapping the
 * networks swaps the maps.
 */
export function matchTrees(a: ModuleNode, b: ModuleNode): TreeMatching {
	return compareTrees(a, b) <= 0 ? matchInOrder(a, b) : turned(matchInOrder(b, a));
}

function matchInOrder(a: ModuleNode, b: ModuleNode): TreeMatching {
	const [before, after] = [indexTree(a), indexTree(b)];
	const places = translatePaths(before, after);
	const items = [...matchItems(before, after, places)];
	const joins = items.filter(([{ item }]) => item?.what === 'join');
	const pairing = new Pairing();
	for (const [entry, old] of items) if (entry.item?.what !== 'join') pairing.pair(old, entry);
	pairModules(pairing, before, after, { places, joins });
	pairIdentities(pairing, { before, after }, joins);
	const pairs = [...pairing.pairs].map(([{ path }, { path: to }]) => [path, to] as const);
	return {
		toAfter: new Map(pairs),
		toBefore: inverted(pairs),
		joinsToBefore: new Map(joins.map(([{ path }, { path: from }]) => [path, from]))
	};
}

function turned({ toAfter, toBefore, joinsToBefore }: TreeMatching): TreeMatching {
	return { toAfter: toBefore, toBefore: toAfter, joinsToBefore: inverted(joinsToBefore) };
}

function inverted(pairs: Iterable<readonly [string, string]>): Map<string, string> {
	return new Map([...pairs].map(([from, to]) => [to, from]));
}
