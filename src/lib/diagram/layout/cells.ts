import type { Role } from '../../arch/module';
import type { Metrics } from './metrics';
import type { Cell } from './types';
import { blockFacts, parallelBranches, visibleChildren, type Located } from './visible';

export const NO_CELLS = { cells: [], height: 0 };

/** One square for each block of a stage, mixer of a block, or branch of a mixer, in rows that fit. */
export function cellsOf(
	located: Located,
	width: number,
	top: number,
	metrics: Metrics
): { cells: Cell[]; height: number } {
	if (located.role === 'block') {
		const mixers = visibleChildren(located).filter(({ node }) => MIXER_ROLES.has(node.role));
		return { cells: cornerCells(mixers, width, top, metrics), height: 0 };
	}
	if (located.role !== 'stage') {
		return { cells: cornerCells(parallelBranches(located), width, top, metrics), height: 0 };
	}
	const { cellGap, cellInset } = metrics;
	const room = width - 2 * cellInset;
	const pitch = sideOfCell(3, metrics);
	const blocks = visibleChildren(located).map((child) => ({ child, ...blockFacts(child.node) }));
	const rowHeight = Math.max(...blocks.map(({ kernel }) => sideOfCell(kernel, metrics)));
	const cells: Cell[] = [];
	let [x, y] = [0, 0];
	for (const { child, hasSqueezeExcite, kernel } of blocks) {
		const side = sideOfCell(kernel, metrics);
		if (x > 0 && x + pitch > room) [x, y] = [0, y + rowHeight + cellGap];
		cells.push({
			path: child.path,
			role: child.role ?? 'block',
			hasSqueezeExcite,
			kernel,
			x: x - room / 2,
			y: y + top + (rowHeight - side),
			width: pitch,
			height: side
		});
		x += pitch + cellGap;
	}
	return { cells, height: cells.length === 0 ? 0 : y + rowHeight + cellInset };
}

/** A cell is as tall as its kernel is wide. */
function sideOfCell(kernel: number, { cellBase, cellPerKernel }: Metrics): number {
	return cellBase + cellPerKernel * Math.min(7, kernel);
}

const MIXER_ROLES: ReadonlySet<Role | undefined> = new Set([
	'token-mixer',
	'channel-mixer',
	'squeeze-excite'
]);

/** Mixers or branches in their order, as a row in the upper right corner of what holds them. */
function cornerCells(
	parts: readonly Located[],
	width: number,
	end: number,
	metrics: Metrics
): Cell[] {
	const { cellGap, mixerInset } = metrics;
	const pitch = sideOfCell(3, metrics);
	const start = width / 2 - mixerInset - parts.length * (pitch + cellGap);
	return parts.map((child, index) => {
		const { kernel } = blockFacts(child.node);
		const side = sideOfCell(kernel, metrics);
		return {
			path: child.path,
			role: child.role ?? 'block',
			hasSqueezeExcite: child.role === 'squeeze-excite',
			kernel,
			x: start + index * (pitch + cellGap),
			y: end - metrics.groupHeight / 2 - metrics.mixerRise - side / 2,
			width: pitch,
			height: side
		};
	});
}
