import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseDesign } from '$lib/arch/analysis';
import { nodeAt } from '$lib/arch/module';
import { ROADMAP } from '$lib/arch/roadmap';
import { layoutStrip } from '$lib/diagram/strips/layout';
import { GLYPH_STRIP, READING_STRIP, TOUCH_STRIP } from '$lib/diagram/strips/metrics';
import { lowestTerms, stripBlocks, stripStages } from '$lib/diagram/strips/stages';
import { stripKey } from '$lib/diagram/strips/strip-keys';
import { cellFacts, cellName, cellSpoken, ratioText } from '$lib/diagram/strips/strip-texts';
import { cellRole, isInferredTopic } from '$lib/diagram/strips/topic';
import { arbitraryDesign } from '../../arch/designs';

const STEPS = ROADMAP.map(({ design }) => analyseDesign(design));
const stagesOf = (step: number) => stripStages(STEPS[step]!);
const seOf = (step: number) =>
	stagesOf(step).map(({ blocks }) =>
		blocks.filter(({ hasSqueezeExcite }) => hasSqueezeExcite).map(({ number }) => number)
	);

describe('the blocks of a strip', () => {
	it('are as many as the design has in each stage, each a block of the tree', () => {
		fc.assert(
			fc.property(arbitraryDesign({ small: true }), (design) => {
				const network = analyseDesign(design);
				const stages = stripStages(network);
				expect(stages.map(({ blocks }) => blocks.length)).toEqual(design.depths);
				expect(stages.map(({ downsampling }) => downsampling !== null)).toEqual([
					false,
					true,
					true,
					true
				]);
				for (const block of stripBlocks(stages)) {
					expect(nodeAt(network.root, block.path)).toBe(block.node);
					expect(block.node.role).toBe(block.kind);
					expect(block.cost).toBe(network.costs.get(block.path));
				}
			}),
			{ numRuns: 30 }
		);
	});

	it('cost together, with the stem and the classifier, what the network costs', () => {
		for (const { root, shapes, costs, total } of STEPS) {
			const macs = stripBlocks(stripStages({ root, shapes, costs })).reduce(
				(sum, { cost }) => sum + cost.macs,
				costs.get('stem')!.macs + costs.get('head')!.macs
			);
			expect(macs).toBe(total.macs);
		}
	});

	it('have the published depths and ratio from step 6 on', () => {
		expect(stagesOf(6).map(({ blocks }) => blocks.length)).toEqual([2, 2, 14, 2]);
		expect(ratioText(stagesOf(6))).toBe('1 : 1 : 7 : 1');
		expect(ratioText(stagesOf(5))).toBe('1 : 2 : 5 : 2');
	});

	it('have squeeze-and-excitation in every other block at step 8, in runs before', () => {
		expect(seOf(8)).toEqual([[1], [1], [1, 3, 5, 7, 9, 11, 13], [1]]);
		expect(seOf(7)).toEqual([[], [1, 2], [9, 10, 11, 12, 13, 14], [1, 2]]);
	});

	it('have kernels of 5 in stages 2 and 4 at step 6, and of 3 alone at step 7', () => {
		const kernels = (step: number) =>
			stagesOf(step).map((stage) => [...new Set(stripBlocks([stage]).map(({ kernel }) => kernel))]);
		expect(kernels(6)).toEqual([[3], [5], [3], [5]]);
		expect(kernels(7)).toEqual([[3], [3], [3], [3]]);
	});
});

it.each([
	[
		[2, 2, 14, 2],
		[1, 1, 7, 1]
	],
	[
		[1, 2, 5, 2],
		[1, 2, 5, 2]
	],
	[
		[6, 6, 34, 2],
		[3, 3, 17, 1]
	],
	[
		[0, 0],
		[0, 0]
	],
	[[], []]
])('%j in lowest terms is %j', (counts, ratio) => {
	expect(lowestTerms(counts)).toEqual(ratio);
});

