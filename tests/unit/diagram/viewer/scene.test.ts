import { describe, expect, it } from 'vitest';
import { analyseDesign } from '$lib/arch/analysis';
import { compareNetworks } from '$lib/arch/comparison';
import { findNamedDesign } from '$lib/arch/named-designs';
import { ROADMAP } from '$lib/arch/roadmap';
import { uniteShapes, uniteTrees } from '$lib/arch/union-tree';
import { runsIn } from '$lib/diagram/folded-runs';
import { layoutDiagram } from '$lib/diagram/layout/layout';
import type { Box } from '$lib/diagram/layout/types';
import { marksOfUnion } from '$lib/diagram/marks';
import { moveArrows } from '$lib/diagram/move-arrows';
import { listRows } from '$lib/diagram/viewer/list-rows';
import { hasMap, minimapPaths } from '$lib/diagram/viewer/minimap';
import { openAt } from '$lib/diagram/viewer/open-code';
import { shownOf } from '$lib/diagram/viewer/scene';
import { followedOpen } from '$lib/diagram/viewer/tied-views';
import { fitScale } from '$lib/diagram/viewer/zoom';

const m23 = analyseDesign(findNamedDesign('repvit-m2.3')!.design);
const large = layoutDiagram({ ...m23, open: openAt(m23.root, 'ops') });
const [zero, one, five, six, seven] = [0, 1, 5, 6, 7].map((step) =>
	analyseDesign(ROADMAP[step]!.design)
) as [typeof m23, typeof m23, typeof m23, typeof m23, typeof m23];

describe('what of a large network is drawn', () => {
	it('is what lies in the region, and the part that has the focus', () => {
		const region = { x: 0, y: 0, width: large.width, height: 1200 };
		const shown = shownOf(large, region, 1, 'head');
		expect(shown.parts.length).toBeLessThan(80);
		expect(shown.parts.every((part) => part.path === 'head' || part.y <= 1200)).toBe(true);
		expect(shown.parts.some(({ path }) => path === 'head')).toBe(true);
	});

	it('is nothing too small to see, once all of it is in view', () => {
		const all = { x: 0, y: 0, width: large.width, height: large.height };
		const far = shownOf(large, all, 0.04, null);
		expect(far.parts.length).toBeGreaterThan(4);
		expect(far.parts.length).toBeLessThan(large.parts.length * 0.7);
		expect(far.splits).toEqual([]);
		for (const part of far.parts) {
			expect(Math.min(part.left + part.right, part.height) * 0.04).toBeGreaterThanOrEqual(2);
		}
	});

	it('is all of it where there is little', () => {
		const small = layoutDiagram({ ...zero });
		expect(shownOf(small, { x: 0, y: 0, width: 1, height: 1 }, 1, null)).toBe(small);
	});

	it('stands on a map of few paths', () => {
		const paths = minimapPaths(large);
		expect(paths.length).toBeLessThanOrEqual(9);
		const boxes = paths.flatMap(({ d }) => d.match(/M/g) ?? []);
		expect(boxes).toHaveLength(large.boxes.length);
	});

	it('has a map where much is out of view, and where all is in view but too small to read', () => {
		const view = { width: 700, height: 600 };
		expect(hasMap(large, view, 1)).toBe(true);
		expect(hasMap(large, view, fitScale(large, view))).toBe(true);
		const small = layoutDiagram({ ...zero });
		expect(fitScale(small, view)).toBeGreaterThan(0.5);
		expect(hasMap(small, view, fitScale(small, view))).toBe(false);
		// No room beside the drawing, and no window yet.
		expect(hasMap(large, { width: large.width, height: 600 }, 1)).toBe(false);
		expect(hasMap(large, { width: 0, height: 0 }, 1)).toBe(false);
	});
});

describe('a drawing as a list', () => {
	it('has every part in order, and each join behind what it joins', () => {
		const layout = layoutDiagram({ ...one, open: openAt(one.root, 'ops') });
		const rows = listRows(layout);
		const parts = rows.flatMap((row) => (row.kind === 'part' ? [row.part] : []));
		expect(parts).toEqual(layout.parts);
		const joins = rows.flatMap((row, index) => (row.kind === 'join' ? [{ ...row, index }] : []));
		expect(joins.length).toBeGreaterThan(10);
		for (const { path, index } of joins) {
			const behind = rows.slice(index + 1);
			expect(
				behind.every((row) => row.kind === 'join' || !row.part.path.startsWith(`${path}.`))
			).toBe(true);
		}
	});
});

