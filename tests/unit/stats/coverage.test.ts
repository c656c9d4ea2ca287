import { describe, expect, it } from 'vitest';
import { roundsNeeded, simultaneousLevel, widenedPercentiles } from '$lib/stats/interval';
import { logRatios, ratioInterval } from '$lib/stats/paired';
import { normal, type Random } from '$lib/stats/random';
import { drawResamples, resampledMedians } from '$lib/stats/resample';
import { median } from '$lib/stats/summary';
import { verdictOf } from '$lib/stats/verdict';
import { blocked, interleaved, machineNoise, trialRandom } from './simulate';

/** Fewer than a run draws, to keep the tests quick; the interval does not get better by it. */
const RESAMPLE_SIZE = 500;

function share(trials: number, holds: (trial: number) => boolean): number {
	let count = 0;
	for (let trial = 0; trial < trials; trial++) if (holds(trial)) count++;
	return count / trials;
}

/** All with median 0. */
const shapes: Record<string, (random: Random) => number> = {
	normal: (random) => normal(random),
	'heavy-tailed': (random) => normal(random) / Math.sqrt(-Math.log(1 - random())),
	skewed: (random) => Math.exp(normal(random)) - 1,
	bimodal: (random) => (random() < 0.5 ? -2 : 2) + normal(random) / 2
};

describe('the interval of a median', () => {
	for (const [name, draw] of Object.entries(shapes)) {
		for (const rounds of [20, 41]) {
			it(`holds the truth in about 95 % of trials: ${name}, ${rounds} rounds`, () => {
				const covered = share(400, (trial) => {
					const random = trialRandom(rounds, trial);
					const values = Float64Array.from({ length: rounds }, () => draw(random));
					const { low, high } = widenedPercentiles({
						value: median(values),
						resampled: resampledMedians(
							values,
							drawResamples({ rounds, random, size: RESAMPLE_SIZE })
						),
						count: rounds,
						level: 0.95
					});
					return low <= 0 && high >= 0;
				});
				expect(covered).toBeGreaterThanOrEqual(0.925);
				expect(covered).toBeLessThanOrEqual(0.99);
			});
		}
	}
});

describe('the interval of a ratio at few rounds', () => {
	/** A value's noise is 1 %, and the true ratio is 1. */
	function coverage(rounds: number, level: number, draw: (random: Random) => number) {
		const resamples = drawResamples({ rounds, random: trialRandom(7, rounds), size: 2000 });
		return share(600, (trial) => {
			const random = trialRandom(8, trial);
			const logs = Float64Array.from({ length: rounds }, () => 0.01 * draw(random));
			const interval = ratioInterval(logs, resamples, level)!;
			const isFew = rounds < roundsNeeded(level);
			expect(interval.roundsNeeded).toBe(isFew ? roundsNeeded(level) : undefined);
			if (isFew) expect(verdictOf(interval)).toBe('cannot-tell');
			return interval.low <= 1 && interval.high >= 1;
		});
	}

	const together = simultaneousLevel(0.95, 8);
	for (const [name, draw] of Object.entries(shapes)) {
		it(`holds the truth from 6 rounds on, and from 9 on in a family of eight: ${name}`, () => {
			for (const rounds of [6, 10]) {
				expect(coverage(rounds, 0.95, draw)).toBeGreaterThanOrEqual(0.935);
			}
			for (const rounds of [9, 10]) {
				expect(coverage(rounds, together, draw)).toBeGreaterThanOrEqual(0.985);
			}
		});
	}

	for (const name of ['normal', 'heavy-tailed', 'skewed']) {
		it(`is wide enough below that, and gives no verdict: ${name}`, () => {
			for (const rounds of [3, 5]) {
				expect(coverage(rounds, 0.95, shapes[name]!)).toBeGreaterThanOrEqual(0.925);
				expect(coverage(rounds, together, shapes[name]!)).toBeGreaterThanOrEqual(0.98);
			}
		});
	}
});

describe('on a machine that drifts and is shared', () => {
	const rounds = 40;
	const truth = 1.05;

	it('the paired interval holds the true ratio in 92 to 98 % of trials', () => {
		const covered = share(500, (trial) => {
			const random = trialRandom(2, trial);
			const [a, b] = interleaved({
				trueMs: [10 * truth, 10],
				rounds,
				random,
				noise: machineNoise({ random })
			});
			const resamples = drawResamples({ rounds, random, size: RESAMPLE_SIZE });
			const { low, high } = ratioInterval(logRatios(a!, b!), resamples, 0.95)!;
			return low <= truth && truth <= high;
		});
		expect(covered).toBeGreaterThanOrEqual(0.92);
		expect(covered).toBeLessThanOrEqual(0.98);
	});

	it('a blocked comparison with the same bootstrap holds it in under 60 %', () => {
		const covered = share(300, (trial) => {
			const random = trialRandom(3, trial);
			const [a, b] = blocked([10 * truth, 10], rounds, machineNoise({ random }));
			const logsOf = (values: number[]) => Float64Array.from(values, Math.log);
			const resampled = [a!, b!].map((values) =>
				resampledMedians(logsOf(values), drawResamples({ rounds, random, size: RESAMPLE_SIZE }))
			);
			const { low, high } = widenedPercentiles({
				value: median(logsOf(a!)) - median(logsOf(b!)),
				resampled: resampled[0]!.map((value, i) => value - resampled[1]![i]!),
				count: rounds,
				level: 0.95
			});
			return low <= Math.log(truth) && Math.log(truth) <= high;
		});
		expect(covered).toBeLessThan(0.6);
	});

	it('a design against itself says cannot-tell in at least 95 % of trials', () => {
		const undecided = share(400, (trial) => {
			const random = trialRandom(4, trial);
			const [a, b] = interleaved({
				trueMs: [10, 10],
				rounds,
				random,
				noise: machineNoise({ random })
			});
			const resamples = drawResamples({ rounds, random, size: RESAMPLE_SIZE });
			return verdictOf(ratioInterval(logRatios(a!, b!), resamples, 0.95)!) === 'cannot-tell';
		});
		expect(undecided).toBeGreaterThanOrEqual(0.95);
	});

	it('finds a true difference of 5 % on a quieter machine in at least 90 % of trials', () => {
		const found = share(200, (trial) => {
			const random = trialRandom(5, trial);
			const [a, b] = interleaved({
				trueMs: [10.5, 10],
				rounds: 80,
				random,
				noise: machineNoise({ random, driftSd: 0.03, switchChance: 0.004 })
			});
			const resamples = drawResamples({ rounds: 80, random, size: RESAMPLE_SIZE });
			return verdictOf(ratioInterval(logRatios(a!, b!), resamples, 0.95)!) === 'slower';
		});
		expect(found).toBeGreaterThanOrEqual(0.9);
	});

	it('nine intervals at once all hold in about 95 % of trials', () => {
		const trueMs = [10, 8, 9, 9.1, 12, 7.5, 11, 10.2, 10.1, 14];
		const level = simultaneousLevel(0.95, trueMs.length - 1);
		const covered = share(150, (trial) => {
			const random = trialRandom(6, trial);
			const values = interleaved({ trueMs, rounds, random, noise: machineNoise({ random }) });
			const resamples = drawResamples({ rounds, random, size: 2 * RESAMPLE_SIZE });
			return trueMs.slice(1).every((ms, i) => {
				const { low, high } = ratioInterval(
					logRatios(values[i + 1]!, values[0]!),
					resamples,
					level
				)!;
				return low <= ms / 10 && ms / 10 <= high;
			});
		});
		expect(covered).toBeGreaterThanOrEqual(0.92);
	});
});
