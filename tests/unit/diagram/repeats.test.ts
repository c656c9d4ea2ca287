import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseDesign } from '$lib/arch/analysis';
import { FAMILY } from '$lib/arch/family';
import { nodeAt, walk } from '$lib/arch/module';
import { ROADMAP } from '$lib/arch/roadmap';
import { keyAction, siblingPlaces } from '$lib/diagram/keyboard';
import { layoutDiagram } from '$lib/diagram/layout/layout';
import { isRepeatKey, repeatKey, sameStructure } from '$lib/diagram/layout/repeats';
import type { Layout, LayoutOptions, Part } from '$lib/diagram/layout/types';
import { defaultOpen } from '$lib/diagram/layout/visible';
import { partName } from '$lib/diagram/label-text';
import { costsWithRuns, marksWithRuns, timesWithRuns } from '$lib/diagram/run-values';
import { countText, detailLines, spokenText } from '$lib/diagram/node-text';
import { arbitraryDesign } from '../arch/designs';
import { expectSound } from './sound';

const M09 = analyseDesign(ROADMAP[8]!.design);
const NO_SE = analyseDesign({ ...ROADMAP[8]!.design, se: 'none' });
const STAGE = 'stages.2';
const FIRST = `${STAGE}.blocks.0`;
const RUN = repeatKey(FIRST);

function fold(
	{ root, shapes }: Pick<LayoutOptions, 'root' | 'shapes'>,
	open: Iterable<string>,
	options: Partial<LayoutOptions> = {}
): Layout {
	return layoutDiagram({ root, shapes, open: new Set(open), foldRepeats: true, ...options });
}
const find = (layout: Layout, path: string): Part =>
	layout.parts.find((part) => part.path === path)!;

describe('a run of equal blocks', () => {
	const folded = fold(NO_SE, [STAGE]);

	it('is drawn once, as one part with its number', () => {
		const part = find(folded, RUN);
		expect(part).toMatchObject({ kind: 'box', openable: true, level: 2, parent: STAGE });
		expect(part.repeat).toEqual({
			count: 14,
			period: 1,
			paths: Array.from({ length: 14 }, (_, index) => `${STAGE}.blocks.${index}`),
			isFolded: true
		});
		expect(folded.parts.filter(({ parent }) => parent === STAGE).map(({ path }) => path)).toEqual([
			`${STAGE}.downsample`,
			RUN
		]);
		expect(partName(part)).toBe('Blocks 1–14');
		expect(countText(part)).toBe('×14');
		expect(spokenText(part)).toBe('14 identical blocks. Blocks 1–14: ×14 · 3×3 dw · 192 · 14×14');
		expectSound(folded);
	});

	it('unfolds into a frame around all of them, which counts as their parent', () => {
		const layout = fold(NO_SE, [STAGE, RUN]);
		const frame = find(layout, RUN);
		expect(frame).toMatchObject({ kind: 'frame', level: 2, parent: STAGE });
		expect(frame.repeat?.isFolded).toBe(false);
		expect(countText(frame)).toBe('');
		const inside = layout.parts.filter(({ parent }) => parent === RUN);
		expect(inside.map(({ path }) => path)).toEqual(frame.repeat!.paths);
		expect(new Set(inside.map(({ level }) => level))).toEqual(new Set([3]));
		expect(siblingPlaces(layout.parts).get(`${STAGE}.blocks.13`)).toEqual({
			position: 14,
			count: 14
		});
		expectSound(layout);
	});

	it('shows the inside of one where that is open', () => {
		const layout = fold(NO_SE, defaultOpen(NO_SE.root, 2));
		expect(find(layout, RUN)).toMatchObject({ kind: 'frame', repeat: { isFolded: true } });
		expect(find(layout, FIRST)).toMatchObject({ kind: 'frame', level: 3, parent: RUN });
		expect(layout.parts.filter(({ parent }) => parent === RUN)).toHaveLength(1);
		expectSound(layout);
	});

	it('opens and closes with the keys: right unfolds, left folds or goes out', () => {
		const toggle = { type: 'toggle', path: RUN };
		const out = { type: 'focus', path: STAGE };
		expect(keyAction('ArrowRight', RUN, folded.parts)).toEqual(toggle);
		expect(keyAction('ArrowLeft', RUN, folded.parts)).toEqual(out);
		const unfolded = fold(NO_SE, [STAGE, RUN]).parts;
		expect(keyAction('ArrowLeft', RUN, unfolded)).toEqual(toggle);
		expect(keyAction('ArrowRight', RUN, unfolded)).toEqual({ type: 'focus', path: FIRST });
		const pairs = fold(M09, [STAGE]).parts;
		expect(keyAction('ArrowLeft', RUN, pairs)).toEqual(out);
		expect(keyAction('ArrowRight', RUN, pairs)).toEqual({ type: 'focus', path: FIRST });
		expect(keyAction('Enter', RUN, pairs)).toEqual(toggle);
	});

	it('costs what its blocks cost together, and is marked as they are', () => {
		const one = NO_SE.costs.get(FIRST)!;
		const { paths } = find(folded, RUN).repeat!;
		expect(costsWithRuns(NO_SE.costs, folded.parts).get(RUN)).toEqual({
			params: 14 * one.params,
			macs: 14 * one.macs,
			activationBytes: 14 * one.activationBytes,
			opCount: 14 * one.opCount
		});
		const all = new Map(paths.map((path) => [path, 'added'] as const));
		expect(marksWithRuns(all, folded.parts).get(RUN)).toBe('added');
		const some = new Map([[paths[3]!, 'added'] as const]);
		expect(marksWithRuns(some, folded.parts).get(RUN)).toBe('contains-changes');
		expect(marksWithRuns(new Map(), folded.parts).has(RUN)).toBe(false);
	});
});

