import { describe, expect, it } from 'vitest';
import { liveInterval } from '$lib/charts/live';
import { layoutStrip, relativeDomain } from '$lib/charts/sample-strip';
import { nextSorting, sortRows, type SortKey } from '$lib/charts/sort-rows';
import { candidateResult, estimate, resultRows } from './sample-data';

describe('sortRows', () => {
	const ids = (key: SortKey, direction: 'ascending' | 'descending') =>
		sortRows(resultRows(), { key, direction }).map(({ id }) => id);

	it('sorts by figures, and keeps what has none last both ways', () => {
		expect(ids('median', 'ascending').slice(0, 2)).toEqual(['step1', 'step0']);
		expect(ids('median', 'ascending').at(-1)).toBe('own0');
		expect(ids('median', 'descending')[0]).toBe('step6');
		expect(ids('median', 'descending').at(-1)).toBe('own0');
		expect(ids('top1', 'descending')[0]).toBe('step8');
	});

	it('sorts names by name and counts the reference as ratio 1', () => {
		expect(ids('label', 'ascending')[0]).toBe('own0');
		expect(ids('ratio', 'ascending').slice(0, 2)).toEqual(['step1', 'step0']);
	});

	it('goes round: ascending, descending, as measured', () => {
		const first = nextSorting({ key: 'order', direction: 'ascending' }, 'macs');
		const second = nextSorting(first, 'macs');
		expect(first).toEqual({ key: 'macs', direction: 'ascending' });
		expect(second).toEqual({ key: 'macs', direction: 'descending' });
		expect(nextSorting(second, 'macs').key).toBe('order');
		expect(ids('order', 'ascending')).toEqual(resultRows().map(({ id }) => id));
	});
});

describe('sample strips', () => {
	const results = [candidateResult('a', 'A', 1), candidateResult('b', 'B', 2)];
	const size = { width: 160, height: 30 };

	it('draw every sample inside the strip', () => {
		const domain = relativeDomain(results)!;
		for (const result of results) {
			const { dots } = layoutStrip({ result, domain, ...size })!;
			const points = [...dots.matchAll(/M([\d.]+) ([\d.]+)h0/g)];
			expect(points).toHaveLength(result.samples.length);
			for (const [, x, y] of points) {
				expect(Number(x)).toBeGreaterThanOrEqual(0);
				expect(Number(x)).toBeLessThanOrEqual(160);
				expect(Number(y)).toBeLessThanOrEqual(30);
			}
		}
	});

	it('share the place of the median', () => {
		const domain = relativeDomain(results)!;
		const [a, b] = results.map((result) => layoutStrip({ result, domain, ...size })!.median);
		expect(a).toBe(b);
	});

	it('turn to a logarithmic axis for a far outlier rather than hide it', () => {
		const slow = candidateResult('a', 'A', 1, {
			samples: [...results[0]!.samples, { round: 40, ms: 900 }]
		});
		const domain = relativeDomain([slow])!;
		expect(layoutStrip({ result: slow, domain, ...size })!.logarithmic).toBe(true);
	});

	it('are absent without samples, and stand with one', () => {
		const none = candidateResult('a', 'A', 1, { samples: [], medianMs: null });
		expect(relativeDomain([none])).toBeNull();
		expect(layoutStrip({ result: none, domain: [1, 1], ...size })).toBeNull();
		const one = candidateResult('a', 'A', 1, { samples: [{ round: 0, ms: 40 }], medianMs: null });
		const strip = layoutStrip({ result: one, domain: relativeDomain([one])!, ...size })!;
		expect(strip.dots).toBe('M80.0 4.0h0');
	});
});

describe('liveInterval', () => {
	const result = { ratio: estimate(1.8, 0.05), medianMs: estimate(40, 0.01) };

	it('shows how far the ratio is from the target', () => {
		const live = liveInterval(result, 0.02, false)!;
		expect(live.relative).toBeCloseTo(0.05);
		expect(live.reached).toBe(false);
		expect(live.share).toBeGreaterThan(live.targetShare);
	});

	it('shows the median of the reference, and fills the track at most', () => {
		expect(liveInterval(result, 0.02, true)!.reached).toBe(true);
		expect(liveInterval({ ...result, ratio: estimate(1, 0.9) }, 0.02, false)!.share).toBe(1);
	});

	it('is absent before there is an interval', () => {
		expect(liveInterval({ ratio: null, medianMs: null }, 0.02, false)).toBeNull();
		const ratio = { ...result.ratio, roundsNeeded: 9 };
		expect(liveInterval({ ...result, ratio }, 0.02, false)).toBeNull();
	});
});
