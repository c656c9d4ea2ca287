import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseDesign } from '$lib/arch/analysis';
import { matchTrees } from '$lib/arch/matching/match-trees';
import { childPath, walk, type ModuleNode } from '$lib/arch/module';
import { ROADMAP } from '$lib/arch/roadmap';
import { uniteAnalyses, uniteTrees } from '$lib/arch/union-tree';
import { foldedDrawing } from '$lib/diagram/folded-runs';
import { layoutDiagram } from '$lib/diagram/layout/layout';
import { isRepeatKey, repeatKey } from '$lib/diagram/layout/repeats';
import { viewHeat } from '$lib/diagram/values/view-heat';
import { VIEW_DEFAULTS } from '$lib/diagram/viewer/view-address';
import { arbitraryDesign } from '../arch/designs';

const M09 = analyseDesign(ROADMAP[8]!.design);
const NO_SE = analyseDesign({ ...ROADMAP[8]!.design, se: 'none' });
const STAGE = 'stages.2';
const RUN = repeatKey(`${STAGE}.blocks.0`);
const CHOICES = { ...VIEW_DEFAULTS, show: 'macs', repeats: 'folded' } as const;

function pathsOf(node: ModuleNode, path = ''): string[] {
	if (node.kind === 'op') return [path];
	return [path, ...node.children.flatMap((child) => pathsOf(child, childPath(path, child.name)))];
}

describe('foldedDrawing', () => {
	it('names the boxes that a folded layout draws, in any network opened anyhow', () => {
		fc.assert(
			fc.property(arbitraryDesign(), fc.infiniteStream(fc.boolean()), (design, coins) => {
				const { root, shapes } = analyseDesign(design);
				const { runs } = foldedDrawing({ root, shapes }, new Set());
				const open = new Set([...pathsOf(root), ...runs.keys()].filter(() => coins.next().value));
				const layout = layoutDiagram({ root, shapes, open, foldRepeats: true });
				const boxes = layout.parts.filter(({ kind }) => kind === 'box').map(({ path }) => path);
				const drawn = new Set(foldedDrawing({ root, shapes }, open).drawn);
				expect(boxes.filter((path) => isRepeatKey(path))).toEqual(
					[...drawn].filter((path) => isRepeatKey(path))
				);
				for (const path of drawn) expect(boxes).toContain(path);
			}),
			{ numRuns: 40 }
		);
	});

	it('gives a folded run the figure of its blocks together, as the largest piece', () => {
		const heat = viewHeat(NO_SE, { open: new Set([STAGE]), choices: CHOICES })!;
		const blocks = NO_SE.costs.get(`${STAGE}.blocks`)!;
		expect(heat.heat.get(RUN)).toEqual({ share: 1, text: heat.heat.get(`${STAGE}.blocks`)!.text });
		expect(heat.legend.scale.to).toBe(blocks.macs);
	});

	it('counts an unfolded run block by block', () => {
		const open = new Set([STAGE, RUN]);
		const { drawn } = foldedDrawing(NO_SE, open);
		expect(drawn).not.toContain(RUN);
		expect(drawn.filter((path) => path.startsWith(`${STAGE}.blocks.`))).toHaveLength(14);
	});
});

describe('the figures of two networks over each other', () => {
	const [zero, one] = [analyseDesign(ROADMAP[0]!.design), analyseDesign(ROADMAP[1]!.design)];
	const united = uniteTrees(zero.root, one.root, matchTrees(zero.root, one.root));
	const both = uniteAnalyses(united, { before: zero, after: one });

	it('are those of the later one, and of what it lacks those of the earlier one', () => {
		for (const { path } of walk(both.root)) {
			const { before, after } = united.places.get(path)!;
			const cost = after !== null ? one.costs.get(after) : zero.costs.get(before!);
			expect(both.costs.get(path)).toEqual(cost);
		}
		expect(both.total).toEqual(one.total);
	});

	it('stand on the parts as heat', () => {
		const choices = { ...VIEW_DEFAULTS, show: 'params' } as const;
		const heat = viewHeat(both, { open: new Set(), choices })!;
		expect(heat.heat.get('stem')!.text).toBe(
			viewHeat(one, { open: new Set(), choices })!.heat.get('stem')!.text
		);
		expect(viewHeat(both, { open: new Set(), choices: VIEW_DEFAULTS })).toBeUndefined();
	});
});

it('nothing folds where every other block differs alone', () => {
	const { runs } = foldedDrawing(M09, new Set([STAGE]));
	expect([...runs.keys()].every((key) => isRepeatKey(key))).toBe(true);
	expect(runs.get(RUN)).toHaveLength(14);
});
