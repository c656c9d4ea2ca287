import { describe, expect, it } from 'vitest';
import { startRun } from '$lib/measure/client';
import { FROM_THE_START } from '$lib/measure/events';
import { watchBattery, type BatterySource } from '$lib/measure/guards/battery';
import { ClockJumpGuard, isImpossible } from '$lib/measure/guards/clock-jump';
import { memoryBudgetBytes, refuseForMemory, watchHeap } from '$lib/measure/guards/memory';
import { takeTurn } from '$lib/measure/guards/one-run';
import { PressureGuard } from '$lib/measure/guards/pressure';
import { ThrottleGuard } from '$lib/measure/guards/throttling';
import { PageLink } from '$lib/measure/page-link';
import { batteryOf, pressureOf } from '$lib/measure/power';
import { runProtocol } from '$lib/measure/runner';
import { FakeBench, FakeBrowser } from './fakes';
import { FakeLocks } from './fake-locks';

class FakeBattery implements BatterySource {
	level = 0.9;
	charging = false;
	readonly listeners = new Set<() => void>();

	addEventListener(_: string, listener: () => void): void {
		this.listeners.add(listener);
	}

	removeEventListener(_: string, listener: () => void): void {
		this.listeners.delete(listener);
	}

	become(level: number, charging: boolean): void {
		Object.assign(this, { level, charging });
		for (const listener of this.listeners) listener();
	}
}

describe('the battery', () => {
	it('is low under 20 % while nothing charges it, and told once', () => {
		const battery = new FakeBattery();
		const told: [boolean, string][] = [];
		const stop = watchBattery(battery, (isLow, detail) => told.push([isLow, detail]));
		battery.become(0.21, false);
		battery.become(0.19, false);
		battery.become(0.18, false);
		battery.become(0.18, true);
		battery.become(0.17, false);
		expect(told).toEqual([
			[true, '19 %, discharging'],
			[false, '18 %, charging'],
			[true, '17 %, discharging']
		]);
		stop();
		expect(battery.listeners.size).toBe(0);
	});

	it('is told at once if it is low already', () => {
		const battery = new FakeBattery();
		battery.level = 0.1;
		const told: boolean[] = [];
		watchBattery(battery, (isLow) => told.push(isLow));
		expect(told).toEqual([true]);
	});

	it('is none where the browser has none, or refuses to tell', async () => {
		expect(await batteryOf({})).toBeNull();
		expect(await batteryOf({ getBattery: () => Promise.reject(new Error('policy')) })).toBeNull();
		const battery = new FakeBattery();
		expect(await batteryOf({ getBattery: () => Promise.resolve(battery) })).toBe(battery);
	});
});

describe('pressure', () => {
	it('that the run makes itself holds nothing', () => {
		const guard = new PressureGuard();
		guard.loaded(0);
		expect(guard.changed('serious', 5000)).toBe(false);
		expect(guard.changed('critical', 14_000)).toBe(false);
		expect(guard.changed('nominal', 20_000)).toBe(false);
		expect(guard.changed('critical', 30_000)).toBe(false);
	});

	it('that comes later holds the run until it falls, each state once', () => {
		const guard = new PressureGuard();
		guard.loaded(0);
		expect(guard.changed('fair', 5000)).toBe(false);
		expect(guard.changed('serious', 20_000)).toBe(true);
		expect(guard.tick(25_000)).toBe(true);
		expect(guard.changed('fair', 26_000)).toBe(false);
		expect(guard.changed('serious', 30_000)).toBe(false);
		expect(guard.changed('critical', 40_000)).toBe(true);
		expect(guard.changed('nominal', 41_000)).toBe(false);
		expect(guard.changed('critical', 50_000)).toBe(false);
	});

	it('that does not fall while the run rests is the machine’s own', () => {
		const guard = new PressureGuard();
		guard.loaded(0);
		expect(guard.changed('critical', 20_000)).toBe(true);
		expect(guard.tick(49_000)).toBe(true);
		expect(guard.tick(50_001)).toBe(false);
		expect(guard.tick(60_000)).toBe(false);
	});

	it('is overruled for good', () => {
		const guard = new PressureGuard();
		guard.loaded(0);
		expect(guard.changed('serious', 20_000)).toBe(true);
		guard.overrule();
		expect(guard.changed('critical', 21_000)).toBe(false);
	});

	it('is observed where the browser can, and nothing breaks where it cannot', async () => {
		const states: string[] = [];
		const note = (state: string) => states.push(state);
		pressureOf({}, note)();
		class Refusing {
			observe = () => Promise.reject(new Error('NotSupportedError'));
			disconnect = () => {};
		}
		pressureOf({ PressureObserver: Refusing }, note)();
		const throwing = () => {
			throw new Error('no');
		};
		pressureOf({ PressureObserver: throwing }, note)();
		let tell: (records: { state: string }[]) => void = () => {};
		let isObserving = true;
		class Observer {
			constructor(callback: typeof tell) {
				tell = callback;
			}
			observe = () => Promise.resolve();
			disconnect = () => (isObserving = false);
		}
		const stop = pressureOf({ PressureObserver: Observer }, note);
		tell([{ state: 'nominal' }, { state: 'serious' }]);
		tell([{ state: 'unheard-of' }]);
		stop();
		expect(states).toEqual(['serious']);
		expect(isObserving).toBe(false);
		await Promise.resolve();
	});
});

