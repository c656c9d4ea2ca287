import { childPath, type ModuleNode } from '../arch/module';
import type { ShapeMap } from '../arch/shapes';
import { hasNorms, soleOp } from './layout/sole-op';
import { isGrouping, isIdentity, type Located } from './layout/visible';
import { isNumber, nodeBelow, termsOf, tokensOf, type PartTerms } from './search-terms';

/** A part of the drawing, what it can be found by, and what is in it. */
interface Entry {
	readonly path: string;
	readonly terms: PartTerms;
	readonly inside: readonly Entry[];
}

export interface SearchOptions {
	readonly shapes: ShapeMap;
	/** What a node is called in the visitor's language. */
	readonly nameOf: (node: ModuleNode, path: string) => string;
}

/**
 * Finds parts of a network by name (in the visitor's language or in English), role, operation, kernel
 * (`5x5`), stride (`s2`), resolution or shape that leaves it (`14x14`), channels that it reads or
 * gives (`384`, `384→192`), or path (`stages.2.blocks.3`, or the beginning or the end of one).
 *
 * All words must hold, each of the part itself or of a part around it: `stages.2 5x5` finds the 5x5
 * kernels of stage 3. A hit is what fits innermost. A part around a hit would fit too, and opening it
 * is what shows the hit anyway; and nothing below a hit counts that adds nothing of its own, so that
 * `se` finds each squeeze-and-excitation once and not its five ops.
 * @returns paths of drawn parts, in execution order; none for an empty query
 */
export function searchTree(root: ModuleNode, query: string, options: SearchOptions): string[] {
	const tokens = tokensOf(query);
	if (tokens.length === 0) return [];
	const index = indexOf(root, options);
	const words = joinPhrases(tokens, index);
	const hits: string[] = [];
	const visit = (entry: Entry, heldAbove: readonly boolean[]): void => {
		const own = words.map((word) => holds(word, entry.terms));
		const held = own.map((isOwn, word) => isOwn || heldAbove[word]!);
		const before = hits.length;
		for (const inner of entry.inside) visit(inner, held);
		const fits = held.every(Boolean) && own.some(Boolean);
		if (fits && hits.length === before) hits.push(entry.path);
	};
	const none = words.map(() => false);
	for (const entry of index) visit(entry, none);
	return hits;
}

/** An index takes a walk over the tree: it is kept as long as the tree, the names and the shapes. */
const known = new WeakMap<ShapeMap, { nameOf: SearchOptions['nameOf']; index: readonly Entry[] }>();

function indexOf(root: ModuleNode, options: SearchOptions): readonly Entry[] {
	const found = known.get(options.shapes);
	if (found?.nameOf === options.nameOf) return found.index;
	const index = entriesIn({ node: root, path: '', role: root.role }, [], options);
	known.set(options.shapes, { nameOf: options.nameOf, index });
	return index;
}

/** @param ways paths of the groupings above, which are drawn as their inside */
function entriesIn(
	{ node, path, role }: Located,
	ways: readonly string[],
	options: SearchOptions
): Entry[] {
	if (node.kind === 'op') return [];
	return node.children.flatMap((child) => {
		const inner = { node: child, path: childPath(path, child.name), role: child.role ?? role };
		if (isIdentity(child)) return [];
		if (isGrouping(child)) return entriesIn(inner, [...ways, inner.path], options);
		return [
			{
				path: inner.path,
				terms: termsOf(inner, { ...options, ways }),
				inside: insideOf(inner, options)
			}
		];
	});
}

/** Of what is drawn as one op only its norms stand apart. */
function insideOf(located: Located, options: SearchOptions): Entry[] {
	const sole = soleOp(located);
	if (sole === null) return entriesIn(located, [], options);
	if (!hasNorms(sole)) return [];
	const row = sole.paths.at(-1)!;
	const norms = new Set([...sole.norms.before, ...sole.norms.behind]);
	const node = nodeBelow(located, row);
	return entriesIn({ node, path: row, role: located.role }, [], options)
		.filter(({ path }) => norms.has(path))
		.map((norm) => ({ ...norm, terms: { ...norm.terms, ...NO_SIZES } }));
}

/** A norm changes no shape, and need not be dug out to be told one: its row has it too. */
const NO_SIZES = { sizes: new Set<string>(), channels: new Set<number>() };

/** `stage 3` is one thing to look for where something is called so; else it is two words. */
function joinPhrases(tokens: readonly string[], index: readonly Entry[]): string[] {
	const words: string[] = [];
	for (const token of tokens) {
		const last = words.at(-1);
		const phrase = `${last} ${token}`;
		if (last !== undefined && isNumber(token) && hasPhrase(phrase, index)) {
			words[words.length - 1] = phrase;
		} else {
			words.push(token);
		}
	}
	return words;
}

function hasPhrase(phrase: string, entries: readonly Entry[]): boolean {
	return entries.some(
		({ terms, inside }) => terms.phrases.has(phrase) || hasPhrase(phrase, inside)
	);
}

const SIZE = /^\d+([x>]\d+)+$/;
/** Shorter words must be met whole: `se` is not the beginning of anything. */
const LEAST_PREFIX = 3;

function holds(word: string, { words, phrases, sizes, channels, paths }: PartTerms): boolean {
	if (word.includes(' ')) return phrases.has(word);
	if (isNumber(word)) return channels.has(Number(word));
	if (SIZE.test(word)) return sizes.has(word);
	if (paths.some((path) => isEndOrBeginning(word, path))) return true;
	const singular = word.length > LEAST_PREFIX && word.endsWith('s') ? word.slice(0, -1) : word;
	if (words.has(word) || words.has(singular)) return true;
	// Chinese has no spaces: a word may stand anywhere in a name.
	if (/[^\p{Script=Latin}\p{N}._]/u.test(word)) return [...words].some((w) => w.includes(word));
	return word.length >= LEAST_PREFIX && [...words].some((w) => w.startsWith(word));
}

/**
 * Whether a word is a path, the names at its end (`blocks.3`), or its beginning up to somewhere in
 * the last name (`stages.2.bl`), where a number must be whole: `blocks.1` does not begin `blocks.12`.
 */
function isEndOrBeginning(word: string, path: string): boolean {
	if (!/[._]/.test(word)) return word === path;
	if (path === word || path.endsWith(`.${word}`)) return true;
	if (!path.startsWith(word)) return false;
	const rest = path.slice(word.length);
	return !rest.includes('.') && !(/\d$/.test(word) && /^\d/.test(rest));
}
