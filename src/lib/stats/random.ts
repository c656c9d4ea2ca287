/** Gives numbers in [0, 1), the same ones for the same seed on every machine. */
export type Random = () => number;

/**
 * Mulberry32: 32 bits of state, good enough for orders, inputs and resampling, and short enough to be
 * rebuilt elsewhere to check a result.
 */
export function mulberry32(seed: number): Random {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/**
 * A seed for one use out of a run's seed, so that two uses (orders, resamples) do not share a stream.
 * FNV-1a over the use's name and the seed.
 */
export function deriveSeed(seed: number, use: string): number {
	let hash = 0x811c9dc5;
	for (const char of `${use}:${seed}`) {
		hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193);
	}
	return hash >>> 0;
}

/** An integer in [0, below). */
export function randomInteger(random: Random, below: number): number {
	return Math.floor(random() * below);
}

/** The items in a random order (Fisher-Yates); the argument stays as it is. */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
	const order = [...items];
	for (let last = order.length - 1; last > 0; last--) {
		const other = randomInteger(random, last + 1);
		[order[last], order[other]] = [order[other]!, order[last]!];
	}
	return order;
}

/** A standard normal number (Box-Muller; the second of the pair is left unused). */
export function normal(random: Random): number {
	const radius = Math.sqrt(-2 * Math.log(1 - random()));
	return radius * Math.cos(2 * Math.PI * random());
}
