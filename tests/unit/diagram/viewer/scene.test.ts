import { describe, expect, it } from 'vitest';
import { analyseDesign } from '$lib/arch/analysis';
import { compareNetworks } from '$lib/arch/comparison';
import { findNamedDesign } from '$lib/arch/named-designs';
import { ROADMAP } from '$lib/arch/roadmap';
import { uniteShapes, uniteTrees } from '$lib/arch/union-tree';
import { layoutDiagram } from '$lib/diagram/layout/layout';
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
const [zero, one, five, six] = [0, 1, 5, 6].map((step) => analyseDesign(ROADMAP[step]!.design)) as [
	typeof m23,
	typeof m23,
	typeof m23,
	typeof m23
];

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
	const network = { root: five.root, toOther: matching.toAfter };

	it('open the same depth, also what only one has', () => {
		const open = openAt(five.root, 'mixers');
		const previous = openAt(five.root, 'stages');
		const followed = followedOpen(network, { open, previous }, six.root, new Set());
		expect(followed).toEqual(openAt(six.root, 'mixers'));
	});

	it('open and close the same part, and leave the rest as it is', () => {
		const previous = openAt(five.root, 'blocks');
		const open = new Set(previous).add('stages.2.blocks.0');
		const other = new Set(['stages.2', 'stages.3']);
		const followed = followedOpen(network, { open, previous }, six.root, other);
		const path = matching.toAfter.get('stages.2.blocks.0')!;
		expect(followed).toEqual(new Set([...other, path]));
		expect(followedOpen(network, { open: previous, previous: open }, six.root, followed)).toEqual(
			other
		);
	});
});

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
		// Inside a closed part nothing is seen to move.
		const closed = layoutDiagram({
			root: united.root,
			shapes,
			open: openAt(united.root, 'blocks')
		});
		expect(moveArrows(closed, united.moves)).toEqual([]);
	});
});
