import { mulberry32, normal, shuffled, type Random } from '$lib/stats/random';

/** How the clock of a shared machine behaves: it drifts, and a neighbour comes and goes. */
export interface NoiseOptions {
	readonly random: Random;
	/** Correlation of the log latency from one visit to the next. */
	readonly persistence?: number;
	/** Standard deviation of the drift itself. */
	readonly driftSd?: number;
	/** Independent jitter of each visit. */
	readonly jitterSd?: number;
	/** Chance per visit that a x1.5 regime starts or ends. */
	readonly switchChance?: number;
}

/** Log noise, one number a visit: AR(1) drift, regimes of x1.5, and jitter. */
export function machineNoise(options: NoiseOptions): () => number {
	const {
		random,
		persistence = 0.9,
		driftSd = 0.05,
		jitterSd = 0.01,
		switchChance = 0.01
	} = options;
	const innovation = driftSd * Math.sqrt(1 - persistence ** 2);
	let drift = normal(random) * driftSd;
	let busy = random() < 0.5;
	return () => {
		drift = persistence * drift + innovation * normal(random);
		if (random() < switchChance) busy = !busy;
		return drift + (busy ? Math.log(1.5) : 0) + jitterSd * normal(random);
	};
}

/** Values of designs visited in turn, in random order, a fresh one each round: `values[design][round]`. */
export function interleaved(options: {
	readonly trueMs: readonly number[];
	readonly rounds: number;
	readonly random: Random;
	readonly noise: () => number;
}): number[][] {
	const { trueMs, rounds, random, noise } = options;
	const values = trueMs.map(() => new Array<number>(rounds));
	for (let round = 0; round < rounds; round++) {
		for (const design of shuffled([...trueMs.keys()], random)) {
			values[design]![round] = trueMs[design]! * Math.exp(noise());
		}
	}
	return values;
}

/** Values of designs measured one after the other: all of the first, then all of the second. */
export function blocked(
	trueMs: readonly number[],
	rounds: number,
	noise: () => number
): number[][] {
	return trueMs.map((ms) => Array.from({ length: rounds }, () => ms * Math.exp(noise())));
}

/** A stream of its own for each trial. */
export function trialRandom(seed: number, trial: number): Random {
	return mulberry32(seed * 100_003 + trial);
}
