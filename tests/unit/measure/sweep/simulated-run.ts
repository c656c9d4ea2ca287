import { runOptions } from '$lib/measure/protocol';
import { askedOf, cornerCandidates, type SweepPlan } from '$lib/measure/sweep/sweep-plan';
import type { CandidateResult, Sample } from '$lib/measure/types';
import { mulberry32, normal } from '$lib/stats/random';
import { median } from '$lib/stats/summary';

/** A run of a sweep as a device with known effects would give it. */
export function simulatedRun(
	plan: SweepPlan,
	{
		logOf,
		rounds = 24,
		seed = 1,
		noise = 0.02,
		drift = 0.1,
		persistence = 0,
		without = []
	}: {
		/** Logarithm of a corner's true time over 40 ms. */
		readonly logOf: (levels: readonly number[]) => number;
		readonly rounds?: number;
		readonly seed?: number;
		/** Of one visit, relative. */
		readonly noise?: number;
		/** What all visits of a round share, of a walk from round to round. */
		readonly drift?: number;
		/** What each visit keeps of its own noise in the round before. */
		readonly persistence?: number;
		/** Ids of corners that failed. */
		readonly without?: readonly string[];
	}
) {
	const random = mulberry32(seed);
	const candidates = cornerCandidates(plan);
	const referenceId = candidates[0]!.id;
	const samples = new Map<string, Sample[]>(candidates.map(({ id }) => [id, []]));
	let shared = 0;
	const lasting = new Map<string, number>();
	const fresh = Math.sqrt(1 - persistence ** 2);
	for (let round = 0; round < rounds; round++) {
		shared = 0.9 * shared + drift * normal(random);
		const visit = (levels: readonly number[], name: string) => {
			const before = lasting.get(name) ?? normal(random);
			const own = persistence * before + fresh * normal(random);
			lasting.set(name, own);
			return 40 * Math.exp(logOf(levels) + shared + noise * own);
		};
		for (const { id, levels } of plan.corners) {
			if (without.includes(id)) continue;
			samples.get(id)!.push({ round, ms: visit(levels, id) });
			if (id !== referenceId) continue;
			samples.get(id)!.push({ round, ms: visit(levels, `${id} again`), control: true });
		}
	}
	const reference = samples.get(referenceId)!;
	const results = candidates.map((candidate): CandidateResult => {
		const own = samples.get(candidate.id)!.filter(({ control }) => !control);
		const logs = own.map(({ ms }, round) => Math.log(ms / reference[2 * round]!.ms));
		const ratio = own.length > 0 ? Math.exp(median(logs)) : null;
		const middle = own.length > 0 ? median(own.map(({ ms }) => ms)) : null;
		const around = (value: number | null) =>
			value === null ? null : { value, low: value * 0.99, high: value * 1.01 };
		return {
			candidate,
			status: { state: 'done' },
			flags: [],
			params: 1,
			macs: 1,
			modelSha256: null,
			modelBytes: 1,
			cold: null,
			warmupRuns: 10,
			samples: samples.get(candidate.id)!,
			medianMs: around(middle),
			minMs: null,
			p10Ms: null,
			p90Ms: null,
			ratio: around(ratio),
			verdict: null,
			outliers: { mild: 0, extreme: 0 }
		};
	});
	return {
		candidates: results,
		options: runOptions({ candidates, seed, sweep: askedOf(plan) }),
		referenceId
	};
}
