import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { around, contains, overlaps } from '$lib/charts/geometry';
import { placeLabels } from '$lib/charts/labels';
import {
	accuracyDomain,
	layoutPanel,
	regimesOf,
	type PanelLayout
} from '$lib/charts/latency-accuracy';
import { MARK_RADIUS } from '$lib/charts/panel-parts';
import { panelSizes } from '$lib/charts/plot-panels';
import type { PlotPoint, Truth } from '$lib/charts/types';
import { estimate, familyPoints, ownPoints, roadmapPoints } from './sample-data';

function layout(points: readonly PlotPoint[], truth: Truth, width: number, numbersOnly = false) {
	return layoutPanel({
		points,
		truth,
		width,
		height: 360,
		accuracyDomain: accuracyDomain(points),
		regimes: regimesOf(points),
		numbersOnly
	});
}

function expectNoCollisions({ labels, marks, width }: PanelLayout): void {
	labels.forEach((label, index) => {
		expect(label.box.x).toBeGreaterThanOrEqual(0);
		expect(label.box.x + label.box.width).toBeLessThanOrEqual(width);
		for (const other of labels.slice(index + 1)) {
			expect(overlaps(label.box, other.box), `${label.text} over ${other.text}`).toBe(false);
		}
		for (const mark of marks) {
			const square = around(mark, MARK_RADIUS);
			expect(overlaps(label.box, square), `${label.text} over mark ${mark.id}`).toBe(false);
		}
	});
}

const widths = [320, 358, 430, 560, 640, 768, 960, 1200];

describe('labels of the nine steps and the six family members', () => {
	for (const width of widths) {
		it.each([
			['roadmap, measured', roadmapPoints(), 'measured'],
			['roadmap, reported', roadmapPoints(), 'reported'],
			['family, measured', familyPoints(), 'measured'],
			['family, reported', familyPoints(), 'reported']
		] as const)(`stand apart and are all there at ${width} px: %s`, (_, points, truth) => {
			const panel = layout(points, truth, width);
			expectNoCollisions(panel);
			expect(panel.labels).toHaveLength(points.length);
		});
	}

	it('cope with steps 6 and 7 on the same spot', () => {
		const points = roadmapPoints().map((point) =>
			point.id === 'step7'
				? { ...point, measured: { ...point.measured!, medianMs: estimate(76.1, 0.012) } }
				: point
		);
		const panel = layout(points, 'measured', 358);
		expectNoCollisions(panel);
		expect(panel.labels).toHaveLength(9);
	});

	it('fall back to step numbers where names would have to go far away', () => {
		const points = [...roadmapPoints(), ...familyPoints()];
		expect(layout(points, 'measured', 320).numbersOnly).toBe(true);
		expect(layout(roadmapPoints(), 'measured', 640).numbersOnly).toBe(false);
	});

	it('are placed the same way every time', () => {
		expect(layout(roadmapPoints(), 'measured', 500)).toEqual(
			layout(roadmapPoints(), 'measured', 500)
		);
	});
});

describe('placeLabels', () => {
	it('never writes over anything, wherever the marks are', () => {
		const bounds = { x: 0, y: 0, width: 300, height: 200 };
		const mark = fc.record({
			x: fc.integer({ min: 0, max: 300 }),
			y: fc.integer({ min: 0, max: 200 }),
			text: fc.constantFrom('M0.9', 'Step 3', '7', '分離')
		});
		fc.assert(
			fc.property(fc.array(mark, { maxLength: 24 }), (raw) => {
				const marks = raw.map((entry, index) => ({ ...entry, id: String(index), radius: 5 }));
				const labels = placeLabels({ marks, bounds, fontSizePx: 13 });
				labels.forEach((label, index) => {
					expect(contains(bounds, label.box)).toBe(true);
					for (const other of labels.slice(index + 1)) {
						expect(overlaps(label.box, other.box)).toBe(false);
					}
					for (const other of marks) expect(overlaps(label.box, around(other, 5))).toBe(false);
				});
			})
		);
	});
});

describe('a label beyond a wide whisker', () => {
	const bounds = { x: 0, y: 0, width: 400, height: 200 };
	const wide = { id: 'a', text: '1', x: 200, y: 100, radius: 5, reachX: 90 };

	it('goes above its mark instead', () => {
		const [label] = placeLabels({ marks: [wide], bounds, fontSizePx: 13 });
		expect(label).toMatchObject({ anchor: 'middle', leader: null });
	});

	it('is tied to it by a leader where it has to stand there', () => {
		const flat = { ...bounds, y: 90, height: 20 };
		const [label] = placeLabels({ marks: [wide], bounds: flat, fontSizePx: 13 });
		expect(label!.x - wide.x).toBeGreaterThan(20);
		expect(label!.leader).toEqual({ from: { x: 206, y: 100 }, to: { x: label!.x - 2, y: 100 } });
	});

	it('has a leader in the lane too', () => {
		const points = ownPoints(2).map((point) => ({
			...point,
			measured: { ...point.measured!, medianMs: estimate(60, 0.4) }
		}));
		const { labels } = layout(points, 'measured', 600);
		expect(labels.every(({ leader }) => leader !== null)).toBe(true);
	});
});

