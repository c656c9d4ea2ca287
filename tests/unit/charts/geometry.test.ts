import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crosses, holds, nearest, overlaps, placeCard } from '$lib/charts/geometry';

const box = { x: 10, y: 10, width: 20, height: 10 };

describe('crosses', () => {
	it.each([
		['through', { x: 0, y: 15 }, { x: 50, y: 15 }, true],
		['inside', { x: 12, y: 12 }, { x: 14, y: 14 }, true],
		['ending before', { x: 0, y: 15 }, { x: 9, y: 15 }, false],
		['beside, parallel', { x: 0, y: 25 }, { x: 50, y: 25 }, false],
		['past a corner', { x: 0, y: 12 }, { x: 12, y: 0 }, false],
		['over a corner', { x: 5, y: 18 }, { x: 18, y: 5 }, true]
	])('a line %s', (_, from, to, expected) => {
		expect(crosses({ from, to }, box)).toBe(expected);
		expect(crosses({ from: to, to: from }, box)).toBe(expected);
	});
});

describe('overlaps', () => {
	it('does not count touching edges', () => {
		expect(overlaps(box, { ...box, x: 30 })).toBe(false);
		expect(overlaps(box, { ...box, x: 29 })).toBe(true);
	});
});

describe('nearest', () => {
	const points = [
		{ id: 'a', x: 0, y: 0 },
		{ id: 'b', x: 10, y: 0 }
	];

	it('finds the nearest within reach', () => {
		expect(nearest(points, { x: 7, y: 1 }, 20)?.id).toBe('b');
		expect(nearest(points, { x: 100, y: 0 }, 20)).toBeNull();
	});
});

describe('placeCard', () => {
	it('never covers its anchor', () => {
		const coordinate = fc.integer({ min: 0, max: 400 });
		fc.assert(
			fc.property(
				coordinate,
				coordinate,
				fc.integer({ min: 80, max: 380 }),
				fc.integer({ min: 40, max: 300 }),
				(x, y, width, height) => {
					const anchor = { x, y };
					const at = placeCard({
						anchor,
						card: { width, height },
						bounds: { x: 0, y: -40, width: 400, height: 760 },
						keepVisible: [anchor],
						gap: 16
					});
					expect(holds({ ...at, width, height }, anchor)).toBe(false);
				}
			)
		);
	});

	it('keeps other points in view where it can', () => {
		const anchor = { x: 100, y: 100 };
		const at = placeCard({
			anchor,
			card: { width: 80, height: 60 },
			bounds: { x: 0, y: 0, width: 400, height: 400 },
			keepVisible: [anchor, { x: 150, y: 100 }],
			gap: 16
		});
		expect(at.x + 80).toBeLessThanOrEqual(100);
	});
});
