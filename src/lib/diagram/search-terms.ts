import { childPath, nodeAt, type Join, type ModuleNode, type Role } from '../arch/module';
import { isActivation, isDepthwise, isPointwise, type Op } from '../arch/op';
import type { Shape, ShapeMap } from '../arch/shapes';
import { hasNorms, soleOp } from './layout/sole-op';
import { isGrouping, type Located } from './layout/visible';

/** Everything that a part can be found by. */
export interface PartTerms {
	/** Names in two languages, operation, role, names in the tree. */
	readonly words: ReadonlySet<string>;
	/** A word and the number right behind it: `stage 3`, `stride 2`. */
	readonly phrases: ReadonlySet<string>;
	/** Its kernel, the resolution and shape that leave it, its widths: `5x5`, `14x14`, `192x14x14`, `384>192`. */
	readonly sizes: ReadonlySet<string>;
	/** Channels that it reads and gives. */
	readonly channels: ReadonlySet<number>;
	/** All paths that it stands for, lower case. */
	readonly paths: readonly string[];
}

/**
 * What people call a role, beside its name in their own language: papers, code and error messages
 * are in English.
 */
const ROLE_WORDS: { readonly [R in Role]: string } = {
	stem: 'stem',
	stage: 'stage',
	block: 'block',
	'token-mixer': 'token mixer',
	'channel-mixer': 'channel mixer ffn mlp',
	'squeeze-excite': 'squeeze and excitation excite se attention',
	downsampling: 'downsampling downsample',
	classifier: 'classifier head'
};

const JOIN_WORDS: { readonly [J in Join]: string } = {
	add: 'add residual skip',
	mul: 'mul multiply gate',
	mean: 'mean average',
	concat: 'concat'
};

const OP_WORDS: { readonly [T in Op['type']]: string } = {
	conv: 'conv convolution',
	batchNorm: 'batchnorm bn norm',
	linear: 'linear fc gemm',
	gelu: 'gelu',
	hardSwish: 'hardswish hard swish',
	relu: 'relu',
	sigmoid: 'sigmoid',
	hardSigmoid: 'hardsigmoid hard sigmoid',
	globalAvgPool: 'globalavgpool global average pool gap',
	flatten: 'flatten',
	identity: 'identity'
};

/** Lower case, no diacritics, and one way to write sizes: `3 × 3` becomes `3x3`, `384 → 192` `384>192`. */
export function tokensOf(text: string): string[] {
	return text
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/(\d)\s*[x×*]\s*(?=\d)/g, '$1x')
		.replace(/(\d)\s*(?:→|->)\s*(?=\d)/g, '$1>')
		.split(/[^\p{L}\p{N}._>]+/u)
		.filter((token) => /[\p{L}\p{N}]/u.test(token));
}

/** @param ways paths of the groupings that were left out on the way down to the part */
export function termsOf(
	located: Located,
	{
		shapes,
		nameOf,
		ways
	}: {
		readonly shapes: ShapeMap;
		readonly nameOf: (node: ModuleNode, path: string) => string;
		readonly ways: readonly string[];
	}
): PartTerms {
	const nodes = nodesOf(located);
	const { input, output } = shapes.get(located.path)!;
	const texts = nodes.flatMap(({ node, path }) => [
		nameOf(node, path),
		node.name,
		node.role ? ROLE_WORDS[node.role] : '',
		node.kind === 'op' ? opWords(node.op) : ''
	]);
	const tokens = [...texts, ...joinsOf(located.node).map((join) => JOIN_WORDS[join])].map(tokensOf);
	const kernels = nodes.flatMap(({ node }) => (node.kind === 'op' ? kernelsOf(node.op) : []));
	return {
		words: new Set(tokens.flat().filter((token) => !isNumber(token))),
		phrases: new Set(tokens.flatMap(phrasesOf)),
		sizes: new Set([...kernels, ...sizesOf(output), `${input[1]}>${output[1]}`]),
		channels: new Set([input[1], output[1]].filter((channels) => channels !== undefined)),
		paths: [...ways, ...nodes.map(({ path }) => path)].map((path) => path.toLowerCase())
	};
}

/** The nodes that a part stands for: a module around a single op is drawn as that op. */
function nodesOf(located: Located): readonly { node: ModuleNode; path: string }[] {
	const sole = soleOp(located);
	if (sole === null) return [located];
	const nodes = sole.paths.map((path) => ({ path, node: nodeBelow(located, path) }));
	const row = nodes.at(-1)!;
	if (hasNorms(sole)) nodes.push({ path: childPath(row.path, sole.op.name), node: sole.op });
	return nodes;
}

/** The node at a path of the whole tree that lies in a part. */
export function nodeBelow({ node, path }: Located, inner: string): ModuleNode {
	return nodeAt(node, inner.slice(path.length + 1))!;
}

/** How the part joins its branches, itself or in a row or grouping of its own. */
function joinsOf(node: ModuleNode): Join[] {
	if (node.kind === 'op') return [];
	const inside = node.children.filter(isGrouping).flatMap(joinsOf);
	return node.kind === 'branches' ? [node.join, ...inside] : inside;
}

function opWords(op: Op): string {
	const words = [OP_WORDS[op.type]];
	if (isActivation(op)) words.push('activation');
	if (isDepthwise(op)) words.push('dw depthwise');
	if (isPointwise(op)) words.push('pw pointwise');
	if (op.type === 'conv') {
		const [stride, kernel] = [Math.max(...op.stride), Math.max(...op.kernel)];
		words.push(`s${stride} stride ${stride} kernel ${kernel}`);
	}
	return words.join(' ');
}

function kernelsOf(op: Op): string[] {
	return op.type === 'conv' ? [op.kernel.join('x')] : [];
}

/** `14x14` and `192x14x14`; nothing behind a pool, where 1x1 would be taken for a kernel. */
function sizesOf(output: Shape): string[] {
	const [, channels, height, width] = output;
	if (height === undefined || width === undefined || height * width === 1) return [];
	return [`${height}x${width}`, `${channels}x${height}x${width}`];
}

function phrasesOf(tokens: readonly string[]): string[] {
	return tokens.flatMap((token, index) => {
		const next = tokens[index + 1];
		return next !== undefined && isNumber(next) && !isNumber(token) ? [`${token} ${next}`] : [];
	});
}

export function isNumber(token: string): boolean {
	return /^\d+$/.test(token);
}
