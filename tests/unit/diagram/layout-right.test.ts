import { describe, expect, it } from 'vitest';
import { analyseDesign } from '$lib/arch/analysis';
import { FAMILY } from '$lib/arch/family';
import { ROADMAP } from '$lib/arch/roadmap';
import { inferShapes } from '$lib/arch/shapes';
import { layoutDiagram } from '$lib/diagram/layout/layout';
import { GLYPH_METRICS, TEXT_METRICS } from '$lib/diagram/layout/metrics';
import { defaultOpen, openBelow } from '$lib/diagram/layout/visible';
import { rectOf } from '$lib/diagram/layout/within';
import { textSizeOf } from '$lib/diagram/part-texts';
import { expectSound } from './sound';
import { parallelTree, printLayout, smallTrainingTree, smallTree } from './trees';

const direction = 'right';
const DESIGNS = [
	...ROADMAP.map(({ step, design }) => ({ name: `step ${step}`, design })),
	...FAMILY.map(({ name, design }) => ({ name, design }))
];
const NETWORKS = DESIGNS.flatMap(({ name, design }) => [
	{ name, ...analyseDesign(design) },
	{ name: `${name} in training`, ...analyseDesign({ ...design, form: 'training', heads: 2 }) }
]);
const M09 = analyseDesign(ROADMAP[8]!.design);

describe.each(NETWORKS)('layout to the right of $name', ({ root, shapes }) => {
	it.each([0, 1, 2, Infinity])('keeps parts apart and in order, opened to depth %d', (depth) => {
		const open = defaultOpen(root, depth);
		for (const metrics of [undefined, GLYPH_METRICS]) {
			expectSound(layoutDiagram({ root, shapes, open, direction, metrics, textSize: textSizeOf }));
		}
	});

	it('has the parts, joins and lines of the one that flows down', () => {
		const open = defaultOpen(root, Infinity);
		const [down, right] = [
			layoutDiagram({ root, shapes, open }),
			layoutDiagram({ root, shapes, open, direction })
		];
		expect(right.parts.map(({ path }) => path)).toEqual(down.parts.map(({ path }) => path));
		expect(right.joins.map(({ path }) => path)).toEqual(down.joins.map(({ path }) => path));
		// A bar's name makes it longer than it is drawn: two short lines lead over that.
		const own = right.edges.filter(({ id }) => !/:(to|from)$/.test(id));
		expect(own.map(({ id }) => id)).toEqual(down.edges.map(({ id }) => id));
	});

	it('has room for the texts in every box, and for cells', () => {
		for (const depth of [0, 1, 2, Infinity]) {
			const open = defaultOpen(root, depth);
			const layout = layoutDiagram({ root, shapes, open, direction, textSize: textSizeOf });
			for (const part of layout.parts) {
				if (part.kind === 'box' && part.shape === 'bar') continue;
				const { name, detail } = textSizeOf(part);
				const needed = part.kind === 'box' ? Math.max(name, detail) : name;
				expect(part.left + part.right - needed).toBeGreaterThanOrEqual(20);
				const rect = rectOf(part);
				for (const cell of part.cells) {
					const [left, top] = [part.x + cell.x, part.y + cell.y];
					expect(left).toBeGreaterThanOrEqual(rect.left);
					expect(left + cell.width).toBeLessThanOrEqual(rect.right);
					expect(top).toBeGreaterThanOrEqual(rect.top);
					expect(top + cell.height).toBeLessThanOrEqual(rect.bottom);
				}
			}
		}
	});
});