describe('a clock that jumps', () => {
	it.each([
		['the machine slept, the steady clock stood still', 1000, 600_000, 599_000],
		['somebody set the time back', 1000, -3_600_000, -3_601_000],
		['the steady clock went back', -5000, 1000, -5000]
	])('%s', (_, steady, wall, found) => {
		const now = { steady: 10_000, wall: 1_700_000_000_000 };
		const guard = new ClockJumpGuard(
			() => now.steady,
			() => now.wall
		);
		now.steady += 1000;
		now.wall += 1004;
		expect(guard.tick()).toBeNull();
		now.steady += steady;
		now.wall += wall;
		expect(guard.tick()).toBe(found);
		now.steady += 1000;
		now.wall += 1000;
		expect(guard.tick()).toBeNull();
	});

	it('makes impossible runs', () => {
		expect([-0.1, NaN, 60_001].map(isImpossible)).toEqual([true, true, true]);
		expect([0, 12, 59_000].map(isImpossible)).toEqual([false, false, false]);
	});

	it('drops the round, and the run goes on to its end', async () => {
		for (const jumpMs of [-3_600_000, 3_600_000]) {
			let runs = 0;
			const bench = new FakeBench({
				a: { runMs: () => 10, afterRun: () => runs++ === 200 && bench.clock.advance(jumpMs) },
				b: { runMs: () => 12 }
			});
			await runProtocol(bench.options(), FROM_THE_START, bench.deps());
			expect(bench.of('round-dropped').map(({ reason }) => reason)).toEqual(['clock-jumped']);
			expect(bench.of('ended')[0]!.status).toMatchObject({ state: 'done' });
			const all = bench.of('round').flatMap(({ round }) => round.visits.flatMap(({ ms }) => ms));
			expect(all.every((ms) => ms > 0 && ms < 20)).toBe(true);
		}
	});
});

describe('a page that is held back', () => {
	it('is seen by a late tick, but not while it is hidden', () => {
		const guard = new ThrottleGuard(1000);
		expect(guard.tick(0, true)).toBeNull();
		expect(guard.tick(1020, true)).toBeNull();
		expect(guard.tick(5020, true)).toBe(3000);
		expect(guard.tick(70_000, false)).toBeNull();
		expect(guard.tick(90_000, true)).toBeNull();
		expect(guard.tick(91_000, true)).toBeNull();
	});

	it('is not the page that was busy drawing', () => {
		const guard = new ThrottleGuard(1000);
		guard.tick(0, true);
		guard.excuse();
		expect(guard.tick(5000, true)).toBeNull();
		expect(guard.tick(9000, true)).toBe(3000);
	});
});

