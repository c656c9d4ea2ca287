/*
 * Two-level experiments: which corners of a cube of k yes-or-no factors to measure, and what cannot be
 * told apart afterwards. A word is a set of factors as a bit mask: factor 0 is bit 0.
 */

/** One corner: the level of every factor, low or high. */
export type Levels = readonly (-1 | 1)[];

/** A full factorial, or a regular fraction of it. */
export interface TwoLevelPlan {
	readonly factors: number;
	/** The corners to measure, in standard order. */
	readonly runs: readonly Levels[];
	/**
	 * The words whose factors multiply to one constant over all corners measured; empty for a full
	 * factorial. Effects whose words differ by one of these cannot be told apart.
	 */
	readonly words: readonly number[];
	/** Length of the shortest word; null for a full factorial, which confounds nothing. */
	readonly resolution: number | null;
}

/**
 * For k factors: by how many corners, the words that make each added factor out of the basic ones.
 * Resolution IV at least: main effects are clear of all two-way interactions.
 * Source: Box, Hunter and Hunter, Statistics for Experimenters, 2nd edition, table 6.22.
 */
const GENERATORS: Readonly<Record<number, Readonly<Record<number, readonly string[]>>>> = {
	4: { 8: ['ABC'] },
	5: { 16: ['ABCD'] },
	6: { 16: ['ABC', 'BCD'], 32: ['ABCDE'] },
	7: { 16: ['ABC', 'BCD', 'ACD'], 32: ['ABCD', 'ABDE'], 64: ['ABCDEF'] },
	8: { 16: ['BCD', 'ACD', 'ABC', 'ABD'], 32: ['ABC', 'ABD', 'BCDE'], 64: ['ABCD', 'ABEF'] }
};

/** More corners than this are nobody's evening. */
const MAX_RUNS = 64;

/** The numbers of corners that there is a plan for, from few to many. */
export function planSizes(factors: number): number[] {
	const fractions = Object.keys(GENERATORS[factors] ?? {}).map(Number);
	const full = 2 ** factors;
	return full <= MAX_RUNS ? [...fractions, full] : fractions;
}

/**
 * The plan of k factors in n corners.
 * @throws {RangeError} where there is none: see {@link planSizes}
 */
export function twoLevelPlan(factors: number, size: number): TwoLevelPlan {
	const basic = Math.log2(size);
	const generators = basic === factors ? [] : GENERATORS[factors]?.[size];
	if (factors < 1 || size > MAX_RUNS || generators === undefined) {
		throw new RangeError(`There is no plan of ${factors} factors in ${size} corners.`);
	}
	const masks = generators.map(maskOf);
	const runs = Array.from({ length: size }, (_, corner) => {
		const levels = Array.from({ length: basic }, (_, factor) => levelAt(corner, factor));
		return [...levels, ...masks.map((mask) => productOf(levels, mask))];
	});
	const words = productsOf(masks.map((mask, added) => mask | (1 << (basic + added))));
	return {
		factors,
		runs,
		words,
		resolution: words.length === 0 ? null : Math.min(...words.map(bitCount))
	};
}

/**
 * The two-way interactions in groups that a plan cannot tell apart; each pair once. Pairs that fall
 * together with a main effect or the mean, as below resolution IV, are left out.
 */
export function interactionGroups({
	factors,
	words
}: Pick<TwoLevelPlan, 'factors' | 'words'>): (readonly [number, number])[][] {
	const groups: (readonly [number, number])[][] = [];
	const seen = new Set<number>();
	for (let a = 0; a < factors; a++) {
		for (let b = a + 1; b < factors; b++) {
			const mask = (1 << a) | (1 << b);
			if (seen.has(mask)) continue;
			const aliases = [mask, ...words.map((word) => word ^ mask)];
			const pairs = aliases.filter((alias) => bitCount(alias) === 2);
			for (const pair of pairs) seen.add(pair);
			if (aliases.some((alias) => bitCount(alias) < 2)) continue;
			groups.push(pairs.map(factorsOf).sort(([a, b], [c, d]) => a - c || b - d));
		}
	}
	return groups;
}

function maskOf(letters: string): number {
	return [...letters].reduce((mask, letter) => mask | (1 << (letter.charCodeAt(0) - 65)), 0);
}

function levelAt(corner: number, factor: number): -1 | 1 {
	return (corner >> factor) & 1 ? 1 : -1;
}

function productOf(levels: Levels, mask: number): -1 | 1 {
	return levels.reduce<-1 | 1>(
		(product, level, factor) =>
			mask & (1 << factor) && level < 0 ? (-product as -1 | 1) : product,
		1
	);
}

/** All products of one word or more: factors that stand in both of two words cancel. */
function productsOf(words: readonly number[]): number[] {
	return words.reduce<number[]>(
		(products, word) => [...products, word, ...products.map((product) => product ^ word)],
		[]
	);
}

function bitCount(mask: number): number {
	let count = 0;
	for (let rest = mask; rest > 0; rest &= rest - 1) count++;
	return count;
}

function factorsOf(pair: number): readonly [number, number] {
	const low = Math.log2(pair & -pair);
	return [low, Math.log2(pair & (pair - 1))];
}
