import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseDesign } from '$lib/arch/analysis';
import { ops, walk } from '$lib/arch/module';
import { ROADMAP } from '$lib/arch/roadmap';
import { heatOf } from '$lib/diagram/heat';
import { defaultOpen } from '$lib/diagram/layout/visible';
import { drawnPaths } from '$lib/diagram/open-to';
import { heatFor } from '$lib/diagram/values/heat-for';
import { metricsFor, type Metric } from '$lib/diagram/values/metric';
import { linearScale, logScale, placeOn, valueAt } from '$lib/diagram/values/scale';
import { formatBytes } from '$lib/diagram/values/value-text';
import { formatShare } from '$lib/ui/format';
import { metricValues, sumTimes } from '$lib/diagram/values/values';

const M09 = analyseDesign(ROADMAP[8]!.design);
const NBSP = '\u00a0';

describe('scales', () => {
	it('give back the value at a place, and stay at their ends', () => {
		const positive = fc.double({ min: 1e-3, max: 1e9, noNaN: true });
		fc.assert(
			fc.property(
				fc.array(positive, { minLength: 2 }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				(values, place) => {
					for (const scale of [linearScale(values), logScale(values)]) {
						if (scale.to / scale.from < 1.0001) continue;
						expect(placeOn(scale, valueAt(scale, place))).toBeCloseTo(place, 6);
						for (const value of values) {
							expect(placeOn(scale, value)).toBeGreaterThanOrEqual(0);
							expect(placeOn(scale, value)).toBeLessThanOrEqual(1);
						}
						expect(placeOn(scale, Math.max(...values))).toBe(1);
						expect(placeOn(scale, 0)).toBe(0);
					}
				}
			)
		);
	});

	it('put half as much half as far up, or a ratio at the same distance', () => {
		expect(placeOn(linearScale([2, 8]), 4)).toBe(0.5);
		expect(placeOn(logScale([1, 100]), 10)).toBeCloseTo(0.5, 12);
	});

	it('are at their foot where there is nothing', () => {
		expect(placeOn(linearScale([]), 0)).toBe(0);
		expect(placeOn(logScale([0, 0]), 0)).toBe(0);
	});
});

describe('heatFor', () => {
	it.each(metricsFor({ hasTimes: false }))(
		'has a figure for every part of the tree: %s',
		(metric) => {
			const { heat } = heatFor({ analysis: M09, metric });
			for (const { node, path } of walk(M09.root)) {
				if (node.kind === 'op' && node.op.type === 'identity') continue;
				const entry = heat.get(path)!;
				expect(entry.text).not.toBe('');
				expect(entry.share).toBeGreaterThanOrEqual(0);
				expect(entry.share).toBeLessThanOrEqual(1);
			}
		}
	);

	it.each([0, 1, 2, Infinity])(
		'ends at the largest piece that is drawn, opened %s deep',
		(depth) => {
			const drawn = drawnPaths(M09.root, defaultOpen(M09.root, depth));
			const { heat, legend } = heatFor({ analysis: M09, metric: 'macs', drawn });
			const macs = drawn.map((path) => M09.costs.get(path)!.macs);
			expect(legend.scale).toEqual({ kind: 'linear', from: 0, to: Math.max(...macs) });
			// Pieces are the whole, each counted once: colours can be compared, and added up.
			expect(macs.reduce((sum, x) => sum + x, 0)).toBe(M09.total.macs);
			for (const [index, path] of drawn.entries()) {
				expect(heat.get(path)!.share).toBeCloseTo(macs[index]! / Math.max(...macs), 12);
			}
		}
	);

	it('keeps one scale for what does not add up, however the drawing is opened', () => {
		for (const metric of ['intensity', 'shape'] as const) {
			const [closed, open] = [0, 3].map((depth) =>
				heatFor({
					analysis: M09,
					metric,
					drawn: drawnPaths(M09.root, defaultOpen(M09.root, depth))
				})
			);
			expect(closed!.legend).toEqual(open!.legend);
		}
		const { heat, legend } = heatFor({ analysis: M09, metric: 'intensity' });
		expect(legend.scale.kind).toBe('log');
		const shares = [...ops(M09.root)].flatMap(({ path }) => heat.get(path)?.share ?? []);
		expect([Math.min(...shares), Math.max(...shares)]).toEqual([0, 1]);
		const block = 'stages.2.blocks.4';
		expect(heat.get(`${block}.token_mixer`)!.share).toBeLessThan(
			heat.get(`${block}.channel_mixer`)!.share
		);
	});

	it('writes what the figures are', () => {
		const textAt = (metric: Parameters<typeof heatFor>[0]['metric'], path: string) =>
			heatFor({ analysis: M09, metric }).heat.get(path)!.text;
		const block = 'stages.2.blocks.4';
		expect(textAt('shape', block)).toBe('192 × 14 × 14');
		expect(textAt('params', block)).toBe(`169${NBSP}k`);
		expect(textAt('macs', block)).toBe(`29.3${NBSP}M`);
		expect(textAt('macs-share', '')).toBe(`100${NBSP}%`);
		expect(textAt('activations', 'head')).toMatch(/kB$/);
	});

	it('takes a run of blocks that is drawn as one for what they are together', () => {
		const paths = [1, 3, 5].map((block) => `stages.2.blocks.${block}`);
		const run = new Map([['run', paths]]);
		const valueOf = (metric: Metric) =>
			metricValues({ analysis: M09, metric, runs: run }).get('run');
		const one = M09.costs.get(paths[0]!)!;
		expect(valueOf('macs')).toBe(3 * one.macs);
		expect(valueOf('macs-share')).toBeCloseTo((3 * one.macs) / M09.total.macs, 12);
		expect(valueOf('shape')).toBe(192 * 14 * 14);
		// Three equal blocks are as intense as one.
		expect(valueOf('intensity')).toBeCloseTo(
			metricValues({ analysis: M09, metric: 'intensity' }).get(paths[0]!)!,
			12
		);
		const { heat, legend } = heatFor({ analysis: M09, metric: 'macs', runs: run, drawn: ['run'] });
		expect(legend.scale.to).toBe(3 * one.macs);
		expect(heat.get('run')!.share).toBe(1);
		expect(heatFor({ analysis: M09, metric: 'shape', runs: run }).heat.get('run')!.text).toBe(
			'192 × 14 × 14'
		);
		expect(valueOf('time')).toBeUndefined();
	});

	it('fills the drawing in the way that it takes heat', () => {
		const { heat } = heatFor({ analysis: M09, metric: 'macs' });
		expect(heatOf(heat, ['stages.2'])!.color).toContain('100%');
		expect(heatOf(heat, ['stages.2'])!.text).toBe(heat.get('stages.2')!.text);
	});
});

describe('times', () => {
	const times = new Map([
		['stem.conv1', 0.5],
		['stem.conv2', 0.25],
		['stages.0.blocks.0.channel_mixer', 0.125],
		['stages.0.blocks.0.channel_mixer.body.conv1', 1]
	]);

	it('are offered only where there are any', () => {
		expect(metricsFor({ hasTimes: false })).not.toContain('time');
		expect(metricsFor({ hasTimes: true })).toContain('time');
	});

	it('are summed up the tree, a join of its own among them; what is unknown is left out', () => {
		const sums = sumTimes(M09.root, times);
		expect(sums.get('stem')).toBe(0.75);
		expect(sums.get('stages.0.blocks.0.channel_mixer')).toBe(1.125);
		expect(sums.get('')).toBe(1.875);
		expect(sums.has('stem.act')).toBe(false);
		expect(sums.has('stages.1')).toBe(false);
		const { heat } = heatFor({ analysis: M09, metric: 'time', timesMs: times });
		expect(heat.get('stem')!.text).toBe(`0.750${NBSP}ms`);
		expect(heat.has('stages.1')).toBe(false);
		expect(metricValues({ analysis: M09, metric: 'time' }).size).toBe(0);
	});
});

it('never calls something nothing', () => {
	expect(formatShare(0)).toBe(`0${NBSP}%`);
	expect(formatShare(0.0001)).toBe(`<${NBSP}0.1${NBSP}%`);
	expect(formatShare(0.0347)).toBe(`3.5${NBSP}%`);
	expect(formatShare(0.0996)).toBe(`10${NBSP}%`);
	expect(formatBytes(768)).toBe(`768${NBSP}B`);
	expect(formatBytes(301_056)).toBe(`301${NBSP}kB`);
});
