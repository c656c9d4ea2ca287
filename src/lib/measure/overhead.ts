import type { Clock } from './clock';
import type { OverheadSamples } from './events';
import type { WasmSession } from './backends/wasm';
import { PROTOCOL } from './protocol';
import { logRatios, ratioInterval } from '../stats/paired';
import { mulberry32 } from '../stats/random';
import { drawResamples } from '../stats/resample';
import { median } from '../stats/summary';
import type { Estimate, VisitPlan } from './types';
import { makeVisit } from './visit';

/**
 * Times one session by the instrument and by a bare loop in turn, so that what the instrument adds can
 * be seen (METHODOLOGY 9). The order is drawn anew each round.
 */
export async function sampleOverhead(options: {
	readonly session: WasmSession;
	readonly plan: VisitPlan;
	readonly rounds: number;
	readonly seed: number;
	readonly clock: Clock;
}): Promise<OverheadSamples> {
	const { session, plan, rounds, seed, clock } = options;
	const random = mulberry32(seed);
	const instrumentMs: number[][] = [];
	const bareMs: number[][] = [];
	const instrument = async () => instrumentMs.push(await makeVisit(session, plan, clock));
	const bare = async () => {
		const times: number[] = [];
		for (let i = 0; i < PROTOCOL.visit.discarded; i++) await session.bareRun();
		if (plan.timing === 'batch') {
			const start = performance.now();
			for (let i = 0; i < plan.runs; i++) await session.bareRun();
			times.push((performance.now() - start) / plan.runs);
		} else {
			for (let i = 0; i < plan.runs; i++) {
				const start = performance.now();
				await session.bareRun();
				times.push(performance.now() - start);
			}
		}
		bareMs.push(times);
	};
	for (let round = 0; round < rounds; round++) {
		const [first, second] = random() < 0.5 ? [instrument, bare] : [bare, instrument];
		await first();
		await second();
	}
	return { instrumentMs, bareMs };
}

/** Instrument over bare loop. */
export interface Overhead {
	readonly instrumentMedianMs: number;
	readonly bareMedianMs: number;
	/** Paired by round, with its 95 % interval. */
	readonly ratio: Estimate;
	readonly rounds: number;
}

/** @throws {RangeError} for fewer than two rounds */
export function analyseOverhead({ instrumentMs, bareMs }: OverheadSamples): Overhead {
	const rounds = instrumentMs.length;
	const logs = logRatios(
		instrumentMs.map((times) => median(times)),
		bareMs.map((times) => median(times))
	);
	const resamples = drawResamples({ rounds, random: mulberry32(1) });
	const ratio = ratioInterval(logs, resamples, PROTOCOL.report.level);
	if (!ratio) throw new RangeError('A comparison needs at least two rounds.');
	return {
		instrumentMedianMs: median(instrumentMs.flat()),
		bareMedianMs: median(bareMs.flat()),
		ratio,
		rounds
	};
}