describe('two views that are tied', () => {
	const { matching } = compareNetworks(five, six);
	const network = { ...five, toOther: matching.toAfter };

	it('open the same depth, also what only one has', () => {
		const open = openAt(five.root, 'mixers');
		const previous = openAt(five.root, 'stages');
		const followed = followedOpen(network, { open, previous }, six, new Set());
		expect(followed).toEqual(openAt(six.root, 'mixers'));
	});

	it('open and close the same part, and leave the rest as it is', () => {
		const previous = openAt(five.root, 'blocks');
		const open = new Set(previous).add('stages.2.blocks.0');
		const other = new Set(['stages.2', 'stages.3']);
		const followed = followedOpen(network, { open, previous }, six, other);
		const path = matching.toAfter.get('stages.2.blocks.0')!;
		expect(followed).toEqual(new Set([...other, path]));
		expect(followedOpen(network, { open: previous, previous: open }, six, followed)).toEqual(other);
	});

	it.each([
		['step 7', seven, true],
		['M2.3', m23, false]
	] as const)('unfold and fold runs beside those of %s', (_, later, isAlike) => {
		const { matching } = compareNetworks(six, later);
		const [runs, laterRuns] = [runsIn(six), runsIn(later)];
		expect(String([...runs.keys()]) === String([...laterRuns.keys()])).toBe(isAlike);
		const [blocks, others] = [openAt(six.root, 'blocks'), openAt(later.root, 'blocks')];
		const network = { ...six, toOther: matching.toAfter };
		for (const [key, members] of runs) {
			const change = { open: new Set(blocks).add(key), previous: blocks };
			const followed = followedOpen(network, change, later, others);
			const matched = members.map((path) => matching.toAfter.get(path));
			for (const [other, otherMembers] of laterRuns) {
				const isShared = otherMembers.some((path) => matched.includes(path));
				expect(followed.has(other), `${key} and ${other}`).toBe(isShared);
			}
			const back = { open: change.previous, previous: change.open };
			expect(followedOpen(network, back, later, followed)).toEqual(others);
		}
	});
});

type Corner = readonly [x: number, y: number];

/** The points of an arrow up to its head. */
function cornersOf(d: string): Corner[] {
	const [, line = ''] = d.split('M');
	return [...line.matchAll(/([\d.-]+) ([\d.-]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
}

/** Whether a line of level and upright pieces goes through a box; to touch its edge is not to. */
function isCrossed(box: Box, corners: readonly Corner[]): boolean {
	return corners.slice(1).some(([x, y], index) => {
		const [fromX, fromY] = corners[index]!;
		return (
			Math.min(x, fromX) < box.x + box.right - 0.5 &&
			Math.max(x, fromX) > box.x - box.left + 0.5 &&
			Math.min(y, fromY) < box.y + box.height - 0.5 &&
			Math.max(y, fromY) > box.y + 0.5
		);
	});
}

describe('an overlay', () => {
	const { matching } = compareNetworks(zero, one);
	const united = uniteTrees(zero.root, one.root, matching);
	const shapes = uniteShapes(united, { before: zero.shapes, after: one.shapes });

	it('marks what moved at both places, and leads from one to the other', () => {
		const marks = marksOfUnion(united);
		const kinds = new Set(marks.values());
		expect(kinds.has('moved') && kinds.has('moved-from')).toBe(true);
		const open = openAt(united.root, 'ops');
		const layout = layoutDiagram({ root: united.root, shapes, open });
		const arrows = moveArrows(layout, united.moves);
		expect(arrows).toHaveLength(united.moves.length);
		expect(arrows.every(({ d }) => !d.includes('NaN'))).toBe(true);
		for (const { d } of arrows) {
			const corners = cornersOf(d);
			const within = corners.every(([x]) => x > 0 && x < layout.width);
			expect(within, d).toBe(true);
			expect(layout.boxes.filter((box) => isCrossed(box, corners)).map(({ path }) => path)).toEqual(
				[]
			);
		}
		// Inside a closed part nothing is seen to move.
		const closed = layoutDiagram({
			root: united.root,
			shapes,
			open: openAt(united.root, 'blocks')
		});
		expect(moveArrows(closed, united.moves)).toEqual([]);
	});

	it.each(['down', 'right'] as const)(
		'leads from the closed part that holds the old place, %s',
		(direction) => {
			const layout = layoutDiagram({
				root: united.root,
				shapes,
				open: openAt(united.root, 'mixers'),
				direction
			});
			const arrows = moveArrows(layout, united.moves);
			const block = 'stages.0.blocks.0';
			expect(arrows.map(({ id }) => id)).toContain(`${block}.channel_mixer>${block}.token_mixer`);
			expect(new Set(arrows.map(({ id }) => id)).size).toBe(arrows.length);
			expect(arrows.length).toBeGreaterThanOrEqual(13);
		}
	);
});
