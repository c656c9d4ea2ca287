import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseDesign } from '$lib/arch/analysis';
import { ROADMAP } from '$lib/arch/roadmap';
import { detailAt } from '$lib/diagram/layout/detail';
import { layoutDiagram } from '$lib/diagram/layout/layout';
import { defaultOpen } from '$lib/diagram/layout/visible';
import { partsWithin, rectOf } from '$lib/diagram/layout/within';

const { root, shapes } = analyseDesign(ROADMAP[8]!.design);
const LAYOUTS = (['down', 'right'] as const).map((direction) =>
	layoutDiagram({ root, shapes, direction, open: defaultOpen(root, Infinity) })
);

describe('what is within a rectangle', () => {
	it.each(LAYOUTS)('is everything for the whole sheet ($direction)', (layout) => {
		const sheet = { left: 0, top: 0, right: layout.width, bottom: layout.height };
		expect(partsWithin(layout, sheet)).toEqual(layout);
	});

	it('is nothing beside the sheet', () => {
		const layout = partsWithin(LAYOUTS[0]!, { left: -90, top: 0, right: -10, bottom: 900 });
		expect([layout.parts, layout.edges, layout.arcs, layout.joins, layout.splits].flat()).toEqual(
			[]
		);
	});

	it.each(LAYOUTS)('is just what meets it ($direction)', (layout) => {
		const x = fc.double({ min: 0, max: layout.width, noNaN: true });
		const y = fc.double({ min: 0, max: layout.height, noNaN: true });
		fc.assert(
			fc.property(x, x, y, y, (x1, x2, y1, y2) => {
				const [left, right] = [Math.min(x1, x2), Math.max(x1, x2)];
				const [top, bottom] = [Math.min(y1, y2), Math.max(y1, y2)];
				const seen = partsWithin(layout, { left, top, right, bottom });
				const paths = new Set(seen.parts.map(({ path }) => path));
				for (const part of layout.parts) {
					const rect = rectOf(part);
					const isApart =
						rect.right < left || rect.left > right || rect.bottom < top || rect.top > bottom;
					expect(paths.has(part.path)).toBe(!isApart);
				}
				expect(seen.boxes.length + seen.frames.length).toBe(seen.parts.length);
			}),
			{ numRuns: 30 }
		);
	});

	it.each(LAYOUTS)('knows what each line covers ($direction)', ({ edges, arcs }) => {
		for (const { d, bounds } of [...edges, ...arcs]) {
			const numbers = d.match(/-?\d+(\.\d+)?/g)!.map(Number);
			const xs = numbers.filter((_, index) => index % 2 === 0);
			const ys = numbers.filter((_, index) => index % 2 === 1);
			expect(Math.min(...xs)).toBeCloseTo(bounds.left, 1);
			expect(Math.max(...xs)).toBeCloseTo(bounds.right, 1);
			expect(Math.min(...ys)).toBeCloseTo(bounds.top, 1);
			expect(Math.max(...ys)).toBeCloseTo(bounds.bottom, 1);
		}
	});
});

describe('detail', () => {
	it('leaves out texts that would be too small to read', () => {
		expect([2, 1, 0.6, 0.58, 0.45, 0.43, 0.05].map(detailAt)).toEqual([
			'full',
			'full',
			'full',
			'names',
			'names',
			'shapes',
			'shapes'
		]);
	});
});