describe('memory', () => {
	const MIB = 2 ** 20;

	it('is budgeted by the device, and never beyond a heap', () => {
		expect(memoryBudgetBytes(1)).toBe(256 * MIB);
		expect(memoryBudgetBytes(8)).toBe(2048 * MIB);
		expect(memoryBudgetBytes(64)).toBe(2048 * MIB);
		expect(memoryBudgetBytes(null)).toBe(2048 * MIB);
	});

	it('refuses what would not fit, and says how much it takes', () => {
		const model = { modelBytes: 30 * MIB, elsewhereBytes: 0, deviceMemoryGib: 1 };
		expect(refuseForMemory({ ...model, heapBytes: 100 * MIB })).toBeNull();
		expect(refuseForMemory({ ...model, heapBytes: 0 })).toBeNull();
		const refused = {
			reason: 'low-memory',
			detail: 'loading takes about 290 MiB of the 256 MiB that a run may fill'
		};
		expect(refuseForMemory({ ...model, heapBytes: 200 * MIB })).toEqual(refused);
		const elsewhereBytes = 140 * MIB;
		expect(refuseForMemory({ ...model, heapBytes: 60 * MIB, elsewhereBytes })).toEqual(refused);
		expect(refuseForMemory({ ...model, heapBytes: 20 * MIB, elsewhereBytes })).toBeNull();
	});

	it('ends a candidate before it is loaded, and the others go on', async () => {
		const bench = new FakeBench({ a: { runMs: () => 10 }, b: { runMs: () => 12 } });
		let asked = 0;
		const refusal = { reason: 'low-memory', detail: 'too much' } as const;
		await runProtocol(
			bench.options(),
			FROM_THE_START,
			bench.deps({
				memory: { heapBytes: () => 0, refuse: () => (asked++ === 1 ? refusal : null) }
			})
		);
		expect(bench.loaded).toBe(1);
		const failed = bench.of('candidate').filter(({ status }) => status.state === 'failed');
		expect(failed).toMatchObject([{ id: 'b', status: { reason: 'low-memory' } }]);
		expect(bench.of('ended')[0]!.status).toMatchObject({ state: 'done' });
	});

	it('of the runtime is read off the memory that it makes', () => {
		const wasm = { Memory: WebAssembly.Memory };
		const heapBytes = watchHeap(wasm);
		expect(heapBytes()).toBe(0);
		const memory = new wasm.Memory({ initial: 2, maximum: 8 });
		expect(memory).toBeInstanceOf(WebAssembly.Memory);
		expect(memory).toBeInstanceOf(wasm.Memory);
		expect(heapBytes()).toBe(2 * 65_536);
		memory.grow(3);
		expect(heapBytes()).toBe(5 * 65_536);
	});
});

describe('one run in all tabs', () => {
	it('takes its turn, gives it back, and stops waiting', async () => {
		const locks = new FakeLocks();
		const turns: string[] = [];
		const told: string[] = [];
		const notices: (() => void)[] = [];
		const turnOf = (name: string) => {
			let isOn = true;
			const every = (_ms: number, callback: () => void) => {
				notices.push(() => isOn && callback());
				return () => (isOn = false);
			};
			const onTurn = () => turns.push(name);
			return takeTurn({ locks, every }, { onTurn, onWait: () => told.push(name) });
		};
		const first = turnOf('first');
		await locks.settle();
		const second = turnOf('second');
		const third = turnOf('third');
		await locks.settle();
		expect(turns).toEqual(['first']);
		// Who waits is told once; who has the turn has nothing to be told.
		for (const notice of [...notices, ...notices]) notice();
		expect(told).toEqual(['second', 'third']);
		second();
		first();
		await locks.settle();
		expect(turns).toEqual(['first', 'third']);
		third();
		await locks.settle();
		expect(locks.isFree).toBe(true);
	});

	it('is not guarded where the browser refuses locks', async () => {
		const refusing = { request: () => Promise.reject(new Error('SecurityError')) };
		const turn = new Promise<string>((resolve, reject) =>
			takeTurn(
				{ locks: refusing, every: () => () => undefined },
				{ onTurn: () => resolve('begins'), onWait: reject }
			)
		);
		await expect(turn).resolves.toBe('begins');
	});
});

