import { ops, walk, type ModuleNode } from '../../arch/module';
import { isDepthwise } from '../../arch/op';
import { ROADMAP, type StepNumber } from '../../arch/roadmap';
import type { Located } from '../layout/visible';
import { wayTo } from './subject';

/** What the paper says about a part; the page has the sentence to each code. */
export type PaperNoteCode =
	| 'old-stem'
	| 'early-stem'
	| 'patchify'
	| 'stage'
	| 'coupled-block'
	| 'separated-block'
	| 'pre-block'
	| 'coupled-token-mixer'
	| 'token-mixer'
	| 'coupled-channel-mixer'
	| 'channel-mixer'
	| 'training-branches'
	| 'large-kernel'
	| 'small-kernel'
	| 'squeeze-excite'
	| 'strided-block'
	| 'deeper-downsampling'
	| 'downsampling-ffn'
	| 'old-classifier'
	| 'simple-classifier'
	| 'gelu';

export interface PaperNote {
	readonly code: PaperNoteCode;
	/** The step of the roadmap that is about it. */
	readonly step: StepNumber;
	/** That step's section of the paper. */
	readonly section: string;
}

/** The step that each note belongs to: sections are the roadmap's to say. */
const STEPS: { readonly [C in PaperNoteCode]: StepNumber } = {
	gelu: 0,
	'coupled-block': 1,
	'separated-block': 1,
	'coupled-token-mixer': 1,
	'token-mixer': 1,
	'coupled-channel-mixer': 1,
	'training-branches': 1,
	'channel-mixer': 2,
	'old-stem': 3,
	'early-stem': 3,
	patchify: 3,
	'strided-block': 4,
	'deeper-downsampling': 4,
	'pre-block': 4,
	'downsampling-ffn': 4,
	'old-classifier': 5,
	'simple-classifier': 5,
	stage: 6,
	'large-kernel': 7,
	'small-kernel': 7,
	'squeeze-excite': 8
};

/**
 * What the paper says about a node, nearest first: about the op itself, then about the innermost part
 * around it that the paper has a line on. Told from the tree, so that a design of one's own has the
 * line of what it really has.
 */
export function paperNotes(root: ModuleNode, path: string): PaperNote[] {
	const way = wayTo(root, path);
	const own = way.at(-1);
	if (own === undefined) return [];
	const ofPart = way.map((part, index) => partNote(part, way.slice(0, index))).findLast(Boolean);
	const notes = [opNote(own), branchesNote(own), ofPart].filter((code) => code !== undefined);
	return notes.map((code) => {
		const step = STEPS[code];
		return { code, step, section: ROADMAP[step]!.section };
	});
}

function opNote({ node, role }: Located): PaperNoteCode | undefined {
	if (node.kind === 'op' && node.op.type === 'gelu') return 'gelu';
	if (role !== 'token-mixer') return undefined;
	const kernels = [...ops(node)].flatMap(({ node: { op } }) =>
		isDepthwise(op) ? [Math.max(...op.kernel)] : []
	);
	const kernel = Math.max(0, ...kernels);
	if (kernel <= 1) return undefined;
	return kernel > 3 ? 'large-kernel' : 'small-kernel';
}

/** A token mixer that trains with parallel branches, or something in one. */
function branchesNote({ node, role }: Located): PaperNoteCode | undefined {
	if (role !== 'token-mixer') return undefined;
	const hasJoin = [...walk(node)].some((inner) => inner.node.kind === 'branches');
	return hasJoin ? 'training-branches' : undefined;
}

/** @param around what the part is in, from the outside in */
function partNote({ node, path }: Located, around: readonly Located[]): PaperNoteCode | undefined {
	const isDownsampling = around.some((part) => part.node.role === 'downsampling');
	switch (node.role) {
		case undefined:
			return undefined;
		case 'stem':
			return stemNote(node);
		case 'stage':
			return 'stage';
		case 'block':
			if (isDownsampling) return 'pre-block';
			return isCoupled(node) ? 'coupled-block' : 'separated-block';
		case 'downsampling':
			return [...walk(node)].some((inner) => inner.node.role === 'block')
				? 'deeper-downsampling'
				: 'strided-block';
		case 'token-mixer':
			return isCoupled(unitAround(around)) ? 'coupled-token-mixer' : 'token-mixer';
		case 'channel-mixer':
			if (isDownsampling && path === `${around.at(-1)?.path}.ffn`) return 'downsampling-ffn';
			return isCoupled(unitAround(around)) ? 'coupled-channel-mixer' : 'channel-mixer';
		case 'squeeze-excite':
			return 'squeeze-excite';
		case 'classifier':
			return convsIn(node) + linearsIn(node) > linearBranches(node)
				? 'old-classifier'
				: 'simple-classifier';
	}
}

/** The innermost block, or strided block, around a mixer. */
function unitAround(around: readonly Located[]): ModuleNode | undefined {
	return around.findLast(({ node }) => node.role === 'block' || node.role === 'downsampling')?.node;
}

/** MobileNetV3's block has the token mixer between two 1x1 convolutions, each a part by itself. */
function isCoupled(block: ModuleNode | undefined): boolean {
	if (block === undefined) return false;
	const mixers = [...walk(block)].filter(({ node }) => node.role === 'channel-mixer');
	return mixers.length > 0 && mixers.every(({ node }) => convsIn(node) === 1);
}

function stemNote(stem: ModuleNode): PaperNoteCode {
	if ([...walk(stem)].some(({ node }) => node.role === 'block')) return 'old-stem';
	return convsIn(stem) > 1 ? 'early-stem' : 'patchify';
}

function convsIn(node: ModuleNode): number {
	return [...ops(node)].filter((inner) => inner.node.op.type === 'conv').length;
}

function linearsIn(node: ModuleNode): number {
	return [...ops(node)].filter((inner) => inner.node.op.type === 'linear').length;
}

/** Linear layers side by side are one classifier with several heads; else there is one. */
function linearBranches(node: ModuleNode): number {
	const heads = [...walk(node)].find((inner) => inner.node.kind === 'branches')?.node;
	return heads === undefined ? 1 : linearsIn(heads);
}
