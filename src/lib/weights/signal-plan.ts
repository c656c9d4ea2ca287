import { childPath, walk, type BranchesNode, type ModuleNode } from '../arch/module';
import type { Op } from '../arch/op';

/** Standard deviation of biases: enough to keep activations off zero, and so off denormals. */
export const BIAS_DEVIATION = 0.1;

/** Mean squares around one op. */
export interface OpSignal {
	/** Of what it reads. */
	readonly inputPower: number;
	/** Of what its weights are to make of that, before its bias is added. */
	readonly outputPower: number;
}

/** What each op's weights are scaled by. */
export interface SignalPlan {
	readonly ops: ReadonlyMap<string, OpSignal>;
	/**
	 * What one layer beside a skip may add to the signal's power: one over the number of skips, so
	 * that all of them together multiply it by at most e.
	 */
	readonly share: number;
}

/**
 * Plans the mean square of every activation: one more fold over the tree, which knows nothing of
 * what blocks are called. Nothing in a network without normalisation brings a signal back once it
 * has grown or faded, and an error of a factor of two a block would be 2^160 in the deepest network
 * that the choices allow. So layers in a row give a mean square of 1, where a few errors do no
 * harm; what is joined with an identity (a residual body, a gate) gets only its share.
 */
export function planSignal(root: ModuleNode): SignalPlan {
	const share = 1 / Math.max(1, [...walk(root)].filter(({ node }) => hasSkip(node)).length);
	const ops = new Map<string, OpSignal>();
	visit({ node: root, path: '', inputPower: 1, outputPower: 1 }, share, ops);
	return { ops, share };
}

interface Step extends OpSignal {
	readonly node: ModuleNode;
	readonly path: string;
}

/** @returns the mean square of the node's output */
function visit(step: Step, share: number, ops: Map<string, OpSignal>): number {
	const { node, path, inputPower, outputPower } = step;
	switch (node.kind) {
		case 'op':
			ops.set(path, { inputPower, outputPower });
			return opPower(node.op, inputPower, outputPower);
		case 'sequential': {
			// The last child with weights answers for what the row of them gives.
			const answering = node.children.findLast(hasWeights);
			return node.children.reduce((power, child) => {
				const wanted = child === answering ? outputPower : 1;
				const inner = childPath(path, child.name);
				return visit(
					{ node: child, path: inner, inputPower: power, outputPower: wanted },
					share,
					ops
				);
			}, inputPower);
		}
		case 'branches': {
			const wanted = hasSkip(node) ? outputPower * share : outputPower;
			const powers = node.children.map((child) => {
				const inner = childPath(path, child.name);
				return visit({ node: child, path: inner, inputPower, outputPower: wanted }, share, ops);
			});
			return joinedPower(node, powers);
		}
	}
}

function hasSkip(node: ModuleNode): boolean {
	return (
		node.kind === 'branches' &&
		node.children.some((child) => child.kind === 'op' && child.op.type === 'identity')
	);
}

function hasWeights(node: ModuleNode): boolean {
	if (node.kind !== 'op') return node.children.some(hasWeights);
	return isWeighted(node.op);
}

function isWeighted(op: Op): boolean {
	return op.type === 'conv' || op.type === 'linear' || op.type === 'batchNorm';
}

/** For a signal that is normally distributed around 0, which is what random weights give. */
function opPower(op: Op, inputPower: number, outputPower: number): number {
	switch (op.type) {
		case 'conv':
		case 'linear':
			return outputPower + (op.bias ? BIAS_DEVIATION ** 2 : 0);
		case 'batchNorm':
			return outputPower + BIAS_DEVIATION ** 2;
		// E[f(x)^2] for x of unit variance.
		case 'gelu':
			return 0.425 * inputPower;
		case 'hardSwish':
			return 0.333 * inputPower;
		case 'relu':
			return 0.5 * inputPower;
		// One half, and the slope at 0 times x.
		case 'sigmoid':
			return 0.25 + inputPower / 16;
		case 'hardSigmoid':
			return 0.25 + inputPower / 36;
		// At most: the mean over positions keeps only what they have in common.
		case 'globalAvgPool':
		case 'flatten':
		case 'identity':
			return inputPower;
	}
}

function joinedPower({ join }: BranchesNode, powers: readonly number[]): number {
	const sum = powers.reduce((total, power) => total + power, 0);
	switch (join) {
		case 'add':
			return sum;
		case 'mul':
			return powers.reduce((product, power) => product * power, 1);
		case 'mean':
			return sum / powers.length ** 2;
		case 'concat':
			return sum / powers.length;
	}
}
