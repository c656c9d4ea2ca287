import type { VisibilitySource } from './guards/visibility';
import { readPageHints } from './page-hints';
import type { PageHints } from './types';

/** What the client needs of a worker. */
export interface WorkerLike {
	postMessage(message: unknown): void;
	terminate(): void;
	onmessage: ((event: MessageEvent<unknown>) => void) | null;
	onerror: ((event: ErrorEvent) => void) | null;
	onmessageerror: ((event: MessageEvent) => void) | null;
}

/** What the client needs of the browser; tests pass a false one. */
export interface MeasureEnvironment {
	readonly createWorker: () => WorkerLike;
	readonly page: VisibilitySource;
	/** What the page can tell of itself, for the record; never rejects. */
	readonly pageHints?: () => Promise<PageHints>;
	/** Milliseconds of a clock that never goes back. */
	readonly now: () => number;
	readonly date: () => Date;
	/** Calls back again and again; returns what stops it. */
	readonly every: (ms: number, callback: () => void) => () => void;
	/** Calls back once what was changed before is on the screen. */
	readonly afterPaint: (callback: () => void) => void;
}

/** The browser this runs in. */
export function browserEnvironment(): MeasureEnvironment {
	return {
		createWorker: () =>
			new Worker(new URL('./measure.worker.ts', import.meta.url), {
				type: 'module',
				name: 'measure'
			}),
		page: document,
		pageHints: () => readPageHints(document, navigator),
		now: () => performance.now(),
		date: () => new Date(),
		every: (ms, callback) => {
			const timer = setInterval(callback, ms);
			return () => clearInterval(timer);
		},
		afterPaint: (callback) => requestAnimationFrame(() => setTimeout(callback))
	};
}
