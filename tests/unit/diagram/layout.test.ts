import { describe, expect, it } from 'vitest';
import { analyseDesign } from '$lib/arch/analysis';
import { FAMILY } from '$lib/arch/family';
import { ops } from '$lib/arch/module';
import { ROADMAP } from '$lib/arch/roadmap';
import { inferShapes } from '$lib/arch/shapes';
import { layoutDiagram } from '$lib/diagram/layout/layout';
import { GLYPH_METRICS } from '$lib/diagram/layout/metrics';
import type { Box, Layout } from '$lib/diagram/layout/types';
import { defaultOpen, openBelow } from '$lib/diagram/layout/visible';
import { STEP_VIEWS } from '$lib/diagram/step-views';
import { expectSound } from './sound';
import { parallelTree, printLayout, smallTrainingTree, smallTree } from './trees';

const INPUT = [1, 3, 224, 224];
const DESIGNS = [
	...ROADMAP.map(({ step, design }) => ({ name: `step ${step}`, design })),
	...FAMILY.map(({ name, design }) => ({ name, design }))
];
const NETWORKS = DESIGNS.map(({ name, design }) => ({ name, ...analyseDesign(design) }));
/** As they are trained: with one head and with two, today's branches and the first release's. */
const TRAINED = DESIGNS.flatMap(({ name, design }) =>
	(['current', 'first-release'] as const).map((branches, index) => ({
		name: `${name} in training (${branches})`,
		...analyseDesign({ ...design, form: 'training', branches, heads: index === 0 ? 1 : 2 })
	}))
);
const DEPTHS = [0, 1, 2, Infinity];

describe.each([...NETWORKS, ...TRAINED])('layout of $name', ({ root, shapes }) => {
	it.each(DEPTHS)('keeps parts apart and in order, opened to depth %d', (depth) => {
		const layout = layoutDiagram({ root, shapes, open: defaultOpen(root, depth) });
		expectSound(layout);
		// Fits a phone of 390 px at 11 px and more, or scrolls by little.
		expect(layout.width).toBeLessThanOrEqual(430);
	});

	it('draws every op once when all is open', () => {
		const layout = layoutDiagram({ root, shapes, open: defaultOpen(root, Infinity) });
		const drawn = layout.boxes.flatMap(({ paths }) => paths.slice(-1));
		const expected = [...ops(root)]
			.filter(({ node }) => node.op.type !== 'identity')
			.map(({ path }) => path);
		expect(drawn).toEqual(expected);
	});

	it('shows the funnel when all is closed', () => {
		const { boxes } = layoutDiagram({ root, shapes });
		expect(boxes.map(({ path }) => path)).toEqual([
			'stem',
			...[0, 1, 2, 3].map((stage) => `stages.${stage}`),
			'head'
		]);
		boxes.slice(1).forEach((box, index) => {
			expect(box.topWidth).toBe(boxes[index]!.bottomWidth);
			expect(box.bottomWidth).toBeLessThanOrEqual(box.topWidth);
		});
		expect(boxes[0]!.topWidth).toBeGreaterThan(2 * boxes[5]!.bottomWidth);
	});

	it('is deterministic', () => {
		const draw = () => layoutDiagram({ root, shapes, open: defaultOpen(root, Infinity) });
		expect(JSON.stringify(draw())).toBe(JSON.stringify(draw()));
	});
});

