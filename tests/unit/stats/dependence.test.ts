import { describe, expect, it } from 'vitest';
import {
	blockLengthFor,
	checkedRatioInterval,
	lagOneCorrelation,
	memoisedBlocks
} from '$lib/stats/dependence';
import { ratioInterval } from '$lib/stats/paired';
import { normal, type Random } from '$lib/stats/random';
import { drawResamples } from '$lib/stats/resample';
import { trialRandom } from './simulate';

/** Each value keeps a share `rho` of the one before. */
function autoregressive(rounds: number, rho: number, random: Random): Float64Array {
	let value = normal(random);
	return Float64Array.from({ length: rounds }, () => {
		value = rho * value + Math.sqrt(1 - rho * rho) * normal(random);
		return 0.01 * value;
	});
}

function blocksOf(rounds: number, random: Random) {
	return memoisedBlocks((blockLength) => drawResamples({ rounds, random, size: 400, blockLength }));
}

describe('dependence of neighbours', () => {
	it('is found, and one wild value does not hide it', () => {
		const values = autoregressive(400, 0.7, trialRandom(5, 1));
		expect(lagOneCorrelation(values)).toBeGreaterThan(0.6);
		const wild = values.slice();
		wild[200] = 40;
		expect(lagOneCorrelation(wild)).toBeGreaterThan(0.6);
		expect(Math.abs(lagOneCorrelation(autoregressive(400, 0, trialRandom(5, 2))))).toBeLessThan(
			0.15
		);
		expect(lagOneCorrelation(Float64Array.of(1, 2))).toBeNaN();
	});

	it('changes nothing for independent rounds', () => {
		const random = trialRandom(6, 1);
		const logs = autoregressive(60, 0, random);
		const draw = blocksOf(60, random);
		const checked = checkedRatioInterval(logs, draw, 0.95)!;
		expect(checked.blockLength).toBe(1);
		expect(checked.interval).toEqual(ratioInterval(logs, draw(1), 0.95));
	});

	it('asks for blocks once a length', () => {
		const asked: number[] = [];
		const draw = memoisedBlocks((blockLength) => {
			asked.push(blockLength);
			return drawResamples({ rounds: 40, random: trialRandom(7, 1), blockLength, size: 10 });
		});
		const logs = autoregressive(40, 0.9, trialRandom(6, 3));
		expect(checkedRatioInterval(logs, draw, 0.95)!.blockLength).toBe(blockLengthFor(40));
		checkedRatioInterval(logs, draw, 0.95);
		expect(asked).toEqual([6]);
	});

	it('is left alone where the rounds are too few for any interval', () => {
		const draw = blocksOf(4, trialRandom(6, 4));
		const checked = checkedRatioInterval(Float64Array.of(0, 0.01, 0.02, 0.03), draw, 0.95)!;
		expect(checked).toMatchObject({ blockLength: 1, interval: { roundsNeeded: 6 } });
		expect(
			checkedRatioInterval(Float64Array.of(NaN, 1), blocksOf(2, trialRandom(1, 1)), 0.95)
		).toBeNull();
	});

	it('covers what plain resampling does not: correlation 0.5 and 0.7', () => {
		for (const [rho, rounds, least] of [
			[0.5, 100, 0.92],
			[0.7, 100, 0.89]
		] as const) {
			let checkedHolds = 0;
			let plainHolds = 0;
			const trials = 250;
			for (let trial = 0; trial < trials; trial++) {
				const random = trialRandom(9, trial);
				const logs = autoregressive(rounds, rho, random);
				const draw = blocksOf(rounds, random);
				const { low, high } = checkedRatioInterval(logs, draw, 0.95)!.interval;
				if (low <= 1 && high >= 1) checkedHolds++;
				const plain = ratioInterval(logs, draw(1), 0.95)!;
				if (plain.low <= 1 && plain.high >= 1) plainHolds++;
			}
			expect(checkedHolds / trials).toBeGreaterThanOrEqual(least);
			expect(plainHolds / trials).toBeLessThan(0.87);
		}
	});
});
