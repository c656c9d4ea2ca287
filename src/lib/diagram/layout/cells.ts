import type { Role } from '../../arch/module';
import type { Metrics } from './metrics';
import type { Cell, CellFacts } from './types';
import { blockFacts, parallelBranches, visibleChildren, type Located } from './visible';

/** What the cells of a closed part stand for: blocks of a stage, mixers of a block, branches of a mixer. */
export function cellFactsOf(located: Located): CellFacts[] {
	switch (located.role) {
		case 'stage':
			return visibleChildren(located).map(factsOf);
		case 'block':
			return visibleChildren(located)
				.filter(({ node }) => MIXER_ROLES.has(node.role))
				.map(factsOf);
		default:
			return parallelBranches(located).map(factsOf);
	}
}

export function factsOf({ node, path, role }: Located): CellFacts {
	const { hasSqueezeExcite, kernel } = blockFacts(node);
	return {
		path,
		role: role ?? 'block',
		hasSqueezeExcite: hasSqueezeExcite || role === 'squeeze-excite',
		kernel
	};
}

const MIXER_ROLES: ReadonlySet<Role | undefined> = new Set([
	'token-mixer',
	'channel-mixer',
	'squeeze-excite'
]);

/** A cell is as tall as its kernel is wide. */
function sideOfCell(kernel: number, { cellBase, cellPerKernel }: Metrics): number {
	return cellBase + cellPerKernel * Math.min(7, kernel);
}

function rowHeightOf(facts: readonly CellFacts[], metrics: Metrics): number {
	return Math.max(...facts.map(({ kernel }) => sideOfCell(kernel, metrics)));
}

/** Width of that many cells in one row. */
export function rowWidth(count: number, metrics: Metrics): number {
	return count * (sideOfCell(3, metrics) + metrics.cellGap) - metrics.cellGap;
}

/** Width of a row, so that all rows fit under texts in a part of this height; at least `room`. */
export function stripWidth(
	facts: readonly CellFacts[],
	{ room, height }: { readonly room: number; readonly height: number },
	metrics: Metrics
): number {
	const { cellGap, cellInset, stageHeight } = metrics;
	const free = height - stageHeight - cellInset + cellGap;
	const rows = Math.max(1, Math.floor(free / (rowHeightOf(facts, metrics) + cellGap)));
	return Math.max(room, rowWidth(Math.ceil(facts.length / rows), metrics));
}

/** One square for each block, in rows that fit in `room`; from (0, 0), with the inset below them. */
export function strip(
	facts: readonly CellFacts[],
	room: number,
	metrics: Metrics
): { cells: Cell[]; height: number } {
	if (facts.length === 0) return { cells: [], height: 0 };
	const { cellGap, cellInset } = metrics;
	const pitch = sideOfCell(3, metrics);
	const rowHeight = rowHeightOf(facts, metrics);
	let [x, y] = [0, 0];
	const cells = facts.map((cell) => {
		const side = sideOfCell(cell.kernel, metrics);
		if (x > 0 && x + pitch > room) [x, y] = [0, y + rowHeight + cellGap];
		const placed = { ...cell, x, y: y + rowHeight - side, width: pitch, height: side };
		x += pitch + cellGap;
		return placed;
	});
	return { cells, height: y + rowHeight + cellInset };
}

/** Cells in one row, in the upper right corner of a part whose right edge and text's middle these are. */
export function cornerRow(
	facts: readonly CellFacts[],
	right: number,
	middle: number,
	metrics: Metrics
): Cell[] {
	const { cellGap, mixerInset, mixerRise } = metrics;
	const pitch = sideOfCell(3, metrics);
	const start = right - mixerInset - facts.length * (pitch + cellGap);
	return facts.map((cell, index) => {
		const side = sideOfCell(cell.kernel, metrics);
		return {
			...cell,
			x: start + index * (pitch + cellGap),
			y: middle - mixerRise - side / 2,
			width: pitch,
			height: side
		};
	});
}

/** The same cells elsewhere. */
export function moved(cells: readonly Cell[], dx: number, dy: number): Cell[] {
	return cells.map((cell) => ({ ...cell, x: cell.x + dx, y: cell.y + dy }));
}
