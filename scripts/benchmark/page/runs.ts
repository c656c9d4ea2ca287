import type { Design } from '../../../src/lib/arch/design';
import { findNamedDesign } from '../../../src/lib/arch/named-designs';
import { ROADMAP, stepName } from '../../../src/lib/arch/roadmap';
import { analyse } from '../../../src/lib/measure/analyse';
import { startRun } from '../../../src/lib/measure/client';
import { runOptions } from '../../../src/lib/measure/protocol';
import type { Candidate, Estimate, RunOptions, RunResult } from '../../../src/lib/measure/types';

/*
 * Whole runs, as the measuring page makes them, for what the instrument promises and only a clock can
 * show.
 */

const named = (name: string): Candidate => {
	const found = findNamedDesign(name);
	if (!found) throw new Error(`There is no design called ${name}.`);
	return { id: name, label: name, design: found.design };
};

async function measure(options: RunOptions): Promise<RunResult> {
	const result = analyse(await startRun(options).ended);
	if (result.status.state === 'failed') throw new Error(JSON.stringify(result.status));
	return result;
}

/** A fixed number of rounds, whatever comes out. */
function fixedRounds(candidates: readonly Candidate[], rounds: number, seed = 1): RunOptions {
	const limits = { minRounds: rounds, maxRounds: rounds, minMeasuringMs: 0, seed };
	return { ...runOptions({ candidates, ...limits }), maxMeasuringMs: 600_000 };
}

/** A ratio between two candidates of a run. @throws if the run came to none */
function ratioOf(result: RunResult, id: string): Estimate {
	const ratio = result.candidates.find(({ candidate }) => candidate.id === id)?.ratio;
	if (!ratio) throw new Error(`No ratio of ${id}: ${JSON.stringify(result.status)}`);
	return ratio;
}

export interface RepeatedAa {
	readonly runs: number;
	/** Runs that told the network apart from itself. */
	readonly wrong: number;
	/** Runs whose ratio is off by more than 1.5 %. */
	readonly beyond: number;
	readonly ratios: readonly Estimate[];
}

/**
 * The smallest step against itself, as two sessions of the same bytes in a run as a visitor makes it, to
 * its target or the end of its time; each run with a worker and a seed of its own.
 */
export async function repeatAa(runs: number): Promise<RepeatedAa> {
	const ratios: Estimate[] = [];
	let wrong = 0;
	const [first, second] = [named('step1'), { ...named('step1'), id: 'step1#2' }];
	for (let seed = 1; seed <= runs; seed++) {
		const result = await measure(runOptions({ candidates: [first, second], seed }));
		ratios.push(ratioOf(result, second.id));
		if (result.candidates[1]!.verdict !== 'cannot-tell') wrong++;
	}
	const beyond = ratios.filter(({ value }) => Math.abs(value - 1) > 0.015).length;
	return { runs, wrong, beyond, ratios };
}

/** A block more in a network of 5 GMACs: 1.6 % more of them, to half a per cent. */
export async function moreMacs(rounds: number | null): Promise<{ macs: number; ratio: Estimate }> {
	const { design } = findNamedDesign('repvit-m2.3')!;
	const [first, second, third, last] = design.depths;
	const base: Design = { ...design, depths: [first + 3, second + 3, third, last] };
	const more: Design = { ...base, depths: [first + 3, second + 4, third, last] };
	const pair: Candidate[] = [
		{ id: 'base', label: 'base', design: base },
		{ id: 'more', label: 'more', design: more }
	];
	const result = await measure(
		rounds === null
			? runOptions({
					candidates: pair,
					targetRelative: 0.005,
					maxRounds: 4000,
					maxMeasuringMs: 1_200_000
				})
			: fixedRounds(pair, rounds)
	);
	const [a, b] = result.candidates;
	return { macs: b!.macs! / a!.macs!, ratio: ratioOf(result, 'more') };
}

/** So many that a shift of 1.5 % is seen where visits scatter by a tenth. */
const PAIR_ROUNDS = 400;

/** One step against another: for a machine that is quiet, and one that is not. */
export async function pairOfSteps(rounds: number | null, seed: number): Promise<Estimate> {
	const pair = [named('step0'), named('step3')];
	return ratioOf(await measure(fixedRounds(pair, rounds ?? PAIR_ROUNDS, seed)), 'step3');
}

const roadmap = (): Candidate[] => ROADMAP.map(({ step }) => named(stepName(step)));

export interface RoadmapRun {
	readonly seconds: number;
	readonly measuringSeconds: number;
	readonly rounds: number;
	readonly reason: string;
	/** The widest interval of a ratio, as half-width over the value. */
	readonly widest: number;
}

/** The nine steps as a visitor runs them, or for fewer rounds. */
export async function roadmapRun(rounds: number | null): Promise<RoadmapRun> {
	const candidates = roadmap();
	const start = performance.now();
	const result = await measure(
		rounds === null ? runOptions({ candidates }) : fixedRounds(candidates, rounds)
	);
	const widths = result.candidates.flatMap(({ ratio }) =>
		ratio ? [(ratio.high - ratio.low) / 2 / ratio.value] : []
	);
	return {
		seconds: (performance.now() - start) / 1000,
		measuringSeconds: result.measuringMs / 1000,
		rounds: result.roundCount,
		reason: 'reason' in result.status ? result.status.reason : result.status.state,
		widest: Math.max(...widths)
	};
}

/** Rounds before Stop: so many that what has been measured takes time to be analysed. */
const ROUNDS_BEFORE_STOP = 100;

export interface StopTimes {
	/** Until the worker is gone and the device free. */
	readonly freeMs: number;
	/** Until the result has been analysed, too, and the page is idle. */
	readonly mostMs: number;
	readonly rounds: number;
}

/**
 * The longest of the milliseconds from Stop, in the midst of a round, until the result is there and the page idle: with nine
 * networks, small so that a hundred rounds do not take long, and in turn with one whose one run takes half a second.
 */
export async function stopToIdle(times: number): Promise<StopTimes> {
	const { design } = findNamedDesign('step8')!;
	const least: Design = {
		...design,
		widths: [8, 16, 24, 32],
		depths: [1, 1, 1, 1],
		resolution: 128,
		classes: 10
	};
	const small = roadmap().map((each) => ({ ...each, design: least }));
	let freeMs = 0;
	let mostMs = 0;
	let rounds = 0;
	for (let i = 0; i < times; i++) {
		const isLong = i % 2 === 1;
		const candidates = isLong ? [named('step0'), named('repvit-m2.3')] : small;
		const handle = startRun(runOptions({ candidates, minRounds: 2 * ROUNDS_BEFORE_STOP }), {
			// As the page does, which shows figures while a run goes on.
			onDraw: analyse
		});
		const enough = isLong ? 3 : ROUNDS_BEFORE_STOP;
		await until(() => handle.record.rounds.length >= enough);
		await new Promise((resolve) => setTimeout(resolve, 137 * (i % 5)));
		const start = performance.now();
		handle.stop();
		freeMs = Math.max(freeMs, performance.now() - start);
		const result = analyse(await handle.ended);
		await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
		mostMs = Math.max(mostMs, performance.now() - start);
		rounds += result.roundCount;
	}
	return { freeMs, mostMs, rounds };
}

async function until(isTrue: () => boolean): Promise<void> {
	while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 20));
}
