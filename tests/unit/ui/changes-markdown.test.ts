import { describe, expect, it } from 'vitest';
import { compareDesigns } from '$lib/arch/comparison';
import { ROADMAP } from '$lib/arch/roadmap';
import { changesMarkdown } from '$lib/ui/changes-markdown';

const between = (before: number, after: number) =>
	changesMarkdown({
		comparison: compareDesigns(ROADMAP[before]!.design, ROADMAP[after]!.design),
		beforeName: `Step ${before}`,
		afterName: `Step | ${after}`,
		source: 'https://example.org/design/?v=1'
	});

describe('changes as Markdown', () => {
	it('lists choices, parts and exact costs', () => {
		const lines = between(0, 1).split('\n');
		expect(lines[0]).toBe('# From Step 0 to Step | 1');
		expect(lines).toContain('<https://example.org/design/?v=1>');
		expect(lines.filter((line) => line.startsWith('- ')).join('\n')).toContain(
			'Depthwise convolution moved in 13 places (Token mixer): channels: not the same'
		);
		expect(lines).toContain('|  | Step 0 | Step \\| 1 | Ratio |');
		expect(lines.find((line) => line.startsWith('| Params'))).toMatch(
			/^\| Params \| 5,470,832 \| [\d,]+ \| [\d.]+ \|$/
		);
	});

	it('says so where nothing differs', () => {
		const text = between(3, 3);
		expect(text.match(/No difference\./g)).toHaveLength(2);
		expect(text).toContain('| 1.000 |');
	});
});
