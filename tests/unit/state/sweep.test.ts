import { describe, expect, test } from 'vitest';
import { exampleRun } from '../measure/example-run';
import type { Design } from '$lib/arch/design';
import { findNamedDesign } from '$lib/arch/named-designs';
import type { Execution } from '$lib/measure/execution';
import type { BackendProbe, Offer } from '$lib/measure/probe';
import { defaultFactor } from '$lib/measure/sweep/factors';
import { profiledPrices } from '$lib/measure/sweep/profile-model';
import { sweepOf } from '$lib/measure/sweep/stored-sweep';
import { sweepPlan } from '$lib/measure/sweep/sweep-plan';
import { loadPrices, savePrices } from '$lib/state/prices-store';
import { Predictions } from '$lib/state/predictions';
import { SweepSetup } from '$lib/state/sweep-setup.svelte';
import { localSweepStore } from '$lib/state/sweep-store';
import { runResult } from '../charts/sample-data';
import { simulatedRun } from '../measure/sweep/simulated-run';
import { syntheticRun } from '../measure/synthetic';

const setup = (query = '') => {
	const fresh = new SweepSetup({ isolated: true, logicalCores: 4 });
	fresh.readQuery(new URLSearchParams(query));
	return fresh;
};

const onWasm = (threads: number): Execution => ({ backend: 'wasm', threads, precision: 'float32' });

const NOT_THERE: Offer = { offered: false, reason: 'no-api' };

function probeWith({ float32 }: { readonly float32: Offer }): BackendProbe {
	const none = { float32: NOT_THERE, float16: NOT_THERE };
	return {
		isolated: true,
		wasm: { offered: true },
		threads: { max: 4, limit: 'too-few-cores' },
		webgpu: { ...none, float32, adapter: null },
		webnn: { cpu: none, gpu: none, npu: none },
		page: { visible: true, battery: null }
	};
}

