import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseDesign } from '$lib/arch/analysis';
import { DESIGN_KEYS } from '$lib/arch/design';
import { ROADMAP } from '$lib/arch/roadmap';
import { openAt } from '$lib/diagram/viewer/open-code';
import {
	parseView,
	printView,
	VIEW_DEFAULTS,
	VIEW_KEYS,
	type View
} from '$lib/diagram/viewer/view-address';

const { root } = analyseDesign(ROADMAP[8]!.design);
const USUAL: View = {
	open: openAt(root, 'blocks'),
	choices: VIEW_DEFAULTS,
	place: null,
	node: null
};
const read = (entries: readonly (readonly [string, string])[]) =>
	parseView(root, new URLSearchParams(entries.map((entry) => [...entry])));

const view: fc.Arbitrary<View> = fc.record({
	open: fc.subarray([...openAt(root, 'ops')]).map((paths) => new Set(paths)),
	choices: fc.record({
		flow: fc.constantFrom('down' as const, 'right' as const),
		boxes: fc.constantFrom('funnel' as const, 'plain' as const),
		repeats: fc.constantFrom('each' as const, 'folded' as const),
		show: fc.constantFrom('none' as const, 'macs' as const, 'intensity' as const, 'time' as const),
		mixes: fc.constantFrom('hidden' as const, 'shown' as const)
	}),
	place: fc.option(
		fc.record({
			scale: fc.integer({ min: 3, max: 300 }).map((percent) => percent / 100),
			x: fc.integer({ min: 0, max: 1000 }).map((share) => share / 1000),
			y: fc.integer({ min: 0, max: 1000 }).map((share) => share / 1000)
		})
	),
	node: fc.option(fc.constantFrom('stem', 'stages.2.blocks.3', 'head'))
});

describe('a view in the address', () => {
	it('is nothing where all is as usual', () => {
		expect(printView(root, USUAL)).toEqual([]);
		expect(read([])).toEqual({ view: USUAL, problems: [] });
	});

	it('comes back exactly', () => {
		fc.assert(
			fc.property(view, (printed) => {
				const { view: found, problems } = read(printView(root, printed));
				expect(found).toEqual({ ...printed, open: new Set(printed.open) });
				expect(problems).toEqual([]);
			})
		);
	});

	it('has keys of its own, beside those of a design', () => {
		expect(DESIGN_KEYS.filter((key) => VIEW_KEYS.has(key))).toEqual([]);
	});

	it('names what it does not take, and keeps the rest', () => {
		const { view: found, problems } = read([
			['show', 'beauty'],
			['flow', 'right'],
			['zoom', '99,0.5,0.5'],
			['node', 'stages.7'],
			['open', 'stages,stages.9']
		]);
		expect(problems.map(({ key, value }) => [key, value])).toEqual([
			['open', 'stages.9'],
			['show', 'beauty'],
			['zoom', '99,0.5,0.5'],
			['node', 'stages.7']
		]);
		expect(found).toEqual({
			...USUAL,
			open: openAt(root, 'stages'),
			choices: { ...VIEW_DEFAULTS, flow: 'right' }
		});
	});
});