describe('the lane of designs without a reported accuracy', () => {
	it.each(widths)('keeps marks and labels apart at %d px', (width) => {
		const points = [...roadmapPoints(), ...ownPoints(8)];
		const panel = layout(points, 'measured', width);
		expectNoCollisions(panel);
		const lane = panel.lane!;
		const own = panel.marks.filter(({ inLane }) => inLane);
		expect(own).toHaveLength(8);
		for (const mark of own) {
			expect(contains(lane, around(mark, MARK_RADIUS))).toBe(true);
			expect(panel.labels.some(({ id }) => id === mark.id)).toBe(true);
		}
		own.forEach((mark, index) => {
			for (const other of own.slice(index + 1)) {
				expect(overlaps(around(mark, MARK_RADIUS), around(other, MARK_RADIUS))).toBe(false);
			}
		});
	});

	it('is not there when every design has a figure', () => {
		expect(layout(roadmapPoints(), 'measured', 600).lane).toBeNull();
	});

	it('is all there is when none has one', () => {
		const panel = layout(ownPoints(2), 'measured', 600);
		expect(panel.plot.height).toBe(0);
		expect(panel.yTicks).toEqual([]);
		expect(panel.lane).not.toBeNull();
	});

	it('never gives a design without accuracy a place on the accuracy axis', () => {
		const panel = layout([...familyPoints(), ...ownPoints(1)], 'measured', 600);
		const mark = panel.marks.find(({ id }) => id === 'own0')!;
		expect(mark.y).toBeGreaterThan(panel.plot.y + panel.plot.height);
	});
});

describe('the way of the roadmap', () => {
	it('joins the nine steps in order', () => {
		const { path, marks } = layout(roadmapPoints(), 'measured', 600);
		expect(path).toHaveLength(8);
		path.forEach((piece, index) => {
			expect(piece.from).toMatchObject({ x: marks[index]!.x, y: marks[index]!.y });
			expect(piece.to).toMatchObject({ x: marks[index + 1]!.x, y: marks[index + 1]!.y });
		});
	});

	it('leaves a gap where a step was not measured', () => {
		const points = roadmapPoints().map((point) =>
			point.step === 4 ? { ...point, measured: null } : point
		);
		expect(layout(points, 'measured', 600).path).toHaveLength(6);
		expect(layout(points, 'reported', 600).path).toHaveLength(8);
	});

	it('points its arrows forwards', () => {
		for (const { from, to, arrow } of layout(roadmapPoints(), 'reported', 900).path) {
			if (!arrow) continue;
			const direction = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
			expect(arrow.degrees).toBeCloseTo(direction);
		}
	});
});

describe('what each panel shows', () => {
	it('draws whiskers for measured latency only', () => {
		expect(layout(roadmapPoints(), 'measured', 600).marks.every(({ whisker }) => whisker)).toBe(
			true
		);
		expect(layout(roadmapPoints(), 'reported', 600).marks.some(({ whisker }) => whisker)).toBe(
			false
		);
	});

	it('gives every training regime its own mark', () => {
		const points = [...roadmapPoints(), ...familyPoints()];
		const marks = layout(points, 'measured', 900).marks;
		expect(marks.find(({ id }) => id === 'step8')?.regime).toBe(0);
		expect(marks.find(({ id }) => id === 'M0.9')?.regime).toBe(1);
	});

	it('splits the width, invites to measure, and stacks on a phone', () => {
		const sizes = (points: readonly PlotPoint[], width: number, compact = false) =>
			panelSizes({ points, width, compact });
		const wide = sizes(roadmapPoints(), 1100);
		expect(wide.map(({ truth }) => truth)).toEqual(['measured', 'reported']);
		expect(wide[0]!.width + wide[1]!.width).toBeLessThanOrEqual(1100);
		expect(sizes(roadmapPoints({ measured: false }), 1100)[0]?.empty).toBe(true);
		expect(sizes(roadmapPoints(), 358).every(({ width }) => width === 358)).toBe(true);
		expect(sizes(ownPoints(2), 1100).map(({ truth }) => truth)).toEqual(['measured']);
		expect(sizes(roadmapPoints(), 400, true).map(({ truth }) => truth)).toEqual(['reported']);
	});
});
