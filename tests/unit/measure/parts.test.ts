import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BASELINE } from '$lib/arch/design';
import { measureTimerStep } from '$lib/measure/clock';
import { failureOf } from '$lib/measure/failure';
import { SILENCE, SilenceGuard } from '$lib/measure/guards/silence';
import { seededInput } from '$lib/measure/input';
import { parseCommand, parseEvent } from '$lib/measure/messages';
import { checkOutput, checksum } from '$lib/measure/output-check';
import { DEFAULT_OPTIONS, PROTOCOL, PROTOCOL_VERSION, runOptions } from '$lib/measure/protocol';
import { roundOrder } from '$lib/measure/schedule';
import { sha256 } from '$lib/measure/sha256';
import { isResolved, judge } from '$lib/measure/stop-rule';
import { APP_VERSION } from '$lib/measure/version';
import { planVisit } from '$lib/measure/visit';
import { isSteady } from '$lib/measure/warm-up';
import type { RoundRecord } from '$lib/measure/events';
import { FakeClock } from './fakes';

describe('the protocol', () => {
	it('is frozen all the way down', () => {
		expect(Object.isFrozen(PROTOCOL.visit)).toBe(true);
		expect(Object.isFrozen(DEFAULT_OPTIONS)).toBe(true);
	});

	it('has its version and every section that the code cites in METHODOLOGY.md', () => {
		const text = readFileSync('docs/METHODOLOGY.md', 'utf8');
		expect(text).toContain(`Protocol version ${PROTOCOL_VERSION}`);
		const headings = new Set(
			[...text.matchAll(/^#+ (\d+(?:\.\d+)?)\.? /gm)].map(([, number]) => number)
		);
		const files = readdirSync('src/lib/measure', { recursive: true, encoding: 'utf8' });
		const cited = files
			.filter((file) => file.endsWith('.ts'))
			.flatMap((file) => [
				...readFileSync(`src/lib/measure/${file}`, 'utf8').matchAll(/METHODOLOGY (\d+(?:\.\d+)?)/g)
			])
			.map(([, number]) => number);
		expect(cited.length).toBeGreaterThan(20);
		for (const section of cited) expect(headings).toContain(section);
	});

	it('has the numbers that METHODOLOGY.md has', () => {
		const text = readFileSync('docs/METHODOLOGY.md', 'utf8').replaceAll(/\s+/g, ' ');
		const { warmUp, visit, lane, round, guards, stop, page, outputCheck, checks } = PROTOCOL;
		const percent = (share: number) => `${share * 100} %`;
		const sentences = [
			`the median of its last ${warmUp.window} runs is within ${percent(warmUp.tolerance)}`,
			`after at least ${warmUp.minMs} ms of its own`,
			`Above ${visit.slowMs} ms a run the windows are ${warmUp.slowWindow} runs long`,
			`After ${warmUp.maxRuns} runs or ${warmUp.maxMs / 1000} s a design is taken as it is`,
			`m is ${visit.runs}, or 1 for designs above ${visit.slowMs} ms`,
			`must span at least ${visit.minTimerSteps} clock steps`,
			`longer than ${visit.maxBatchMs} ms the design is refused`,
			`for more than ${round.maxGapMs} ms nothing ran`,
			`has untimed runs for at least ${lane.settleMs} ms`,
			`says nothing for ${lane.startLimitMs / 1000} s`,
			`a charge below ${percent(guards.batteryLow)}`,
			`more than ${guards.throttledMs / 1000} s late`,
			`part by more than ${guards.clockJumpMs / 1000} s`,
			`+ ${guards.heapPerModelByte} × the model's bytes`,
			`from ${DEFAULT_OPTIONS.minRounds} rounds and ${DEFAULT_OPTIONS.minMeasuringMs / 1000} s of measuring on`,
			`intervals are taken at ${percent(stop.decisionLevel)} together`,
			`its half-width is at most ${percent(stop.maxDecidedHalfWidth)}`,
			`limits are ${DEFAULT_OPTIONS.maxRounds} rounds (\`round-limit\`) and ${DEFAULT_OPTIONS.maxMeasuringMs / 1000} s`,
			`at most every ${page.drawEveryMs} ms`,
			`waits for the page's answer, ${page.drawMaxMs / 1000} s at most`,
			`at most ± ${percent(checks.calibration)}`
		];
		for (const sentence of sentences) expect(text, sentence).toContain(sentence);
		for (const share of [outputCheck.float32, outputCheck.float16]) {
			expect(text).toContain(percent(share));
		}
	});

	it('carries the version of the package', () => {
		const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
		expect(APP_VERSION).toBe(version);
	});

	it('fills in what is not asked', () => {
		const candidates = [{ id: 'x', label: 'X', design: BASELINE }];
		expect(runOptions({ candidates, threads: 4 })).toEqual({
			...DEFAULT_OPTIONS,
			candidates,
			referenceId: 'x',
			threads: 4
		});
	});
});

describe('orders of rounds', () => {
	it('put each candidate in each place about equally often', () => {
		const first = new Map<string, number>();
		for (let round = 0; round < 1200; round++) {
			const [stop] = roundOrder({ ids: ['a', 'b', 'c'], referenceId: 'a', seed: 3, round });
			first.set(stop!.id, (first.get(stop!.id) ?? 0) + 1);
		}
		expect(Math.abs(first.get('a')! - 600)).toBeLessThan(70);
		expect(Math.abs(first.get('b')! - 300)).toBeLessThan(70);
	});
});

describe('the plan of a visit', () => {
	it('is three runs, one above 60 ms', () => {
		expect(planVisit(10, 0.005)).toEqual({ timing: 'each', runs: 3 });
		expect(planVisit(70, 0.005)).toEqual({ timing: 'each', runs: 1 });
	});

	it('becomes a batch where the clock is too coarse', () => {
		expect(planVisit(0.2, 0.005)).toEqual({ timing: 'batch', runs: 5 });
		expect(planVisit(10, 1)).toEqual({ timing: 'batch', runs: 20 });
		expect(planVisit(80, 1.0000000149)).toEqual({ timing: 'batch', runs: 3 });
		expect(planVisit(300, 1)).toEqual({ timing: 'each', runs: 1 });
	});

	it('is refused where no batch would do', () => {
		expect(planVisit(10, 16.7)).toMatchObject({ reason: 'too-fast-for-timer' });
		expect(planVisit(10, Infinity)).toMatchObject({ reason: 'too-fast-for-timer' });
		expect(planVisit(0, 0.1)).toMatchObject({ reason: 'too-fast-for-timer' });
	});
});

describe('steadiness', () => {
	const level = (ms: number, runs: number) => new Array<number>(runs).fill(ms);

	it('needs two windows that agree within 3 %, and 300 ms', () => {
		expect(isSteady(level(20, 20), 0)).toBe(true);
		expect(isSteady(level(20, 19), 0)).toBe(false);
		expect(isSteady(level(1, 20), 0)).toBe(false);
		expect(isSteady(level(1, 300), 0)).toBe(true);
		expect(isSteady([...level(22, 10), ...level(20, 10)], 0)).toBe(false);
		expect(isSteady([...level(20.5, 10), ...level(20, 10)], 0)).toBe(true);
	});

	it('takes shorter windows for slow designs, and grants a coarse clock its step', () => {
		expect(isSteady(level(100, 10), 0)).toBe(true);
		expect(isSteady(level(100, 9), 0)).toBe(false);
		expect(isSteady([...level(21, 10), ...level(20, 10)], 1)).toBe(true);
	});
});

describe('the clock', () => {
	it('shows its step', () => {
		const clock = new FakeClock();
		for (const step of [0.005, 0.1, 1]) {
			clock.stepMs = step;
			expect(measureTimerStep(clock.read)).toBeCloseTo(step, 6);
		}
	});
});

describe('the stop rule', () => {
	const options = runOptions({
		candidates: ['a', 'b'].map((id) => ({ id, label: id, design: BASELINE }))
	});
	const rounds = (count: number, spread: number): RoundRecord[] =>
		Array.from({ length: count }, (_, round) => {
			const swing = 1 + spread * Math.sin(round * 2.4);
			return {
				round,
				startMs: 0,
				durationMs: 400,
				visits: [
					{ id: 'a', control: false, ms: [100] },
					{ id: 'a', control: true, ms: [100] },
					{ id: 'b', control: false, ms: [100 * swing] }
				]
			};
		});
	const ask = (all: RoundRecord[], spentMs = all.length * 400) =>
		judge({
			run: options,
			rounds: all,
			ids: ['a', 'b'],
			referenceId: 'a',
			spentMs,
			expectedRounds: 0
		});

	it('looks every tenth round only, after enough rounds and time', () => {
		expect(ask(rounds(20, 0))).toEqual({ stop: 'precise-enough', expectedRounds: 20 });
		expect(ask(rounds(19, 0)).stop).toBeNull();
		expect(ask(rounds(21, 0)).stop).toBeNull();
		expect(ask(rounds(10, 0), 60_000)).toMatchObject({ stop: null });
		expect(ask(rounds(20, 0), 4000)).toEqual({
			stop: null,
			expectedRounds: PROTOCOL.page.typicalRounds
		});
	});

	it('goes on while an interval is too wide, and says for how long', () => {
		const { stop, expectedRounds } = ask(rounds(20, 0.08));
		expect(stop).toBeNull();
		expect(expectedRounds).toBeGreaterThan(20);
		expect(expectedRounds % 10).toBe(0);
	});

	it('ends at the limits', () => {
		expect(ask(rounds(400, 0.3)).stop).toBe('round-limit');
		expect(ask(rounds(30, 0.3), 120_000).stop).toBe('time-limit');
	});

	it('calls an interval resolved that is narrow, or clear and not much too wide', () => {
		expect(isResolved({ value: 1, low: 0.985, high: 1.015 }, 0.02)).toBe(true);
		expect(isResolved({ value: 1, low: 0.96, high: 1.04 }, 0.02)).toBe(false);
		expect(isResolved({ value: 1.3, low: 1.26, high: 1.34 }, 0.02)).toBe(true);
		expect(isResolved({ value: 1.6, low: 1.4, high: 1.8 }, 0.02)).toBe(false);
		expect(isResolved({ value: 1, low: 1, high: 1, roundsNeeded: 11 }, 0.02)).toBe(false);
	});
});

describe('the check of an output', () => {
	it('names what is wrong', () => {
		expect(checkOutput(Float32Array.of(1, -2), 2)).toBeNull();
		expect(checkOutput(Float32Array.of(1), 2)?.detail).toMatch(/1 values where 2/);
		expect(checkOutput(Float32Array.of(1, Infinity), 2)?.detail).toBe('value 1 is Infinity');
		expect(checkOutput(new Float32Array(2), 2)?.detail).toBe('all values are zero');
	});

	it('has a checksum of the bytes, views included', () => {
		const whole = Float32Array.of(9, 1, 2, 9);
		expect(checksum(whole.subarray(1, 3))).toBe(checksum(Float32Array.of(1, 2)));
		expect(checksum(Float32Array.of(1, 2))).not.toBe(checksum(Float32Array.of(2, 1)));
		expect(checksum(whole)).toMatch(/^[0-9a-f]{8}$/);
	});
});

describe('inputs and hashes', () => {
	it('are seeded, in [-2, 2), C order', () => {
		const input = seededInput([1, 3, 4, 4], 11);
		expect(input).toHaveLength(48);
		expect(input).toEqual(seededInput([1, 3, 4, 4], 11));
		expect(Math.min(...input)).toBeGreaterThanOrEqual(-2);
		expect(Math.max(...input)).toBeLessThan(2);
	});

	it('SHA-256 of the empty string is the well-known one', async () => {
		expect(await sha256(new Uint8Array())).toBe(
			'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
		);
	});
});

describe('reasons', () => {
	it('tell a lack of memory from a refusal', () => {
		const reasonOf = (message: string) => failureOf(new Error(message), 'model-refused').reason;
		expect(reasonOf('Aborted(OOM)')).toBe('out-of-memory');
		expect(reasonOf('std::bad_alloc')).toBe('out-of-memory');
		expect(reasonOf('Array buffer allocation failed')).toBe('out-of-memory');
		expect(reasonOf('No Op registered for Gelu')).toBe('model-refused');
		expect(failureOf('text', 'illegal-design')).toEqual({
			reason: 'illegal-design',
			detail: 'text'
		});
	});
});

describe('silence', () => {
	it('is measured by what the worker does, and by how silent it has been before', () => {
		const ticksUntilLost = (guard: SilenceGuard) => {
			let ticks = 1;
			while (!guard.tick()) ticks++;
			return ticks;
		};
		const starting = new SilenceGuard();
		expect(ticksUntilLost(starting)).toBeGreaterThan(SILENCE.startingMs / SILENCE.tickMs);
		const running = new SilenceGuard();
		running.heard('running');
		expect(ticksUntilLost(running)).toBe(SILENCE.runningMs / SILENCE.tickMs + 1);
		const slow = new SilenceGuard();
		slow.heard('running');
		for (let i = 0; i < 5; i++) slow.tick();
		slow.heard('running');
		expect(ticksUntilLost(slow)).toBe((SILENCE.factor * 5000) / SILENCE.tickMs + 1);
	});
});

describe('messages', () => {
	it('are parsed on both sides', () => {
		expect(parseEvent({ type: 'heartbeat', id: 'a' })).toEqual({ type: 'heartbeat', id: 'a' });
		expect(() => parseEvent({ type: 'heartbeat' })).toThrow();
		expect(() => parseEvent({ type: 'unheard-of' })).toThrow();
		expect(parseCommand({ type: 'visibility', visible: true })).toMatchObject({ visible: true });
		expect(() => parseCommand(null)).toThrow();
	});

	it('refuse designs that are none, and ids that repeat', () => {
		const start = (design: object, ids = ['a', 'b']) => ({
			type: 'start',
			threads: 1,
			resume: { rounds: [], nextRound: 0, skip: [], plans: [] },
			options: {
				...DEFAULT_OPTIONS,
				referenceId: 'a',
				candidates: ids.map((id) => ({ id, label: id, design: { ...BASELINE, ...design } }))
			}
		});
		expect(parseCommand(start({}))).toMatchObject({ type: 'start' });
		expect(parseCommand(start({ widths: [48, 96, 192, 384] }))).toMatchObject({ type: 'start' });
		expect(() => parseCommand(start({ kernel: 4 }))).toThrow();
		expect(() => parseCommand(start({ widths: [48, 96, 192, 383] }))).toThrow();
		expect(() => parseCommand(start({ depths: [1, 2, 5] }))).toThrow();
		expect(() => parseCommand(start({}, ['a', 'a']))).toThrow();
	});
});