describe('a setup', () => {
	test('turns all eight choices in a fraction that fits the time', () => {
		const { sized, obstacle } = setup();
		expect(obstacle).toBeNull();
		expect(sized!.plan.factors).toHaveLength(8);
		expect(sized!.plan.resolution).toBeGreaterThanOrEqual(4);
		expect(sized!.beside).toHaveLength(9);
	});

	test('takes a larger plan for more time, never a smaller one', () => {
		const sizes = [1, 5, 20, 60].map(
			(minutes) =>
				setup(`base=repvit-m0.6&factors=stem,se,kernel,mixing,form&minutes=${minutes}`).sized!.plan
					.corners.length
		);
		expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
		expect(sizes[0]).toBe(16);
		expect(sizes.at(-1)).toBe(32);
		expect(setup('minutes=0.1').sized!.inTime).toBe(false);
	});

	test('stands in the address and comes back from it', () => {
		const first = setup(
			'base=repvit-m0.6&factors=se:none..alternate,stem&minutes=0.5&roadmap=0&threads=2'
		);
		expect(first.problems).toEqual([]);
		expect(first.values.factors.map(({ key }) => key)).toEqual(['stem', 'se']);
		const again = setup(first.search.slice(1));
		expect(again.values).toEqual(first.values);
		expect(again.search).toBe(first.search);
	});

	test('runs on what the address says, and says so in its own', () => {
		const onOneThread = setup();
		expect(onOneThread.values.execution).toEqual(onWasm(1));
		expect(onOneThread.search).not.toMatch(/threads|on=/);
		for (const [query, execution] of [
			['threads=2', onWasm(2)],
			['on=wasm-2', onWasm(2)],
			['on=webgpu-float16', { backend: 'webgpu', precision: 'float16' }],
			['on=webnn-npu', { backend: 'webnn', device: 'npu', precision: 'float32' }]
		] as const) {
			const one = setup(query);
			expect(one.problems).toEqual([]);
			expect(one.values.execution).toEqual(execution);
			expect(setup(one.search.slice(1)).values).toEqual(one.values);
		}
	});

	test('runs on one thing: more than one, or none that there is, is named', () => {
		const several = setup('on=webgpu,wasm-2');
		expect(several.values.execution).toEqual(onWasm(2));
		expect(several.problems).toEqual([
			{ code: 'several-executions', key: 'on', value: 'wasm-2,webgpu', allowed: 'wasm-2' }
		]);
		expect(setup('threads=3&on=webgpu').problems[0]).toMatchObject({ allowed: 'wasm-3' });
		expect(setup('threads=2&on=wasm-2').problems).toEqual([]);
		const none = setup('on=cuda');
		expect(none.values.execution).toEqual(onWasm(1));
		expect(none.problems).toMatchObject([{ code: 'bad-execution', value: 'cuda' }]);
	});

	test('is run on a device once the browser is known to have it', () => {
		const one = setup('base=repvit-m0.6&factors=se&roadmap=0');
		expect(one.isOffered).toBe(true);
		one.runOn('webgpu');
		expect(one.values.execution).toEqual({ backend: 'webgpu', precision: 'float32' });
		expect(one.isOffered).toBe(false);
		one.probe = probeWith({ float32: { offered: true } });
		expect(one.isOffered).toBe(true);
		const { candidates, threads } = one.options(one.sized!, () => '');
		expect(candidates.map(({ id }) => id)).toEqual(['s-', 's+']);
		expect(candidates.map(({ execution }) => execution?.backend)).toEqual(['webgpu', 'webgpu']);
		expect(threads).toBe(1);
		one.runOn('wasm-2');
		const onTwo = one.options(one.sized!, () => '');
		expect(onTwo.threads).toBe(2);
		expect(onTwo.candidates.every((each) => each.execution === undefined)).toBe(true);
		one.runOn('nothing-there-is');
		expect(one.values.execution).toEqual(onWasm(2));
	});

	test('takes no part in which kept run is shown', () => {
		const one = setup('run=20261127080000-0123456789abcdef');
		expect(one.problems).toEqual([]);
		expect(one.search).toBe(setup().search);
	});

	test('names what it does not take, and leaves it in the address', () => {
		const { problems, ownsAddress } = setup(
			'base=nothing&factors=se:none..3,x&minutes=0&colour=red'
		);
		expect(problems.map(({ code }) => code).sort()).toEqual([
			'bad-factor',
			'bad-factor',
			'bad-number',
			'unknown-base',
			'unknown-key'
		]);
		expect(ownsAddress).toBe(false);
	});

	test('swaps two values rather than making them one', () => {
		const one = setup('factors=se');
		one.setLevel('se', 'low', 'every');
		expect(one.factor('se')).toEqual({ key: 'se', low: 'every', high: 'none' });
	});

	test('without a choice has nothing to run; a network too large is refused', () => {
		const one = setup('factors=se');
		one.toggle('se');
		expect(one.obstacle).toEqual({ code: 'no-factors' });
		const heavy = setup('base=repvit-m2.3&factors=stem,se,kernel,mixing,classifier&roadmap=0');
		expect(heavy.obstacle?.code).toBe('too-heavy');
	});

	test('gives the time to measuring, and has the first corner as reference', () => {
		const one = setup('base=repvit-m0.6&factors=stem,se&minutes=2&roadmap=0');
		const options = one.options(one.sized!, () => '');
		expect(options.candidates.map(({ id }) => id)).toEqual(['s--', 's+-', 's-+', 's++']);
		expect(options.referenceId).toBe('s--');
		expect(options.sweep).toEqual({
			base: findNamedDesign('repvit-m0.6')!.design,
			factors: [defaultFactor('stem'), defaultFactor('se')],
			size: 4
		});
		expect(options.maxMeasuringMs).toBeLessThan(120_000);
		expect(options.maxMeasuringMs).toBeGreaterThan(60_000);
	});

	test('goes on for all the time given, however soon its ratios are known', () => {
		const one = setup('base=repvit-m0.6&factors=se&minutes=2&roadmap=0');
		const { maxMeasuringMs, minMeasuringMs, minRounds, maxRounds } = one.options(
			one.sized!,
			() => ''
		);
		const result = syntheticRun({
			trueMs: { 's-': 5, 's+': 6 },
			seed: 1,
			noise: () => 0,
			options: { maxMeasuringMs, minMeasuringMs, minRounds, maxRounds }
		});
		expect(result.status).toEqual({ state: 'done', reason: 'time-limit' });
		expect(result.measuringMs).toBeGreaterThanOrEqual(maxMeasuringMs);
		expect(result.roundCount).toBeGreaterThan(400);
	});
});