describe('layout', () => {
	it('matches the golden of a small tree', async () => {
		const root = smallTree();
		const shapes = inferShapes(root, [1, 3, 32, 32]);
		const open = defaultOpen(root, Infinity);
		await expect(printLayout(layoutDiagram({ root, shapes, open }))).toMatchFileSnapshot(
			'golden/small-tree.txt'
		);
		await expect(printLayout(layoutDiagram({ root, shapes }))).toMatchFileSnapshot(
			'golden/small-tree-closed.txt'
		);
	});

	it('draws a module around one op as that op', () => {
		const { boxes } = layoutOf('stages.2.blocks.1', Infinity);
		const mixer = boxes.find(({ path }) => path.endsWith('.token_mixer'))!;
		expect(mixer).toMatchObject({ shape: 'depthwise', openable: false });
		expect(mixer.paths).toEqual([
			'stages.2.blocks.1.token_mixer',
			'stages.2.blocks.1.token_mixer.conv'
		]);
	});

	it('carries skips past on the left and gates on the right', () => {
		const layout = layoutOf('stages.2.blocks.0', Infinity);
		const axis = layout.joins[0]!.x;
		expect(layout.joins.map(({ join }) => join)).toEqual(['mul', 'add']);
		expect(layout.arcs).toHaveLength(1);
		for (const x of xsOf(layout.arcs[0]!.d)) expect(x).toBeLessThanOrEqual(axis);
		const gate = layout.frames.find(({ role }) => role === 'squeeze-excite')!;
		expect(gate.x - gate.left).toBeGreaterThan(axis);
	});

	it('matches the golden of a small tree in training form', async () => {
		const root = smallTrainingTree();
		const shapes = inferShapes(root, [1, 3, 32, 32]);
		const open = defaultOpen(root, Infinity);
		await expect(printLayout(layoutDiagram({ root, shapes, open }))).toMatchFileSnapshot(
			'golden/small-training-tree.txt'
		);
	});

	it('draws an op and its norm as one until every op is shown', () => {
		const { root, shapes } = TRAINED.find(({ name }) => name.startsWith('step 8'))!;
		const unit = 'stem.conv1';
		const drawn = (depth: number) =>
			layoutDiagram({ root, shapes, open: defaultOpen(root, depth) }).boxes.filter(({ path }) =>
				path.startsWith(unit)
			);
		for (const depth of [1, 2]) {
			expect(drawn(depth)).toMatchObject([
				{
					path: unit,
					shape: 'dense',
					openable: false,
					norms: { before: [], behind: [`${unit}.bn`] }
				}
			]);
		}
		expect(drawn(Infinity)).toMatchObject([
			{ path: `${unit}.c`, shape: 'dense', norms: { before: [], behind: [] } },
			{ path: `${unit}.bn`, shape: 'bar' }
		]);
	});

	it('draws a norm before its layer on the upper side', () => {
		const { root, shapes } = TRAINED.find(({ name }) => name.startsWith('step 8'))!;
		const { boxes } = layoutDiagram({ root, shapes, open: defaultOpen(root, 1) });
		expect(boxes.find(({ path }) => path === 'head.linear')).toMatchObject({
			shape: 'linear',
			norms: { before: ['head.linear.bn'], behind: [] }
		});
	});

	it('leads each branch by lines of its own, so that they can fold away with it', () => {
		const root = parallelTree();
		const shapes = inferShapes(root, [1, 16, 14, 14]);
		const { edges, arcs } = layoutDiagram({ root, shapes, open: defaultOpen(root, 1) });
		const along = (name: string) =>
			[...edges, ...arcs].filter((line) => line.along === `token_mixer.branches.${name}`).length;
		expect(along('dw3x3')).toBe(2);
		expect(along('dw1x1')).toBe(2);
		expect(along('skip')).toBe(1);
	});

	it('tells the branches of a closed mixer, hatched like the kernel that they fold into', () => {
		const { root, shapes } = TRAINED.find(({ name }) => name.startsWith('step 8'))!;
		const mixer = 'stages.2.blocks.1.token_mixer';
		const { boxes } = layoutDiagram({ root, shapes, open: defaultOpen(root, 2) });
		const { shape, cells } = boxes.find(({ path }) => path === mixer)!;
		expect(shape).toBe('depthwise');
		expect(cells.map(({ path, kernel }) => [path.split('.').at(-1), kernel])).toEqual([
			['depthwise', 3],
			['pointwise', 1],
			['skip', 1]
		]);
	});

	it('stands parallel branches side by side around the axis', () => {
		const root = parallelTree();
		const shapes = inferShapes(root, [1, 16, 14, 14]);
		const layout = layoutDiagram({ root, shapes, open: defaultOpen(root, 1) });
		expectSound(layout);
		const [first, second] = layout.boxes as [Box, Box];
		expect(first.y).toBe(second.y);
		expect(first.x + second.x).toBeCloseTo(2 * layout.joins[0]!.x);
		expect(layout.arcs).toHaveLength(1);
	});

	it('makes parts with more channels taller and halved maps narrower below', () => {
		const { boxes } = layoutOf('stages.2.downsample', Infinity);
		const expand = boxes.find(({ path }) => path.endsWith('pre_block.channel_mixer.body.conv1'))!;
		const project = boxes.find(({ path }) => path.endsWith('pre_block.channel_mixer.body.conv2'))!;
		expect(expand.height).toBeGreaterThan(project.height);
		const strided = boxes.find(({ path }) => path.endsWith('spatial_downsample'))!;
		expect(strided.bottomWidth).toBeLessThan(strided.topWidth);
		expect(strided.shoulder).toBe(strided.height);
	});

	it('tells the blocks of a closed stage: every other one with SE in step 8, some 5x5 in step 6', () => {
		const blocksOf = (step: number) => {
			const { root, shapes } = NETWORKS[step]!;
			const stage = layoutDiagram({ root, shapes }).boxes.find(({ path }) => path === 'stages.2')!;
			return stage.cells.filter(({ role }) => role === 'block');
		};
		expect(blocksOf(8).map(({ hasSqueezeExcite }) => hasSqueezeExcite)).toEqual(
			Array.from({ length: 14 }, (_, index) => index % 2 === 0)
		);
		expect(new Set(blocksOf(8).map(({ height }) => height)).size).toBe(1);
		const { root, shapes } = NETWORKS[0]!;
		const [first] = layoutDiagram({ root, shapes, focus: 'stages' }).boxes[1]!.cells;
		expect(first).toMatchObject({ role: 'downsampling', kernel: 5, hasSqueezeExcite: true });
	});

	it('keeps the cells of a stage inside it, however many', () => {
		for (const { root, shapes } of NETWORKS) {
			for (const { cells, bottomWidth, height } of layoutDiagram({ root, shapes }).boxes) {
				for (const cell of cells) {
					expect(Math.abs(cell.x)).toBeLessThanOrEqual(bottomWidth / 2);
					expect(cell.x + cell.width).toBeLessThanOrEqual(bottomWidth / 2);
					expect(cell.y + cell.height).toBeLessThanOrEqual(height);
				}
			}
		}
	});

	it('finds each step its view, in the networks before and after it, for reading and as a glyph', () => {
		for (const { step } of ROADMAP) {
			const { focus, depth } = STEP_VIEWS[step];
			for (const { root, shapes } of [NETWORKS[Math.max(0, step - 1)]!, NETWORKS[step]!]) {
				const open = openBelow(root, focus, depth);
				expectSound(layoutDiagram({ root, shapes, focus, open }));
				expectSound(layoutDiagram({ root, shapes, focus, open, metrics: GLYPH_METRICS }));
			}
		}
	});

	it('refuses a path that is not there, and shapes of another tree', () => {
		const root = smallTree();
		const shapes = inferShapes(root, INPUT);
		expect(() => layoutDiagram({ root, shapes, focus: 'stages.7' })).toThrow('stages.7');
		expect(() => layoutDiagram({ root, shapes: new Map() })).toThrow('No shape');
	});
});

function layoutOf(focus: string, depth: number): Layout {
	const { root, shapes } = NETWORKS[8]!;
	return layoutDiagram({ root, shapes, focus, open: openBelow(root, focus, depth) });
}

/** All x coordinates of a path made of M, L and Q. */
function xsOf(d: string): number[] {
	const numbers = d.match(/-?\d+(\.\d+)?/g)!.map(Number);
	return numbers.filter((_, index) => index % 2 === 0);
}
