import { ops, type ModuleNode, type Role } from '../../arch/module';
import { isActivation, isDepthwise, isPointwise, type Op } from '../../arch/op';
import type { BoxShape } from './types';

export function opShape(op: Op): BoxShape {
	if (isActivation(op)) return 'bar';
	switch (op.type) {
		case 'conv':
			return isDepthwise(op) ? 'depthwise' : isPointwise(op) ? 'pointwise' : 'dense';
		case 'linear':
			return 'linear';
		case 'globalAvgPool':
			return 'pool';
		default:
			return 'bar';
	}
}

export function moduleShape(node: ModuleNode, role: Role | undefined): BoxShape {
	if (role === 'stage' || role === 'block' || role === 'squeeze-excite') return role;
	const convs = [...ops(node)].filter((leaf) => leaf.node.op.type === 'conv');
	// All branches of a mixer may be depthwise: then so is what they make together.
	const isAllDepthwise = convs.length > 0 && convs.every((leaf) => isDepthwise(leaf.node.op));
	return isAllDepthwise ? 'depthwise' : 'group';
}

/** Whether the module is nothing but its body with the input added, directly. */
export function isResidual(node: ModuleNode): boolean {
	return (
		node.kind === 'branches' &&
		node.join === 'add' &&
		node.children.some((child) => child.kind === 'op' && child.op.type === 'identity')
	);
}
