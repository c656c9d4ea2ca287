import { describe, expect, it } from 'vitest';
import { analyseDesign } from '$lib/arch/analysis';
import { ROADMAP } from '$lib/arch/roadmap';
import { layoutDiagram } from '$lib/diagram/layout/layout';
import { openAt } from '$lib/diagram/viewer/open-code';
import { anchorsBetween, placeBeside } from '$lib/diagram/viewer/tie';

const [five, six] = [5, 6].map((step) => {
	const { root, shapes } = analyseDesign(ROADMAP[step]!.design);
	return layoutDiagram({ root, shapes, open: openAt(root, 'blocks') });
}) as [ReturnType<typeof layoutDiagram>, ReturnType<typeof layoutDiagram>];
const samePaths = new Map(five.parts.map(({ path }) => [path, path]));
const top = (layout: typeof five, path: string) =>
	layout.parts.find((part) => part.path === path)!.y;

describe('two drawings that scroll together', () => {
	const anchors = anchorsBetween(five, six, samePaths, 'y');

	it('have the parts that both have beside each other', () => {
		for (const path of ['stem', 'stages.2', 'stages.2.blocks.4', 'stages.3', 'head']) {
			expect(placeBeside(anchors, top(five, path))).toBeCloseTo(top(six, path), 6);
		}
	});

	it('pass what only one has at a steady pace, never backward', () => {
		let last = -Infinity;
		for (let place = -50; place < five.height + 50; place += 3) {
			const beside = placeBeside(anchors, place);
			expect(beside).toBeGreaterThan(last);
			last = beside;
		}
	});

	it('end together, and lead back to where they came from', () => {
		expect(placeBeside(anchors, five.height)).toBeCloseTo(six.height, 6);
		const back = anchorsBetween(
			six,
			five,
			new Map([...samePaths].map(([from, to]) => [to, from])),
			'y'
		);
		for (const place of [0, 17, 300, 900, five.height]) {
			expect(placeBeside(back, placeBeside(anchors, place))).toBeCloseTo(place, 6);
		}
	});

	it('leave out what has moved against the order', () => {
		const crossed = new Map(samePaths).set('stages.0', 'stages.3').set('stages.3', 'stages.0');
		const pairs = anchorsBetween(five, six, crossed, 'y');
		pairs.slice(1).forEach(([from, to], index) => {
			expect(from).toBeGreaterThan(pairs[index]![0]);
			expect(to).toBeGreaterThan(pairs[index]![1]);
		});
	});
});