describe('the layout', () => {
	it('stays in its sheet and never lets two cells overlap, at any depth', () => {
		fc.assert(
			fc.property(
				arbitraryDesign({ small: true }),
				fc.constantFrom(READING_STRIP, TOUCH_STRIP, GLYPH_STRIP),
				fc.boolean(),
				fc.integer({ min: 1, max: 40 }),
				(design, metrics, isFlat, depth) => {
					const { depths } = design;
					const network = analyseDesign({ ...design, depths: [depths[0], depths[1], depth, 1] });
					const { rows, width, height } = layoutStrip({
						stages: stripStages(network),
						metrics,
						isFlat
					});
					const cells = rows.flatMap((row) => row.cells);
					expect(cells.map(({ block }) => block.path)).toEqual(
						stripBlocks(stripStages(network)).map(({ path }) => path)
					);
					cells.forEach((a, i) => {
						expect(a.x).toBeGreaterThanOrEqual(0);
						expect(a.x + a.width).toBeLessThanOrEqual(width);
						expect(a.y).toBeGreaterThanOrEqual(0);
						expect(a.y + a.height).toBeLessThanOrEqual(height);
						for (const b of cells.slice(i + 1)) {
							const isApart =
								a.x + a.width <= b.x ||
								b.x + b.width <= a.x ||
								a.y + a.height <= b.y ||
								b.y + b.height <= a.y;
							expect(isApart, `${a.block.path} and ${b.block.path}`).toBe(true);
						}
					});
				}
			),
			{ numRuns: 40 }
		);
	});

	const cellsOf = (step: number, metrics = READING_STRIP, isFlat = false) =>
		new Map(
			layoutStrip({ stages: stagesOf(step), metrics, isFlat })
				.rows.flatMap(({ cells }) => cells)
				.map((cell) => [cell.block.path, cell])
		);

	it('draws all blocks to one scale: 5x5 is 5/3 as high as 3x3, unless only counts are told', () => {
		const [large, small] = ['stages.1.blocks.0', 'stages.2.blocks.0'] as const;
		const cells = cellsOf(6);
		expect(cells.get(large)!.height / cells.get(small)!.height).toBeCloseTo(5 / 3);
		const flat = cellsOf(6, READING_STRIP, true);
		expect(flat.get(large)!.height).toBe(flat.get(small)!.height);
		expect(
			new Set(
				[...cells.values()].filter(({ block }) => block.kind === 'block').map(({ width }) => width)
			).size
		).toBe(1);
	});

	it('puts fourteen blocks on one line, and for fingers on two of seven, 44 pixels each', () => {
		const lines = (cells: ReturnType<typeof cellsOf>) =>
			new Set([...cells.values()].filter(({ block }) => block.stage === 3).map(({ y }) => y)).size;
		expect(lines(cellsOf(8))).toBe(1);
		const touch = cellsOf(8, TOUCH_STRIP);
		expect(lines(touch)).toBe(2);
		for (const { hit } of touch.values()) {
			expect(Math.min(hit.width, hit.height)).toBeGreaterThanOrEqual(43);
		}
	});

	it('keeps rows in step where strips stand side by side', () => {
		const rowKernels = [3, 5, 3, 5];
		const [before, after] = [6, 7].map((step) =>
			layoutStrip({ stages: stagesOf(step), metrics: READING_STRIP, rowKernels })
		);
		expect(after!.rows.map(({ labelY }) => labelY)).toEqual(
			before!.rows.map(({ labelY }) => labelY)
		);
		expect(after!.height).toBe(before!.height);
	});
});

describe('the arrow keys', () => {
	const stages = stagesOf(8);
	const at = (path: string) => stripBlocks(stages).find((block) => block.path === path)!;
	it.each([
		['ArrowRight', 'stages.0.blocks.1', 'stages.1.downsample'],
		['ArrowLeft', 'stages.1.downsample', 'stages.0.blocks.1'],
		['ArrowDown', 'stages.1.blocks.1', 'stages.2.blocks.1'],
		['ArrowDown', 'stages.2.blocks.9', 'stages.3.blocks.1'],
		['ArrowUp', 'stages.2.downsample', 'stages.1.downsample'],
		['ArrowUp', 'stages.1.downsample', 'stages.0.blocks.0'],
		['Home', 'stages.2.blocks.4', 'stages.0.blocks.0'],
		['End', 'stages.2.blocks.4', 'stages.3.blocks.1']
	])('%s leads from %s to %s', (key, from, to) => {
		expect(stripKey(key, at(from), stages)?.path).toBe(to);
	});

	it('stop at the ends, and other keys do nothing', () => {
		expect(stripKey('ArrowLeft', at('stages.0.blocks.0'), stages)).toBeNull();
		expect(stripKey('ArrowUp', at('stages.0.blocks.0'), stages)).toBeNull();
		expect(stripKey('ArrowDown', at('stages.3.blocks.0'), stages)).toBeNull();
		expect(stripKey('x', at('stages.3.blocks.0'), stages)).toBeNull();
	});

	it('right alone walks every cell once', () => {
		const seen: string[] = [];
		for (
			let block = stripBlocks(stages)[0] ?? null;
			block;
			block = stripKey('ArrowRight', block, stages)
		) {
			seen.push(block.path);
		}
		expect(seen).toEqual(stripBlocks(stages).map(({ path }) => path));
	});
});

describe('texts and marks', () => {
	const [first] = stagesOf(8)[2]!.blocks;

	it('tell shape, kernel, squeeze-and-excitation and cost', () => {
		expect(cellName(first!)).toBe('Stage 3, block 1');
		expect(cellName(stagesOf(8)[2]!.downsampling!)).toBe('Downsampling to stage 3');
		expect(cellFacts(first!)).toEqual([
			'output 192 × 14 × 14',
			'3×3 depthwise',
			'with SE',
			'169\u00a0k parameters',
			'29.3\u00a0M MACs'
		]);
		expect(cellSpoken(first!)).toMatch(/^Stage 3, block 1: output 192/);
	});

	it('colour what the figure is about, and nothing else', () => {
		const block = { kind: 'block', kernel: 5, hasSqueezeExcite: true } as const;
		expect(cellRole(block, 'depth')).toBe('block');
		expect(cellRole(block, 'kernel')).toBe('token-mixer');
		expect(cellRole(block, 'squeeze-excite')).toBe('squeeze-excite');
		expect(cellRole({ ...block, kind: 'downsampling' }, 'kernel')).toBe('downsampling');
	});

	it('are dashed exactly where the paper leaves the topic open', () => {
		const inferred = (topic: Parameters<typeof isInferredTopic>[1]) =>
			ROADMAP.filter(({ step }) => isInferredTopic(step, topic)).map(({ step }) => step);
		expect(inferred('depth')).toEqual([0, 1, 2, 3, 4, 5]);
		expect(inferred('kernel')).toEqual([1, 2, 3, 4, 5, 6]);
		expect(inferred('squeeze-excite')).toEqual([1, 2, 3, 4, 5, 6, 7]);
	});
});
