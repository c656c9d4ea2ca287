import { describe, expect, it } from 'vitest';
import { analyseDesign } from '$lib/arch/analysis';
import { ROADMAP } from '$lib/arch/roadmap';
import { startRun } from '$lib/measure/client';
import { ProfileError } from '$lib/measure/profile/failure';
import { profileInWorker, type ProfileWait } from '$lib/measure/profile/profile-client';
import { FakeLocks } from '../fake-locks';
import { FakeBench, FakeBrowser } from '../fakes';

const { design, root } = analyseDesign(ROADMAP[8]!.design);

const TOLD = {
	kernels: [{ name: 'stem.conv1', medianMs: 2 }],
	runMs: 3,
	wallMs: 2.8,
	kernelMs: 1,
	overheadMs: 1,
	peaks: null,
	runs: 25,
	runtime: { name: 'onnxruntime-web', version: '1' }
};

/** A tab in which one network is profiled. */
class Tab {
	readonly browser = new FakeBrowser();
	readonly waits: (ProfileWait | null)[] = [];
	readonly #controller = new AbortController();
	readonly #locks: FakeLocks;

	constructor(locks = new FakeLocks()) {
		this.#locks = locks;
	}

	/** Resolves with the profile, or the reason that there is none. */
	profile() {
		return profileInWorker({
			design,
			root,
			signal: this.#controller.signal,
			onWait: (reason) => void this.waits.push(reason),
			environment: { ...this.browser.environment, locks: this.#locks }
		}).catch((error: unknown) => (error instanceof ProfileError ? error.reason : error));
	}

	stop(): void {
		this.#controller.abort('stopped');
	}

	async settle(): Promise<void> {
		await this.#locks.settle();
	}
}

describe('a profile', () => {
	it('comes from a worker, which ends with it, and the turn with both', async () => {
		const locks = new FakeLocks();
		const tab = new Tab(locks);
		const told = tab.profile();
		await tab.settle();
		expect(tab.browser.worker.commands).toMatchObject([{ design, warmUpRuns: 5, runs: 25 }]);
		tab.browser.worker.sayRaw({ isAlive: true });
		tab.browser.worker.sayRaw(TOLD);
		expect(await told).toMatchObject({ runMs: 3, runs: 25, timesMs: new Map([['stem.conv1', 2]]) });
		expect(tab.browser.worker.terminated).toBe(true);
		expect(tab.browser.listening).toBe(0);
		await tab.settle();
		expect(locks.isFree).toBe(true);
	});

	it('waits while another tab measures, and says so', async () => {
		const locks = new FakeLocks();
		const other = new FakeBrowser();
		const bench = new FakeBench({ a: { runMs: () => 10 } });
		const run = startRun(bench.options(), {}, { ...other.environment, locks });
		await locks.settle();
		const tab = new Tab(locks);
		const told = tab.profile();
		await tab.settle();
		tab.browser.tick(1);
		expect(tab.waits).toEqual(['another-tab']);
		expect(tab.browser.workers).toHaveLength(0);
		run.stop();
		await tab.settle();
		expect(tab.waits).toEqual(['another-tab', null]);
		tab.browser.worker.sayRaw(TOLD);
		expect(await told).toMatchObject({ runMs: 3 });
	});

	it('holds off another tab’s run, and gives way when it is stopped', async () => {
		const locks = new FakeLocks();
		const tab = new Tab(locks);
		const told = tab.profile();
		await tab.settle();
		const other = new FakeBrowser();
		const bench = new FakeBench({ a: { runMs: () => 10 } });
		const run = startRun(bench.options(), {}, { ...other.environment, locks });
		await locks.settle();
		other.tick(1);
		expect(run.record.status).toEqual({ state: 'paused', reason: 'another-tab' });
		tab.stop();
		expect(await told).toBe('stopped');
		expect(tab.browser.worker.terminated).toBe(true);
		await locks.settle();
		expect(other.workers).toHaveLength(1);
		run.stop();
	});

	it('gives up waiting for its turn, and nothing is left of it', async () => {
		const locks = new FakeLocks();
		const [first, second] = [new Tab(locks), new Tab(locks)];
		const one = first.profile();
		await first.settle();
		const two = second.profile();
		await second.settle();
		second.stop();
		expect(await two).toBe('stopped');
		expect(second.browser.listening).toBe(0);
		first.browser.worker.sayRaw(TOLD);
		await one;
		await first.settle();
		expect(second.browser.workers).toHaveLength(0);
		expect(locks.isFree).toBe(true);
	});

	it('is made again where the page was hidden meanwhile', async () => {
		const tab = new Tab();
		const told = tab.profile();
		await tab.settle();
		const [spoilt] = tab.browser.workers;
		tab.browser.setVisible(false);
		// It comes too late to count.
		spoilt!.sayRaw({ ...TOLD, runMs: 99 });
		await tab.settle();
		expect(spoilt!.terminated).toBe(true);
		expect(tab.waits).toEqual([null, 'page-hidden']);
		tab.browser.tick(600);
		expect(tab.browser.workers).toHaveLength(1);
		tab.browser.setVisible(true);
		await tab.settle();
		expect(tab.waits).toEqual([null, 'page-hidden', null]);
		tab.browser.worker.sayRaw(TOLD);
		expect(await told).toMatchObject({ runMs: 3 });
		expect(tab.browser.listening).toBe(0);
	});

	it('does not begin in a hidden page, and is stopped there too', async () => {
		const tab = new Tab();
		tab.browser.setVisible(false);
		const told = tab.profile();
		await tab.settle();
		expect(tab.waits).toEqual(['page-hidden']);
		tab.stop();
		expect(await told).toBe('stopped');
		expect([tab.browser.workers.length, tab.browser.listening]).toEqual([0, 0]);
	});
});

describe('a profile that is not to be had ends in a reason with a name', () => {
	it('where the worker falls silent, whatever it did', async () => {
		const silent = new Tab();
		const never = silent.profile();
		await silent.settle();
		// The runtime may take its time on a slow line.
		silent.browser.tick(300);
		expect(silent.browser.worker.terminated).toBe(false);
		silent.browser.tick(1);
		expect(await never).toBe('worker-crashed');
		expect(silent.browser.worker.terminated).toBe(true);

		const killed = new Tab();
		const half = killed.profile();
		await killed.settle();
		for (let second = 0; second < 120; second++) {
			killed.browser.worker.sayRaw({ isAlive: true });
			killed.browser.tick(1);
		}
		expect(killed.browser.worker.terminated).toBe(false);
		killed.browser.tick(60);
		expect(await half).toBe('worker-crashed');
		expect(killed.browser.listening).toBe(0);
	});

	it.each<[string, (browser: FakeBrowser) => void, string]>([
		['the worker ends', ({ worker }) => worker.crash('killed'), 'worker-crashed'],
		['its memory runs out', ({ worker }) => worker.crash('Out of memory'), 'out-of-memory'],
		['it is not understood', ({ worker }) => worker.sayRaw({ runMs: 'x' }), 'worker-crashed'],
		[
			'the runtime refuses the model',
			({ worker }) => worker.sayRaw({ failed: 'model-refused', detail: 'no such operator' }),
			'model-refused'
		],
		[
			'the runtime tells nothing',
			({ worker }) => worker.sayRaw({ failed: 'no-trace', detail: 'the trace holds no runs' }),
			'no-trace'
		]
	])('where %s', async (_where, happens, reason) => {
		const locks = new FakeLocks();
		const tab = new Tab(locks);
		const told = tab.profile();
		await tab.settle();
		happens(tab.browser);
		expect(await told).toBe(reason);
		expect(tab.browser.worker.terminated).toBe(true);
		await tab.settle();
		expect(locks.isFree).toBe(true);
	});

	it('where the page may start no worker', async () => {
		const { environment } = new FakeBrowser();
		const createWorker = () => {
			throw new Error('blocked by policy');
		};
		await expect(
			profileInWorker({ design, root, environment: { ...environment, createWorker } })
		).rejects.toMatchObject({ reason: 'runtime-refused', message: 'blocked by policy' });
	});
});
