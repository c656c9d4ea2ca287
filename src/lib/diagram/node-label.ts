import type { ModuleNode, Role } from '../arch/module';
import { isActivation, isDepthwise, isPointwise, type ActivationType, type Op } from '../arch/op';
import { normedOp, soleOp } from './layout/sole-op';
import { blockFacts, parallelBranches } from './layout/visible';

/** What a part is called, as data; `node-text.ts` says it in the visitor's language. */
export type NodeLabel =
	| { readonly code: 'network' }
	| { readonly code: 'role'; readonly role: Role }
	| { readonly code: 'stage'; readonly number: number }
	| { readonly code: 'block'; readonly number: number }
	| { readonly code: 'pre-block' }
	| { readonly code: 'feed-forward' }
	| OpLabel
	| NormedLabel
	| { readonly code: 'other'; readonly name: string };

/** An op that is drawn together with its BatchNorm. */
export interface NormedLabel {
	readonly code: 'normed';
	readonly op: OpLabel;
	readonly norm: 'before' | 'behind' | 'around';
}

/** What an op is called. */
export type OpLabel =
	| {
			readonly code: 'conv';
			/** `pointwise` mixes channels, `depthwise` positions, `dense` both. */
			readonly form: 'pointwise' | 'depthwise' | 'dense';
			readonly kernel: readonly [height: number, width: number];
			readonly stride: number;
	  }
	| { readonly code: 'activation'; readonly type: ActivationType }
	| { readonly code: 'op'; readonly type: Exclude<Op['type'], 'conv' | ActivationType> };

/** The name of a node for people: its place in the network where it has one, else what it does. */
export function nodeLabel(node: ModuleNode, path: string): NodeLabel {
	if (path === '') return { code: 'network' };
	if (node.kind === 'op' && node.role === undefined) return opLabel(node.op);
	if (normedOp(node) !== null) return soleLabel(node)!;
	const number = /(\d+)$/.exec(node.name);
	switch (node.role) {
		case 'stage':
			return { code: 'stage', number: Number(node.name) + 1 };
		case 'block':
			if (number === null) return { code: 'pre-block' };
			// `blocks.4` counts from 0, the stem's `block1` from 1.
			return { code: 'block', number: Number(number[1]) + (number.index === 0 ? 1 : 0) };
		case 'channel-mixer':
			if (node.kind === 'op') return opLabel(node.op);
			return node.name === 'ffn' ? { code: 'feed-forward' } : { code: 'role', role: node.role };
		case undefined:
			return { code: 'other', name: node.name };
		default:
			return node.kind === 'op' ? opLabel(node.op) : { code: 'role', role: node.role };
	}
}

export function opLabel(op: Op): OpLabel {
	if (isActivation(op)) return { code: 'activation', type: op.type };
	if (op.type !== 'conv') return { code: 'op', type: op.type };
	const form = isDepthwise(op) ? 'depthwise' : isPointwise(op) ? 'pointwise' : 'dense';
	return { code: 'conv', form, kernel: op.kernel, stride: Math.max(...op.stride) };
}

/** The one op of a module that is drawn as such; null for real modules. */
function soleLabel(node: ModuleNode): OpLabel | NormedLabel | null {
	const sole = soleOp({ node, path: '' });
	if (sole === null) return null;
	const op = opLabel(sole.op.op);
	const [isBefore, isBehind] = [sole.norms.before.length > 0, sole.norms.behind.length > 0];
	if (!isBefore && !isBehind) return op;
	return { code: 'normed', op, norm: !isBehind ? 'before' : isBefore ? 'around' : 'behind' };
}

/** What the quiet line of a closed part tells beside its shapes. */
export interface NodeFacts {
	/** The one op of a module that is drawn as such and named otherwise; else null. */
	readonly op: OpLabel | NormedLabel | null;
	/** Blocks and parallel branches: the largest kernel above 1x1. */
	readonly kernel: number | null;
	readonly isDepthwise: boolean;
	readonly hasSqueezeExcite: boolean;
	/** How many parallel branches the module is about; 0 for one without. */
	readonly branchCount: number;
}

export function nodeFacts(node: ModuleNode): NodeFacts {
	const isNamedForOp = node.kind === 'op' || normedOp(node) !== null;
	const branchCount = parallelBranches({ node, path: '', role: node.role }).length;
	const facts = node.role === 'block' || branchCount > 0 ? blockFacts(node) : null;
	return {
		op: isNamedForOp ? null : soleLabel(node),
		kernel: facts !== null && facts.kernel > 1 ? facts.kernel : null,
		isDepthwise: facts?.isDepthwise ?? false,
		hasSqueezeExcite: facts?.hasSqueezeExcite ?? false,
		branchCount
	};
}