describe('blocks that alternate', () => {
	it('fold in pairs, with a strip that shows every other one with SE', () => {
		const layout = fold(M09, [STAGE]);
		const part = find(layout, RUN);
		expect(part).toMatchObject({ kind: 'frame', repeat: { count: 7, period: 2, isFolded: true } });
		expect(part.cells.map(({ hasSqueezeExcite }) => hasSqueezeExcite)).toEqual(
			Array.from({ length: 14 }, (_, index) => index % 2 === 0)
		);
		expect(layout.parts.filter(({ parent }) => parent === RUN).map(({ path }) => path)).toEqual([
			FIRST,
			`${STAGE}.blocks.1`
		]);
		expect(detailLines(part)).toEqual(['192 · 14×14 · SE in 7']);
		expect(spokenText(part)).toBe(
			'7 identical pairs of blocks. Blocks 1–14: ×7 · 192 · 14×14 · SE in 7'
		);
		// Unfolded, each block says so itself.
		expect(detailLines(find(fold(M09, [STAGE, RUN]), RUN))).toEqual(['192 · 14×14']);
		expectSound(layout);
	});

	it('are spoken with the time of all of them', () => {
		const layout = fold(M09, [STAGE]);
		const member = new Map([FIRST, `${STAGE}.blocks.13`].map((path) => [path, 0.5] as const));
		const timeMs = timesWithRuns(member, layout.parts).get(RUN)!;
		expect(timeMs).toBe(1);
		expect(spokenText(find(layout, RUN), { timeMs })).toMatch(/, 1\.0+\u00a0ms measured$/);
		expect(timesWithRuns(new Map(), layout.parts).has(RUN)).toBe(false);
	});

	it('are not folded in twos', () => {
		const layout = fold(M09, ['stages.0', 'stages.3']);
		expect(layout.parts.some(({ repeat }) => repeat !== null)).toBe(false);
	});
});

describe('folding', () => {
	it('is off by default: keys of runs mean nothing then', () => {
		const { root, shapes } = NO_SE;
		const layout = layoutDiagram({ root, shapes, open: new Set([STAGE, RUN]) });
		expect(layout.parts.some(({ path }) => isRepeatKey(path))).toBe(false);
		expect(layout).toEqual(layoutDiagram({ root, shapes, open: new Set([STAGE]) }));
	});

	it.each([
		...FAMILY,
		{ name: 'step 6', design: ROADMAP[6]!.design },
		{ name: 'M0.9 in training', design: { ...ROADMAP[8]!.design, form: 'training' as const } }
	])('keeps $name sound, folded and unfolded', ({ design }) => {
		const network = analyseDesign(design);
		for (const direction of ['down', 'right'] as const) {
			const open = defaultOpen(network.root, 2);
			const folded = fold(network, open, { direction });
			expectSound(folded);
			const keys = folded.parts.flatMap(({ path, repeat }) => (repeat ? [path] : []));
			expectSound(fold(network, [...open, ...keys], { direction }));
		}
	});

	it('leaves no block out and folds none that differ, for any design', () => {
		fc.assert(
			fc.property(
				arbitraryDesign({ small: true }),
				fc.integer({ min: 1, max: 9 }),
				(design, depth) => {
					const network = analyseDesign({ ...design, depths: [1, 2, depth, 3] });
					const stages = [0, 1, 2, 3].map((stage) => `stages.${stage}`);
					const { parts } = fold(network, stages);
					const told = parts.flatMap(({ path, repeat }) => repeat?.paths ?? [path]);
					const blocks = [...walk(network.root)]
						.filter(({ path }) => /^stages\.\d\.blocks\.\d+$/.test(path))
						.map(({ path }) => path);
					expect(told.filter((path) => blocks.includes(path)).sort()).toEqual(
						// A folded pair also shows its two blocks.
						[
							...blocks,
							...parts.flatMap(({ path, parent }) => (parent && isRepeatKey(parent) ? [path] : []))
						].sort()
					);
					for (const { repeat } of parts) {
						if (repeat === null) continue;
						const { paths, period } = repeat;
						expect(paths).toHaveLength(period * repeat.count);
						for (const [index, path] of paths.slice(period).entries()) {
							const [a, b] = [nodeAt(network.root, path)!, nodeAt(network.root, paths[index]!)!];
							expect(sameStructure(a, b)).toBe(true);
							expect(network.shapes.get(path)).toEqual(network.shapes.get(paths[index]!));
						}
					}
				}
			),
			{ numRuns: 40 }
		);
	});

	it('uses keys that no node has', () => {
		for (const { path } of walk(M09.root)) expect(isRepeatKey(path)).toBe(false);
		expect(nodeAt(M09.root, RUN)).toBeUndefined();
	});
});
