import { BASELINE, type Design } from '$lib/arch/design';
import type { Backend, Model, Session } from '$lib/measure/backend';
import type { MeasureEnvironment, WorkerLike } from '$lib/measure/browser';
import type { WorkerCommand, WorkerEvent } from '$lib/measure/events';
import { PageLink } from '$lib/measure/page-link';
import { runOptions } from '$lib/measure/protocol';
import type { RunnerDeps } from '$lib/measure/runner';
import type { RunOptions } from '$lib/measure/types';

/** A clock that moves only when told to. */
export class FakeClock {
	ms = 1000;
	/** What the clock shows moves in steps of this. */
	stepMs = 0.005;
	/** Each reading takes this long, so that loops that wait for the clock end. */
	readingMs = 0.001;

	readonly read = (): number => {
		this.ms += this.readingMs;
		return Math.floor(this.ms / this.stepMs) * this.stepMs;
	};

	advance(ms: number): void {
		this.ms += ms;
	}
}

/** How one false model behaves; `seed`-independent. */
export interface FakeModel {
	/** Milliseconds of a run; `n` counts the session's runs from 0. */
	readonly runMs: (n: number) => number;
	readonly output?: readonly number[];
	/** Thrown on the run with this number. */
	readonly failsAtRun?: { readonly n: number; readonly error: Error };
	readonly refuses?: Error;
	readonly illegal?: Error;
	/** Called after each run: for what happens meanwhile. */
	readonly afterRun?: (n: number) => void;
}

/** Everything a runner needs, false, with models found by the candidate's `classes`. */
export class FakeBench {
	readonly clock = new FakeClock();
	readonly page = new PageLink();
	readonly events: WorkerEvent[] = [];
	readonly runs: string[] = [];
	released = 0;
	loaded = 0;
	/** Whether the page answers a request to draw before anything else happens. */
	drawsAtOnce = true;
	/** Called at each yield: messages arrive only there. */
	onYield: () => void = () => {};
	readonly models: Readonly<Record<string, FakeModel>>;

	constructor(models: Readonly<Record<string, FakeModel>>) {
		this.models = models;
	}

	options(more: Partial<RunOptions> = {}): RunOptions {
		return runOptions({
			candidates: Object.keys(this.models).map((id, i) => ({
				id,
				label: id,
				design: { ...BASELINE, classes: 10 + i }
			})),
			...more
		});
	}

	deps(more: Partial<RunnerDeps> = {}): RunnerDeps {
		return {
			clock: this.clock.read,
			page: this.page,
			post: (event) => {
				this.events.push(event);
				if (event.type === 'round' && event.draw && this.drawsAtOnce) this.page.drawn();
			},
			yieldToMessages: () => {
				this.onYield();
				return Promise.resolve();
			},
			sha256: () => Promise.resolve('ab'.repeat(32)),
			emptyModel: () => model(),
			surroundings: {
				crossOriginIsolated: true,
				userAgent: 'Test/1.0',
				logicalCores: 2,
				deviceMemoryGib: 4
			},
			startBackend: () => Promise.resolve(this.#backend()),
			prepare: (design) => {
				const { classes } = design as Design;
				const { illegal } = this.#model(classes);
				if (illegal) throw illegal;
				return { ...model(classes), params: 1000 + classes, macs: 2000 };
			},
			isFatal: (error) => error instanceof WebAssembly.RuntimeError,
			...more
		};
	}

	of<T extends WorkerEvent['type']>(type: T): Extract<WorkerEvent, { type: T }>[] {
		return this.events.filter(
			(event): event is Extract<WorkerEvent, { type: T }> => event.type === type
		);
	}

	#model(classes: number): FakeModel {
		return Object.values(this.models)[classes - 10]!;
	}

	#backend(): Backend {
		return {
			info: {
				name: 'wasm',
				runtime: { name: 'onnxruntime-web', version: '0.0.0' },
				threads: { asked: 1, effective: 1 },
				sessionOptions: {},
				startMs: 100
			},
			load: ({ outputShape }) => {
				const classes = outputShape[1]!;
				if (classes === 1) return Promise.resolve(this.#session('empty', { runMs: () => 0.02 }));
				const fake = this.#model(classes);
				if (fake.refuses) return Promise.reject(fake.refuses);
				this.loaded++;
				return Promise.resolve(
					this.#session(Object.keys(this.models)[classes - 10]!, fake, classes)
				);
			}
		};
	}

	#session(id: string, fake: FakeModel, classes = 1): Session {
		let n = 0;
		return {
			run: () => {
				if (fake.failsAtRun && n >= fake.failsAtRun.n) {
					return Promise.reject(fake.failsAtRun.error);
				}
				if (id !== 'empty') this.runs.push(id);
				this.clock.advance(fake.runMs(n));
				fake.afterRun?.(n);
				n++;
				return Promise.resolve();
			},
			output: () =>
				Float32Array.from(fake.output ?? Array.from({ length: classes }, (_, i) => i + 1)),
			release: () => {
				if (id !== 'empty') this.released++;
				return Promise.resolve();
			}
		};
	}
}

function model(classes = 1): Model {
	return { bytes: new Uint8Array(8), inputShape: [1], outputShape: [1, classes] };
}

/** A worker whose messages the test sends itself. */
export class FakeWorker implements WorkerLike {
	onmessage: WorkerLike['onmessage'] = null;
	onerror: WorkerLike['onerror'] = null;
	onmessageerror: WorkerLike['onmessageerror'] = null;
	readonly commands: WorkerCommand[] = [];
	terminated = false;

	postMessage(message: unknown): void {
		this.commands.push(message as WorkerCommand);
	}

	terminate(): void {
		this.terminated = true;
	}

	/** Says something to the page. */
	say(event: WorkerEvent): void {
		this.onmessage?.({ data: structuredClone(event) } as MessageEvent<unknown>);
	}

	sayRaw(data: unknown): void {
		this.onmessage?.({ data } as MessageEvent<unknown>);
	}

	crash(message: string): void {
		this.onerror?.({ message, preventDefault: () => {} } as ErrorEvent);
	}
}

/** A browser with workers, a clock and a visibility that the test moves. */
export class FakeBrowser {
	readonly workers: FakeWorker[] = [];
	visibilityState: DocumentVisibilityState = 'visible';
	ms = 0;
	readonly #listeners = new Set<() => void>();
	readonly #timers = new Set<() => void>();

	get worker(): FakeWorker {
		return this.workers.at(-1)!;
	}

	get listening(): number {
		return this.#listeners.size + this.#timers.size;
	}

	readonly environment: MeasureEnvironment = {
		createWorker: () => {
			const worker = new FakeWorker();
			this.workers.push(worker);
			return worker;
		},
		page: ((browser: FakeBrowser) => ({
			get visibilityState() {
				return browser.visibilityState;
			},
			addEventListener: (_: 'visibilitychange', listener: () => void) =>
				void browser.#listeners.add(listener),
			removeEventListener: (_: 'visibilitychange', listener: () => void) =>
				void browser.#listeners.delete(listener)
		}))(this),
		now: () => this.ms,
		date: () => new Date(Date.UTC(2026, 0, 2)),
		every: (_, callback) => {
			this.#timers.add(callback);
			return () => void this.#timers.delete(callback);
		},
		afterPaint: (callback) => callback()
	};

	setVisible(visible: boolean): void {
		this.visibilityState = visible ? 'visible' : 'hidden';
		for (const listener of this.#listeners) listener();
	}

	tick(times: number): void {
		for (let i = 0; i < times; i++) {
			this.ms += 1000;
			for (const callback of [...this.#timers]) callback();
		}
	}
}
