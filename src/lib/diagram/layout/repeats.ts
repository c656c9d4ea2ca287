import type { ModuleNode } from '../../arch/module';
import type { Op } from '../../arch/op';
import type { Shape, ShapeMap } from '../../arch/shapes';
import type { Located } from './visible';

/** Consecutive blocks that are the same but for their names, alone or in pairs. */
export interface Run {
	readonly members: readonly Located[];
	readonly period: 1 | 2;
}

/** How many repeats are worth folding. */
const MIN_COUNT = { 1: 3, 2: 2 } as const;

/** No name of a node has this sign, so that a key never is the path of a node. */
const SIGN = '×';

/** What stands for a run of blocks in a set of open paths, by the path of its first block. */
export function repeatKey(firstPath: string): string {
	return `${firstPath}${SIGN}`;
}

/** Whether it is the key of a run, not the path of a node. */
export function isRepeatKey(path: string): boolean {
	return path.endsWith(SIGN);
}

/** Siblings in their order, with runs of equal blocks taken together. */
export function findRuns(siblings: readonly Located[], shapes: ShapeMap): (Located | Run)[] {
	const found: (Located | Run)[] = [];
	let start = 0;
	while (start < siblings.length) {
		const run = runFrom(siblings, start, shapes);
		found.push(run ?? siblings[start]!);
		start += run?.members.length ?? 1;
	}
	return found;
}

function runFrom(siblings: readonly Located[], start: number, shapes: ShapeMap): Run | null {
	for (const period of [1, 2] as const) {
		let end = start;
		while (end < siblings.length) {
			const [block, model] = [siblings[end]!, siblings[end - period]];
			if (block.node.role !== 'block') break;
			if (end - start >= period && !(model && isSame(block, model, shapes))) break;
			end += 1;
		}
		const count = Math.floor((end - start) / period);
		if (count < MIN_COUNT[period]) continue;
		return { members: siblings.slice(start, start + count * period), period };
	}
	return null;
}

function isSame(a: Located, b: Located, shapes: ShapeMap): boolean {
	const [first, second] = [shapes.get(a.path), shapes.get(b.path)];
	return (
		first !== undefined &&
		second !== undefined &&
		sameShape(first.input, second.input) &&
		sameShape(first.output, second.output) &&
		sameStructure(a.node, b.node)
	);
}

function sameShape(a: Shape, b: Shape): boolean {
	return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/** Whether two modules compute the same from the same weights; their names do not count. */
export function sameStructure(a: ModuleNode, b: ModuleNode): boolean {
	if (a.role !== b.role) return false;
	if (a.kind === 'op') return b.kind === 'op' && sameOp(a.op, b.op);
	if (b.kind !== a.kind || a.children.length !== b.children.length) return false;
	if (a.kind === 'branches' && b.kind === 'branches' && a.join !== b.join) return false;
	return a.children.every((child, index) => sameStructure(child, b.children[index]!));
}

function sameOp(a: Op, b: Op): boolean {
	if (a.type !== b.type) return false;
	const attributes: Readonly<Record<string, unknown>> = { ...b };
	// Attributes are numbers, pairs of numbers, and yes or no.
	return Object.entries(a).every(([key, value]) => String(value) === String(attributes[key]));
}
