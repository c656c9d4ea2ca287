import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	contains,
	fitScale,
	intersection,
	readingScale,
	revealShift,
	scrollTo,
	seenRect,
	SCALE_LIMITS,
	withSurroundings
} from '$lib/diagram/viewer/zoom';

const length = fc.integer({ min: 20, max: 20_000 });
const size = fc.record({ width: length, height: length });
const scale = fc.double({ min: SCALE_LIMITS.min, max: SCALE_LIMITS.max, noNaN: true });

describe('zoom', () => {
	it('fits all of a drawing, and never enlarges it', () => {
		fc.assert(
			fc.property(size, size, (drawing, view) => {
				const fitted = fitScale(drawing, view);
				expect(fitted).toBeLessThanOrEqual(1);
				if (fitted > SCALE_LIMITS.min) {
					expect(drawing.width * fitted).toBeLessThanOrEqual(view.width + 1e-6);
					expect(drawing.height * fitted).toBeLessThanOrEqual(view.height + 1e-6);
				}
			})
		);
		expect(fitScale({ width: 0, height: 0 }, { width: 10, height: 10 })).toBe(1);
	});

	it('keeps texts readable where the width alone would make them too small', () => {
		expect(readingScale({ width: 340, height: 9000 }, { width: 600, height: 500 })).toBe(1);
		expect(readingScale({ width: 900, height: 9000 }, { width: 300, height: 500 })).toBe(11 / 12);
	});

	it('keeps the point under the pointer in its place', () => {
		fc.assert(
			fc.property(
				size,
				size,
				scale,
				scale,
				fc.record({ x: fc.nat(500), y: fc.nat(500) }),
				(drawing, view, from, to, at) => {
					const seen = seenRect(drawing, view, { left: 37, top: 91 }, from);
					const point = { x: seen.x + at.x / from, y: seen.y + at.y / from };
					const scroll = scrollTo(point, at, { drawing, view, scale: to });
					const after = seenRect(drawing, view, scroll, to);
					expect(after.x + at.x / to).toBeCloseTo(point.x, 4);
					expect(after.y + at.y / to).toBeCloseTo(point.y, 4);
				}
			)
		);
	});

	it('moves the view just as far as it takes to show a part', () => {
		const view = { start: 100, length: 200 };
		expect(revealShift({ start: 150, length: 20 }, view, 10)).toBe(0);
		expect(revealShift({ start: 90, length: 20 }, view, 10)).toBe(-20);
		expect(revealShift({ start: 295, length: 20 }, view, 10)).toBe(25);
		// Longer than the view: its start is what is shown.
		expect(revealShift({ start: 50, length: 500 }, view, 10)).toBe(-50);
	});

	it('knows what is inside and what is shared', () => {
		const rect = { x: 10, y: 10, width: 20, height: 30 };
		expect(contains(withSurroundings(rect, 0.5), rect)).toBe(true);
		expect(contains(rect, withSurroundings(rect, 0.5))).toBe(false);
		expect(intersection(rect, { x: 20, y: 0, width: 100, height: 15 })).toEqual({
			x: 20,
			y: 10,
			width: 10,
			height: 5
		});
		expect(intersection(rect, { x: 40, y: 0, width: 5, height: 5 })).toBeNull();
	});
});
