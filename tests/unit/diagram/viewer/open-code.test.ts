import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseDesign } from '$lib/arch/analysis';
import { ROADMAP } from '$lib/arch/roadmap';
import { DEPTHS, openAt, parseOpen, printOpen } from '$lib/diagram/viewer/open-code';

const { root } = analyseDesign(ROADMAP[8]!.design);

describe('the opened parts of an address', () => {
	it.each(DEPTHS)('is one word where nothing differs: %s', (depth) => {
		expect(printOpen(root, openAt(root, depth))).toBe(depth);
		expect(parseOpen(root, depth)).toEqual({ open: openAt(root, depth), unknown: [] });
	});

	it('gives any set of opened parts back', () => {
		const paths = [...openAt(root, 'ops')];
		fc.assert(
			fc.property(fc.subarray(paths), (some) => {
				const open = new Set(some);
				const { open: read, unknown } = parseOpen(root, printOpen(root, open));
				expect(new Set(read)).toEqual(open);
				expect(unknown).toEqual([]);
			})
		);
	});

	it('stays short: a depth and its exceptions', () => {
		const open = openAt(root, 'blocks');
		open.delete('stages.1');
		open.add('stages.2.blocks.3');
		expect(printOpen(root, open)).toBe('blocks,stages.2.blocks.3,!stages.1');
	});

	it('names what it can not open and keeps the rest', () => {
		const { open, unknown } = parseOpen(root, 'stages,stages.2,stages.9,!nowhere');
		expect(open).toEqual(new Set(['stages.2']));
		expect(unknown).toEqual(['stages.9', '!nowhere']);
		expect(parseOpen(root, 'all')).toEqual({ open: openAt(root, 'blocks'), unknown: ['all'] });
	});
});
