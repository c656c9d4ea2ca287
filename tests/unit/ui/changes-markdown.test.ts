import { describe, expect, it } from 'vitest';
import { compareDesigns } from '$lib/arch/comparison';
import { ROADMAP } from '$lib/arch/roadmap';
import { changeSentence } from '$lib/ui/change-texts';
import { changesMarkdown } from '$lib/ui/changes-markdown';

const design = (step: number) => ROADMAP[step]!.design;
const markdown = (from: number, to: number, names = ['Step 5', 'Step 6']) =>
	changesMarkdown({
		comparison: compareDesigns(design(from), design(to)),
		before: { name: names[0]!, design: design(from) },
		after: { name: names[1]!, design: design(to) }
	});

describe('changeSentence', () => {
	const sentences = (from: number, to: number) =>
		compareDesigns(design(from), design(to)).lines.map(changeSentence);

	it('tells step 1 as the paper does', () => {
		expect(sentences(0, 1).slice(0, 2)).toEqual([
			'Depthwise convolution 3×3, 5×5: now before the expansion, was inside the expansion; in 13 places (Token mixer); channels differing from place to place',
			'Squeeze-and-excitation: now before the expansion, was inside the expansion; in 8 places'
		]);
	});

	it('tells stages by their number from 1, and unequal widths as a range', () => {
		expect(sentences(5, 6)).toEqual(['Stage 1: depth 1 → 2', 'Stage 3: depth 5 → 14']);
		expect(sentences(1, 2)).toContain('Stage 3: width 80–112 → 192');
	});

	it('tells whole modules', () => {
		expect(sentences(2, 3)).toContain('Block removed, within: Stem in one place, 2 in all');
	});
});

describe('the change list as Markdown', () => {
	it('has names, totals, choices and lines', () => {
		const { costDifference } = compareDesigns(design(5), design(6));
		const figure = (value: number) => value.toLocaleString('en');
		expect(markdown(5, 6).split('\n')).toEqual([
			'# From Step 5 to Step 6',
			'',
			'## Totals',
			'',
			'| Cost | Step 5 | Step 6 | Difference |',
			'| :-- | --: | --: | --: |',
			...(
				[
					['Params', 'params', ''],
					['MACs', 'macs', ''],
					['Activations written', 'activationBytes', ' B'],
					['Ops', 'opCount', '']
				] as const
			).map(([name, key, unit]) => {
				const { before, after, delta } = costDifference[key];
				return `| ${name} | ${figure(before)}${unit} | ${figure(after)}${unit} | \\+${figure(delta)}${unit} |`;
			}),
			'',
			'## Choices',
			'',
			'- Stage depths: 1, 2, 5, 2 → 2, 2, 14, 2',
			'',
			'## What differs',
			'',
			'- Stage 1: depth 1 → 2',
			'- Stage 3: depth 5 → 14',
			''
		]);
	});

	it('reads nothing in a name as Markdown, HTML or a new line', () => {
		const text = markdown(5, 6, ['a|b\n# c', '[x](y) <b>*_`']);
		expect(text).toContain('| Cost | a\\|b \\# c | \\[x\\](y) \\<b\\>\\*\\_\\` | Difference |');
		expect(text.split('\n').filter((line) => line.startsWith('#'))).toHaveLength(4);
	});

	it('says so where nothing differs', () => {
		expect(markdown(3, 3)).toContain('Nothing differs.');
		expect(markdown(3, 3)).not.toContain('## Choices');
	});
});