const base = findNamedDesign('repvit-m0.6')!.design;
const plan = sweepPlan(base, (['stem', 'se', 'kernel', 'mixing'] as const).map(defaultFactor), 8);
const run = simulatedRun(plan, { logOf: ([stem]) => 0.1 * stem!, noise: 0.002 });
const stored = sweepOf({ ...runResult({}), ...run })!;

function fakeStorage(initial: Record<string, string> = {}) {
	const items = new Map(Object.entries(initial));
	return {
		getItem: (key: string) => items.get(key) ?? null,
		setItem: (key: string, value: string) => void items.set(key, value)
	};
}

describe('the store of the last sweep', () => {
	test('gives back what it was given', () => {
		const store = localSweepStore(fakeStorage());
		expect(store.load()).toBeNull();
		expect(store.save(stored)).toBe(true);
		expect(store.load()).toEqual(stored);
	});

	test('says so where it may not or can not keep anything', () => {
		const full = {
			getItem: () => null,
			setItem: () => {
				throw new Error('QuotaExceededError');
			}
		};
		expect(localSweepStore(full).save(stored)).toBe(false);
		expect(localSweepStore(null).save(stored)).toBe(false);
	});

	test('takes nothing that is no sweep', () => {
		expect(localSweepStore(fakeStorage({ 'last-sweep': '{"schema":1}' })).load()).toBeNull();
		expect(localSweepStore(fakeStorage({ 'last-sweep': 'no json' })).load()).toBeNull();
	});
});

describe('prices of the last profile', () => {
	const prices = profiledPrices(base, new Map([['', 0]]));

	test('are there again on the next visit', () => {
		const storage = fakeStorage();
		expect(loadPrices(storage)).toBeNull();
		savePrices(prices, storage);
		expect(loadPrices(storage)).toEqual(prices);
	});

	test('are none where nothing may be kept, or something else is', () => {
		const refusing = {
			getItem: () => {
				throw new DOMException('no', 'SecurityError');
			},
			setItem: () => {
				throw new DOMException('no', 'QuotaExceededError');
			}
		};
		expect(() => savePrices(prices, refusing)).not.toThrow();
		expect(loadPrices(refusing)).toBeNull();
		expect(loadPrices(null)).toBeNull();
		for (const text of ['no json', '[1,2]', '[-1,0,0,0,0,0,0]', '{"a":1}']) {
			expect(loadPrices(fakeStorage({ 'profiled-prices': text })), text).toBeNull();
		}
	});
});

