import { describe, expect, it } from 'vitest';
import { startRun } from '$lib/measure/client';
import { FROM_THE_START, type WorkerEvent } from '$lib/measure/events';
import { runProtocol } from '$lib/measure/runner';
import { FakeBench, FakeBrowser } from './fakes';

/*
 * Nothing is heard of a worker while a run lasts: a slow device must not look like a dead worker, nor a
 * slow run like a clock that jumps for ever.
 */

const base = new FakeBench({ a: { runMs: () => 10 }, b: { runMs: () => 12 } });

function loadingB(state: 'loading' | 'checking') {
	const browser = new FakeBrowser();
	const handle = startRun(base.options(), {}, browser.environment);
	browser.worker.say({ type: 'status', state: 'loading' });
	browser.worker.say({ type: 'candidate', id: 'b', status: { state } });
	return { browser, handle };
}

/** A worker that has loaded a design whose first run took so long, and warms it up. */
function warmingUp(firstRunMs: number) {
	const { browser, handle } = loadingB('checking');
	const facts = { cold: { emitMs: 1, createMs: 1, firstRunMs } };
	const events: WorkerEvent[] = [
		{ type: 'candidate', id: 'b', status: { state: 'waiting' }, facts },
		{ type: 'status', state: 'warming-up' },
		{ type: 'candidate', id: 'b', status: { state: 'warming-up' } }
	];
	for (const event of events) browser.worker.say(event);
	return { browser, handle };
}

describe('a worker in a long run', () => {
	it('is not lost while it takes no longer than the first run lets expect', () => {
		const { browser, handle } = warmingUp(15_000);
		browser.tick(100);
		expect(browser.workers).toHaveLength(1);
		expect(handle.record.status).toEqual({ state: 'warming-up' });
		browser.tick(30);
		expect(browser.workers.length).toBeGreaterThan(1);
	});

	it('is lost after ten seconds where the first run was quick', () => {
		const { browser } = warmingUp(100);
		browser.tick(12);
		expect(browser.workers).toHaveLength(2);
	});

	it('has a minute for a first run, after which that design is too slow', () => {
		const { browser, handle } = loadingB('checking');
		browser.tick(58);
		expect(browser.workers).toHaveLength(1);
		browser.tick(5);
		expect(browser.workers).toHaveLength(2);
		const reasons = handle.record.candidates.map(({ status }) => status);
		expect(reasons).toMatchObject([{ state: 'waiting' }, { state: 'failed', reason: 'too-slow' }]);
	});

	it('is not what a worker is in that dies otherwise', () => {
		const silent = loadingB('loading');
		silent.browser.tick(63);
		expect(silent.handle.record.candidates[1]!.status).toMatchObject({ reason: 'worker-crashed' });
		const crashed = loadingB('checking');
		crashed.browser.worker.crash('killed');
		expect(crashed.handle.record.candidates[1]!.status).toMatchObject({ reason: 'worker-crashed' });
	});
});

describe('runs of more than a minute', () => {
	/** Slow for good from its 80th run on, or once only. */
	function bench(isLong: (n: number) => boolean) {
		return new FakeBench({
			a: { runMs: () => 10 },
			b: { runMs: (n) => (isLong(n) ? 70_000 : 12) }
		});
	}

	it('end their design by name, and neither the run nor its results', async () => {
		const slow = bench((n) => n >= 80);
		await runProtocol(slow.options(), FROM_THE_START, slow.deps());
		const { status } = slow.of('candidate').findLast(({ id }) => id === 'b')!;
		expect(status).toMatchObject({ state: 'failed', reason: 'too-slow' });
		expect(slow.of('round-dropped').map(({ reason }) => reason)).toEqual([
			'clock-jumped',
			'clock-jumped'
		]);
		expect(slow.of('round').some(({ round }) => round.visits.length === 3)).toBe(true);
		expect(slow.of('ended')[0]!.status).toEqual({ state: 'done', reason: 'precise-enough' });
	});

	it('are a jump of the clock where there is but one', async () => {
		const jumped = bench((n) => n === 82 || n === 83);
		await runProtocol(jumped.options(), FROM_THE_START, jumped.deps());
		expect(jumped.of('candidate').some(({ status }) => status.state === 'failed')).toBe(false);
		expect(jumped.of('ended')[0]!.status.state).toBe('done');
		expect(jumped.of('round-dropped')).toHaveLength(1);
	});

	it('say nothing of how many rounds there will be, where the first round was one', async () => {
		const first = new FakeBench({ a: { runMs: () => 10 }, b: { runMs: () => 12 } });
		// As a calibration and a fixed number of rounds ask for: no time that measuring must take.
		const options = first.options({ minRounds: 25, maxRounds: 25, minMeasuringMs: 0 });
		let drops = 0;
		first.onYield = () => {
			const isMeasuring = first.of('status').at(-1)?.state === 'measuring';
			if (isMeasuring && drops++ === 0) first.page.disturb('clock-jumped');
		};
		await runProtocol(options, FROM_THE_START, first.deps());
		expect(first.of('round-dropped')).toHaveLength(1);
		const rounds = first.of('round');
		expect(rounds).toHaveLength(25);
		for (const { expectedRounds } of rounds) expect(expectedRounds).toBe(25);
	});

	it('blame nobody where the page saw the cause', async () => {
		let slept = 0;
		const asleep: FakeBench = new FakeBench({
			a: { runMs: () => 10 },
			b: {
				runMs: (n) => {
					if (n < 80 || slept === 4 || asleep.of('status').at(-1)?.state !== 'measuring') return 12;
					slept++;
					asleep.page.disturb('page-throttled');
					return 70_000;
				}
			}
		});
		await runProtocol(asleep.options({ maxMeasuringMs: 600_000 }), FROM_THE_START, asleep.deps());
		expect(slept).toBe(4);
		expect(asleep.of('candidate').some(({ status }) => status.state === 'failed')).toBe(false);
		expect(asleep.of('ended')[0]!.status.state).toBe('done');
	});
});
