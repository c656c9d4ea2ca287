import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseTree } from '$lib/arch/analysis';
import type { ChangeLine } from '$lib/arch/change-lines';
import { compareDesigns, compareNetworks } from '$lib/arch/comparison';
import type { Design } from '$lib/arch/design';
import { nodeAt } from '$lib/arch/module';
import { ROADMAP, type StepNumber } from '$lib/arch/roadmap';
import { arbitraryDesign } from './designs';
import { arbitraryTree } from './random-trees';

const step = (number: StepNumber) => ROADMAP[number]!.design;
const linesOf = (before: Design, after: Design) => compareDesigns(before, after).lines;
const short = (line: ChangeLine) => {
	switch (line.about) {
		case 'stage':
			return `stage ${line.stage} ${line.fact} ${line.before} > ${line.after}`;
		case 'module':
			return `${line.kind} ${line.role} in ${line.within} ${line.count}`;
		case 'ops':
			return `${line.kind} ${line.what} ${line.move ? `${line.move.from} > ${line.move.to} ` : ''}${line.unitCount}`;
	}
};

describe('lines', () => {
	it('step 1: what moved, from where to where', () => {
		expect(linesOf(step(0), step(1)).map(short)).toEqual([
			'moved depthwise among > before 13',
			'moved squeeze-excite among > before 8',
			'removed activation 10',
			'removed activation 3'
		]);
	});

	it('step 2: widths, once a stage; what follows from them is not told again', () => {
		expect(linesOf(step(1), step(2)).map(short)).toEqual([
			'stage 0 width 24 > 48',
			'stage 1 width 40 > 96',
			'stage 2 width 80,112 > 192',
			'stage 3 width 160 > 384',
			'stage 0 hidden 72 > 96',
			'stage 1 hidden 120 > 192',
			'stage 2 hidden 200,184,480,672 > 384',
			'stage 3 hidden 960 > 768',
			'changed pointwise 1',
			'changed pointwise 1'
		]);
	});

	it('step 3: two blocks of the stem are two blocks, not eight ops', () => {
		expect(linesOf(step(2), step(3)).map(short)).toEqual([
			'removed block in stem 2',
			'added convolution 1',
			'changed convolution 1'
		]);
	});

	it('step 6: two depths and nothing else, with the blocks that are new', () => {
		const lines = linesOf(step(5), step(6));
		expect(lines.map(short)).toEqual(['stage 0 depth 1 > 2', 'stage 2 depth 5 > 14']);
		expect(lines[1]!.stops).toHaveLength(9);
		expect(new Set(lines[1]!.stops.map(({ side }) => side))).toEqual(new Set(['after']));
	});

	it('are none between a network and itself', () => {
		for (const { design } of ROADMAP) expect(linesOf(design, { ...design })).toEqual([]);
	});

	it('lead to parts that there are', { timeout: 30_000 }, () => {
		const design = arbitraryDesign({ small: true });
		fc.assert(
			fc.property(design, design, (a, b) => {
				const { before, after, changes, lines } = compareDesigns(a, b);
				const roots = { before: before.root, after: after.root };
				const lost = lines.flatMap(({ stops }) =>
					stops.filter(({ side, path }) => !nodeAt(roots[side], path))
				);
				expect(lost).toEqual([]);
				for (const line of lines) {
					const count = line.about === 'stage' ? Math.max(1, line.stops.length) : line.unitCount;
					expect(new Set(line.stops.map(({ side, path }) => side + path)).size).toBe(count);
				}
				if (changes.length === 0) expect(lines).toEqual([]);
			}),
			{ numRuns: 40 }
		);
	});
});

describe('compareNetworks', () => {
	it('compares any two trees, and what they cost', () => {
		fc.assert(
			fc.property(arbitraryTree(), arbitraryTree(), (a, b) => {
				const before = analyseTree(a.root, a.inputShape);
				const after = analyseTree(b.root, b.inputShape);
				const { costDifference, matching } = compareNetworks(before, after);
				for (const key of ['params', 'macs', 'activationBytes', 'opCount'] as const) {
					const difference = costDifference[key];
					expect(difference.before).toBe(before.total[key]);
					expect(difference.before + difference.delta).toBe(after.total[key]);
				}
				expect(matching.toAfter.size).toBe(matching.toBefore.size);
			}),
			{ numRuns: 30 }
		);
	});
});