describe('predictions', () => {
	const store = localSweepStore(fakeStorage());
	store.save(stored);
	const predictions = new Predictions(store.load());
	const open = sweepPlan(base, plan.factors, 16).corners.find(
		({ id }) => !plan.corners.some((corner) => corner.id === id)
	)!.design;

	test('are measured figures where the sweep or the last run has them', () => {
		expect(predictions.of(plan.corners[1]!.design, [])?.guess?.truth).toBe('measured');
		const [each] = run.candidates;
		const fresh = { ...each!, candidate: { ...each!.candidate, id: 'own1', design: open } };
		const lastRun = { ...runResult({}), candidates: [fresh] };
		expect(predictions.of(open, [])?.guess?.truth).toBe('predicted');
		expect(predictions.of(open, [lastRun])?.guess).toMatchObject({
			truth: 'measured',
			ms: each!.medianMs!.value
		});
	});

	test('are of what the sweep ran on: what ran on something else stands beside them', () => {
		const [each] = run.candidates;
		const onDevice = {
			...each!,
			candidate: {
				...each!.candidate,
				design: open,
				execution: { backend: 'webgpu', precision: 'float16' } as const
			}
		};
		const onThreads = { ...each!, candidate: { ...each!.candidate, design: open } };
		const known = predictions.of(open, [{ ...runResult({}), candidates: [onDevice] }]);
		expect(known?.guess?.truth).toBe('predicted');
		expect(known?.elsewhere).toMatchObject({
			execution: { backend: 'webgpu', precision: 'float16' },
			medianMs: each!.medianMs!
		});
		const two = runResult({});
		const known2 = predictions.of(open, [
			{
				...two,
				options: { ...two.options, threads: 2 },
				candidates: [onThreads]
			}
		]);
		expect(known2?.guess?.truth).toBe('predicted');
		expect(known2?.elsewhere?.execution).toEqual(onWasm(2));
		const both = predictions.of(open, [{ ...runResult({}), candidates: [onDevice, onThreads] }]);
		expect(both?.guess?.truth).toBe('measured');
		expect(both?.elsewhere).toBeNull();
		// Nor does it where the sweep knows nothing of the design: that stays unknown.
		const unknown: Design = { ...base, resolution: 96, activation: 'hard-swish' };
		const candidate = { ...onDevice.candidate, design: unknown };
		const alone = predictions.of(unknown, [
			{
				...runResult({}),
				candidates: [{ ...onDevice, candidate }]
			}
		]);
		expect(alone?.guess).toBeNull();
		expect(alone?.elsewhere?.execution).toEqual({ backend: 'webgpu', precision: 'float16' });
		// Without any sweep, whatever was measured is the figure.
		const none = new Predictions(null);
		expect(none.of(open, [{ ...runResult({}), candidates: [onDevice] }])?.guess?.truth).toBe(
			'measured'
		);
	});

	test('are of the newest run that has the design, wherever it is kept', () => {
		const [each] = run.candidates;
		const of = (value: number, startedAt: string) => {
			const base = runResult({});
			return {
				...base,
				conditions: { ...exampleRun().conditions!, startedAt },
				candidates: [
					{
						...each!,
						medianMs: { value, low: value, high: value },
						candidate: { ...each!.candidate, id: 'own1', design: open }
					}
				]
			};
		};
		const newer = of(7, '2026-11-02T00:00:00.000Z');
		const older = of(9, '2026-11-01T00:00:00.000Z');
		const without = { ...newer, candidates: [] };
		const known = predictions.of(open, [without, newer, older]);
		expect(known?.guess).toMatchObject({ truth: 'measured', ms: 7 });
		expect(known?.conditions?.startedAt).toBe('2026-11-02T00:00:00.000Z');
	});

	test('are helped by a profile where the sweep was on WebAssembly, as a profile is', () => {
		const execution = { backend: 'webgpu', precision: 'float32' } as const;
		const onDevice = {
			...stored,
			run: {
				...stored.run,
				candidates: stored.run.candidates.map((each) => ({
					...each,
					candidate: { ...each.candidate, execution }
				}))
			}
		};
		expect(predictions.takesProfile).toBe(true);
		expect(new Predictions(onDevice).takesProfile).toBe(false);
	});

	test('are none without a sweep', () => {
		const none = new Predictions(null);
		expect(none.hasSweep).toBe(false);
		expect(none.takesProfile).toBe(false);
		expect(none.of(open, [])).toBeNull();
	});

	test('are made from what is kept, with a pause after each network', async () => {
		let pauses = 0;
		const made = await Predictions.fromStore({ store, prices: null }, () =>
			Promise.resolve(void pauses++)
		);
		expect(pauses).toBe(plan.corners.length);
		expect(made.of(open, [])).toEqual(predictions.of(open, []));
	});
});