describe('layout to the right', () => {
	it.each([
		['small-tree-right', smallTree(), Infinity],
		['small-tree-closed-right', smallTree(), 0],
		['small-training-tree-right', smallTrainingTree(), Infinity]
	])('matches the golden %s', async (name, root, depth) => {
		const shapes = inferShapes(root, [1, 3, 32, 32]);
		const open = defaultOpen(root, depth);
		await expect(printLayout(layoutDiagram({ root, shapes, open, direction }))).toMatchFileSnapshot(
			`golden/${name}.txt`
		);
	});

	it('lets the height follow the resolution, lower on the right', () => {
		const { root, shapes } = M09;
		const { boxes, width, height } = layoutDiagram({ root, shapes, direction });
		expect(width).toBeGreaterThan(height);
		boxes.slice(1).forEach((box, index) => {
			expect(box.topWidth).toBe(boxes[index]!.bottomWidth);
			expect(box.bottomWidth).toBeLessThanOrEqual(box.topWidth);
			expect(box.height).toBe(box.topWidth);
		});
		expect(boxes[0]!.height).toBeGreaterThan(2.5 * boxes[5]!.bottomWidth);
		// One axis: all have their middle in the same row.
		expect(new Set(boxes.map((box) => box.y + box.height / 2)).size).toBe(1);
	});

	it('makes parts with more channels longer where their texts are alike', () => {
		const { root, shapes } = M09;
		const focus = 'stages.2.blocks.1.channel_mixer';
		const { boxes } = layoutDiagram({ root, shapes, direction, focus });
		const [expand, , project] = boxes;
		expect(expand!.left + expand!.right).toBeGreaterThan(project!.left + project!.right);
	});

	it('carries skips above and gates below, and turns the arrows', () => {
		const { root, shapes } = M09;
		const focus = 'stages.2.blocks.0';
		const open = openBelow(root, focus, Infinity);
		const layout = layoutDiagram({ root, shapes, focus, open, direction });
		const axis = layout.joins[0]!.y;
		expect(new Set(layout.joins.map(({ y }) => y)).size).toBe(1);
		expect(layout.arcs).toHaveLength(1);
		expect(layout.arcs[0]!.bounds.bottom).toBe(axis);
		expect(layout.arcs[0]!.bounds.top).toBeLessThan(axis);
		const gate = layout.frames.find(({ role }) => role === 'squeeze-excite')!;
		expect(gate.y).toBeGreaterThan(axis);
		const ways = [...layout.edges, ...layout.arcs].flatMap(({ arrow }) => arrow?.to ?? []);
		expect(new Set(ways)).toEqual(new Set(['right', 'down', 'up']));
		expect(layout.arcs[0]!.arrow?.to).toBe('down');
	});

	it('stands parallel branches one above the other, from one split to one join', () => {
		const root = parallelTree();
		const shapes = inferShapes(root, [1, 16, 14, 14]);
		const open = defaultOpen(root, 1);
		const layout = layoutDiagram({ root, shapes, open, direction });
		expectSound(layout);
		const [first, second] = layout.boxes;
		expect(rectOf(first!).left).toBe(rectOf(second!).left);
		expect(first!.y + second!.y + second!.height).toBeCloseTo(2 * layout.joins[0]!.y);
	});

	it('puts what comes in on the left, what goes out on the right', () => {
		const { root, shapes } = M09;
		const { terminals, boxes, width } = layoutDiagram({ root, shapes, direction });
		const [input, output] = terminals;
		expect(input!.x).toBeLessThan(rectOf(boxes[0]!).left);
		expect(output!.x).toBeGreaterThan(rectOf(boxes.at(-1)!).right);
		expect(output!.x).toBeLessThan(width);
		expect(input!.y).toBe(output!.y);
	});
});

describe('boxes of one size', () => {
	it.each(['down', 'right'] as const)('encode neither resolution nor channels (%s)', (way) => {
		const { root, shapes } = M09;
		const options = { root, shapes, encode: 'plain', direction: way } as const;
		for (const depth of [0, 1, 2, Infinity]) {
			const layout = layoutDiagram({ ...options, open: defaultOpen(root, depth) });
			expectSound(layout);
			const onSpine = layout.boxes.filter(
				({ shape, role }) => shape !== 'bar' && role !== 'squeeze-excite'
			);
			expect(
				new Set(onSpine.flatMap(({ topWidth, bottomWidth }) => [topWidth, bottomWidth])).size
			).toBe(1);
			expect(onSpine.every(({ shoulder }) => shoulder === 0)).toBe(true);
		}
		const { boxes } = layoutDiagram({ ...options, focus: 'stages.2.blocks.1.channel_mixer' });
		const [expand, , project] = boxes;
		expect(expand!.height).toBe(project!.height);
		expect(expand!.left).toBe(project!.left);
	});

	it('tells the funnel louder than twice, else', () => {
		const { root, shapes } = M09;
		const { boxes } = layoutDiagram({ root, shapes });
		const stages = boxes.filter(({ role }) => role === 'stage');
		expect(boxes[0]!.topWidth / stages[3]!.bottomWidth).toBeGreaterThan(2.1);
		const heights = stages.map(
			({ height, cellsHeight, shoulder }) => height - cellsHeight - shoulder
		);
		expect(heights).toEqual([...heights].sort((a, b) => a - b));
		expect(heights[3]! - heights[0]!).toBeGreaterThanOrEqual(24);
		expect(TEXT_METRICS.widthAt7).toBe(TEXT_METRICS.minWidth);
	});
});
