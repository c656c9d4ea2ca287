import { describe, expect, it } from 'vitest';
import { MeasureRun } from '$lib/state/run.svelte';
import { FakeBench, FakeBrowser } from './fakes';

const options = new FakeBench({ a: { runMs: () => 10 } }).options();

describe('a run as pages see it', () => {
	it('is idle, starts, and keeps what it has when stopped', async () => {
		const browser = new FakeBrowser();
		const run = new MeasureRun(() => browser.environment);
		expect(run.status).toEqual({ state: 'idle' });
		expect(run.result).toBeNull();
		const ended = run.start(options);
		expect(run.status).toEqual({ state: 'starting' });
		expect(run.isRunning).toBe(true);
		browser.worker.say({ type: 'status', state: 'measuring' });
		const round = {
			round: 0,
			startMs: 0,
			durationMs: 500,
			visits: [{ id: 'a', control: false, ms: [10, 10, 10] }]
		};
		browser.worker.say({ type: 'round', round, expectedRounds: 20, draw: true });
		expect(run.result!.roundCount).toBe(1);
		expect(run.progress).toMatchObject({ roundCount: 1, expectedRounds: 20 });
		run.stop();
		expect(run.isRunning).toBe(false);
		const result = await ended;
		expect(result.status).toEqual({ state: 'stopped' });
		expect(run.result).toBe(result);
		expect(result.candidates[0]!.samples).toHaveLength(3);
	});

	it('stops the run under way when another starts', async () => {
		const browser = new FakeBrowser();
		const run = new MeasureRun(() => browser.environment);
		const first = run.start(options);
		const second = run.start(options);
		expect(browser.workers[0]!.terminated).toBe(true);
		expect((await first).status).toEqual({ state: 'stopped' });
		expect(run.isRunning).toBe(true);
		browser.worker.say({ type: 'ended', status: { state: 'done', reason: 'round-limit' } });
		const result = await second;
		expect(run.result).toBe(result);
		expect(result.status).toEqual({ state: 'done', reason: 'round-limit' });
	});

	it('analyses nothing twice, and the end as it is shown', async () => {
		const browser = new FakeBrowser();
		const run = new MeasureRun(() => browser.environment);
		const ended = run.start(options);
		expect(run.result).toBe(run.result);
		const before = run.result;
		browser.worker.say({ type: 'status', state: 'warming-up' });
		expect(run.result).not.toBe(before);
		expect(run.result!.status).toEqual({ state: 'warming-up' });
		run.stop();
		const seen = run.result;
		expect(await ended).toBe(seen);
	});
});
