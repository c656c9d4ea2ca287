import type { Box, Cell, Layout, Part } from '../layout/types';
import { planLayers } from './lines';
import { earlier, type Matching } from './matching';
import { keepsShape } from './sizes';
import type { CellPlan, MorphPlan, PartPlan } from './types';

/**
 * What becomes what on the way from one drawing to another: worked out once, so that a moment of it
 * is only arithmetic. Every part, cell, line, split and join of both drawings is in it once.
 */
export function planMorph({
	before,
	after,
	matched
}: {
	readonly before: Layout;
	readonly after: Layout;
	/** After path -> before path, for all nodes that the two networks share. */
	readonly matched: Matching;
}): MorphPlan {
	const pairs = pairParts(before.parts, after.parts, matched);
	const paired = new Set(pairs.values());
	const removed = before.parts.filter((part) => !paired.has(part));
	return {
		// What goes lies lowest, what is new on top; whatever is inside a frame lies over it.
		parts: [
			...removed.map((part) => partPlan(`-${part.path}`, part, null)),
			...after.parts.flatMap((part) => {
				const old = pairs.get(part);
				if (old === undefined) return [partPlan(`+${part.path}`, null, part)];
				return sharedPlans(old, part, matched);
			})
		].sort(byDrawingOrder),
		layers: planLayers({ before, after, matched, pairs }),
		terminals: before.terminals.flatMap((terminal) => {
			const other = after.terminals.find(({ kind }) => kind === terminal.kind);
			return other === undefined ? [] : [{ before: terminal, after: other }];
		}),
		before,
		after
	};
}

/** After part -> before part. A part stands for several paths; the outermost that is matched counts. */
function pairParts(
	before: readonly Part[],
	after: readonly Part[],
	matched: Matching
): ReadonlyMap<Part, Part> {
	const byPath = new Map<string, Part>();
	for (const part of before) {
		for (const path of part.paths) if (!byPath.has(path)) byPath.set(path, part);
	}
	const free = new Set(before);
	const pairs = new Map<Part, Part>();
	for (const part of after) {
		for (const path of part.paths) {
			const old = earlier(byPath, path, matched);
			if (old === undefined || !free.delete(old)) continue;
			pairs.set(part, old);
			break;
		}
	}
	return pairs;
}

function partPlan(key: string, before: Part | null, after: Part | null): PartPlan {
	return { key, before, after, face: null, keepsShape: true, cells: null };
}

/** One plan where both ends look alike, two that fade into each other where they do not. */
function sharedPlans(before: Part, after: Part, matched: Matching): PartPlan[] {
	const shared = { before, after, keepsShape: keepsShape(before, after) };
	const key = `=${after.path}`;
	if (lookOf(before) !== lookOf(after)) {
		return (['before', 'after'] as const).map((face) => ({
			...shared,
			key: `${key}:${lookOf(face === 'before' ? before : after)}`,
			face,
			cells: null
		}));
	}
	const cells =
		before.kind === 'box' && after.kind === 'box' ? planCells(before, after, matched) : null;
	return [{ ...shared, key, face: null, cells }];
}

/** Frames, bars and other boxes are drawn in ways that do not glide into each other. */
function lookOf(part: Part): 'frame' | 'bar' | 'box' {
	if (part.kind === 'frame') return 'frame';
	return part.shape === 'bar' ? 'bar' : 'box';
}

function planCells(before: Box, after: Box, matched: Matching): CellPlan[] | null {
	const byPath = new Map(before.cells.map((cell) => [cell.path, cell]));
	const plans: CellPlan[] = [];
	const taken = new Set(after.cells.map(({ path }) => path));
	for (const cell of after.cells) {
		const old = earlier(byPath, cell.path, matched) ?? null;
		if (old) byPath.delete(old.path);
		plans.push({ path: cell.path, before: old, after: cell });
	}
	for (const cell of byPath.values()) {
		// Another cell may have its path now: each is an element of its own.
		const path = taken.has(cell.path) ? `${cell.path}:removed` : cell.path;
		plans.push({ path, before: cell, after: null });
	}
	const isSame = plans.every(
		({ before, after }) => before !== null && after !== null && isSameCell(before, after)
	);
	return isSame ? null : plans;
}

function isSameCell(a: Cell, b: Cell): boolean {
	return (
		a.path === b.path &&
		a.role === b.role &&
		a.hasSqueezeExcite === b.hasSqueezeExcite &&
		a.x === b.x &&
		a.y === b.y &&
		a.width === b.width &&
		a.height === b.height
	);
}

function byDrawingOrder(a: PartPlan, b: PartPlan): number {
	const [one, other] = [layerOf(a), layerOf(b)];
	return one === other ? 0 : one - other;
}

/** Frames before boxes, outer frames first. */
function layerOf({ before, after, face }: PartPlan): number {
	const part = (face === 'before' ? before : (after ?? before))!;
	return part.kind === 'frame' ? part.level : Infinity;
}
