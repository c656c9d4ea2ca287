import { OPTIONS, type Design } from '../../arch/design';
import { FAMILY, MOBILENETV3_LARGE } from '../../arch/family';
import { resolveDesign } from '../../arch/models/resolve';
import type { NetworkPlan } from '../../arch/plan';
import type { Checkpoint } from './types';

/** The published network that a plan is, whatever its classes, its heads and its branches. */
export function memberOf(plan: NetworkPlan): Checkpoint['member'] {
	const { classifier } = plan;
	const free: Partial<Design> = {
		classes: classifier.classes,
		heads: classifier.kind === 'simple' ? classifier.heads : 1
	};
	const found = [...FAMILY, MOBILENETV3_LARGE].find(({ design }) =>
		OPTIONS.branches.some((branches) =>
			isSame(plan, resolveDesign({ ...design, ...free, branches }))
		)
	);
	return found ? { name: found.name, label: found.label } : null;
}

/** Whether two values of plain data are alike through and through. */
function isSame(a: unknown, b: unknown): boolean {
	if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
	const [entriesOfA, entriesOfB] = [Object.entries(a), new Map(Object.entries(b))];
	return (
		entriesOfA.length === entriesOfB.size &&
		entriesOfA.every(([key, value]) => entriesOfB.has(key) && isSame(value, entriesOfB.get(key)))
	);
}