describe('what holds a worker', () => {
	it('lets it go only when all have', async () => {
		const page = new PageLink();
		page.setHeld('visitor', true);
		page.setHeld('battery-low', true);
		expect(page.holdReason).toBe('visitor');
		let isClear = false;
		const waiting = page.untilClear().then(() => (isClear = true));
		page.setHeld('visitor', false);
		await Promise.resolve();
		expect(isClear).toBe(false);
		expect(page.holdReason).toBe('battery-low');
		page.setHeld('battery-low', false);
		await waiting;
		expect(page.holdReason).toBeNull();
	});

	it('spoils a round, but for the visitor', () => {
		const page = new PageLink();
		page.setHeld('visitor', true);
		expect(page.timesDisturbed).toBe(0);
		page.setHeld('pressure', true);
		page.setHeld('pressure', true);
		page.setVisible(false);
		expect(page.timesDisturbed).toBe(2);
		expect(page.disturbanceSince(0)).toBe('pressure');
		expect(page.disturbanceSince(1)).toBe('page-hidden');
		expect(page.disturbanceSince(2)).toBeNull();
	});
});

describe('a run under guards', () => {
	const options = new FakeBench({ a: { runMs: () => 10 } }).options();
	const commands = (browser: FakeBrowser) =>
		browser.worker.commands.filter(({ type }) => type === 'hold' || type === 'disturbed');

	it('waits for the battery, and goes on anyway when the visitor says so', async () => {
		const browser = new FakeBrowser();
		const battery = new FakeBattery();
		const handle = startRun(
			options,
			{},
			{
				...browser.environment,
				battery: () => Promise.resolve(battery)
			}
		);
		await new Promise((resolve) => setTimeout(resolve));
		battery.become(0.1, false);
		expect(commands(browser)).toEqual([{ type: 'hold', reason: 'battery-low', held: true }]);
		browser.worker.say({ type: 'status', state: 'paused', reason: 'battery-low' });
		expect(handle.record.status).toEqual({ state: 'paused', reason: 'battery-low' });
		handle.resume();
		expect(commands(browser).at(-1)).toEqual({ type: 'hold', reason: 'battery-low', held: false });
		battery.become(0.5, true);
		battery.become(0.1, false);
		expect(commands(browser)).toHaveLength(2);
		expect(handle.record.log.map(({ event }) => event)).toEqual([
			'battery',
			'paused',
			'guard-overruled',
			'battery',
			'battery'
		]);
		handle.stop();
		expect(battery.listeners.size).toBe(0);
	});

	it('puts each change of pressure on the timeline once, and waits for a serious one', () => {
		const browser = new FakeBrowser();
		let tell: (state: 'nominal' | 'serious') => void = () => {};
		const handle = startRun(
			options,
			{},
			{
				...browser.environment,
				watchPressure: (onState) => {
					tell = onState;
					return () => (tell = () => {});
				}
			}
		);
		browser.worker.say({ type: 'status', state: 'warming-up' });
		tell('nominal');
		tell('nominal');
		browser.ms += 20_000;
		tell('serious');
		tell('serious');
		expect(commands(browser)).toEqual([{ type: 'hold', reason: 'pressure', held: true }]);
		tell('nominal');
		expect(commands(browser).at(-1)).toEqual({ type: 'hold', reason: 'pressure', held: false });
		expect(handle.record.log.map(({ event, detail }) => `${event} ${detail}`)).toEqual([
			'pressure nominal',
			'pressure serious',
			'pressure nominal'
		]);
		handle.stop();
	});

	it('spoils the round under way when the page was held back, or a clock jumped', () => {
		const browser = new FakeBrowser();
		let wallMs = Date.UTC(2026, 0, 2);
		const handle = startRun(
			options,
			{},
			{
				...browser.environment,
				date: () => new Date(wallMs)
			}
		);
		const passes = (steadyMs: number, passedMs: number) => {
			browser.ms += steadyMs - 1000;
			wallMs += passedMs;
			browser.tick(1);
		};
		passes(1000, 1000);
		passes(4000, 4000);
		passes(1000, 1000);
		passes(1000, 120_000);
		expect(commands(browser)).toEqual([
			{ type: 'disturbed', reason: 'page-throttled' },
			{ type: 'disturbed', reason: 'clock-jumped' }
		]);
		expect(handle.record.log.map(({ event }) => event)).toEqual(['page-throttled', 'clock-jumped']);
		handle.stop();
	});
});
