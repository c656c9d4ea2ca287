import type { ModuleNode, Role } from '../../arch/module';
import { isDepthwise, isPointwise, type Op } from '../../arch/op';
import { isIdentity } from '../layout/visible';
import { paperNotes } from './paper-notes';
import { subjectAt } from './subject';

/** Entries of the glossary that a panel leads to: the anchors on its page. */
export type GlossaryId =
	| 'token-mixer'
	| 'channel-mixer'
	| 'squeeze-and-excitation'
	| 'stem'
	| 'early-convolutions'
	| 'downsampling'
	| 'classifier'
	| 'depthwise-convolution'
	| 'pointwise-convolution'
	| 'skip-connection'
	| 'batchnorm'
	| 'gelu'
	| 'hard-swish'
	| 'stage'
	| 'block'
	| 'feed-forward';

const ROLE_TERMS: { readonly [R in Role]: GlossaryId } = {
	stem: 'stem',
	stage: 'stage',
	block: 'block',
	'token-mixer': 'token-mixer',
	'channel-mixer': 'channel-mixer',
	'squeeze-excite': 'squeeze-and-excitation',
	downsampling: 'downsampling',
	classifier: 'classifier'
};

/** The entries on a node: on what it does, then on what it is for. */
export function glossaryTerms(root: ModuleNode, path: string): GlossaryId[] {
	const subject = subjectAt(root, path);
	if (subject === undefined) return [];
	const { node, role, ops } = subject;
	const terms: (GlossaryId | undefined)[] = ops.map((op) => opTerm(op.node.op));
	if (role) terms.push(ROLE_TERMS[role]);
	if (node.role === 'channel-mixer' && ops.length === 0) terms.push('feed-forward');
	if (hasSkip(node)) terms.push('skip-connection');
	if (paperNotes(root, path).some(({ code }) => code === 'early-stem')) {
		terms.push('early-convolutions');
	}
	return [...new Set(terms.filter((term) => term !== undefined))];
}

function opTerm(op: Op): GlossaryId | undefined {
	if (isDepthwise(op)) return 'depthwise-convolution';
	if (isPointwise(op)) return 'pointwise-convolution';
	switch (op.type) {
		case 'batchNorm':
			return 'batchnorm';
		case 'gelu':
			return 'gelu';
		case 'hardSwish':
			return 'hard-swish';
		case 'identity':
			return 'skip-connection';
		default:
			return undefined;
	}
}

/** Its input is added to what it makes of it. */
function hasSkip(node: ModuleNode): boolean {
	return node.kind === 'branches' && node.join === 'add' && node.children.some(isIdentity);
}
