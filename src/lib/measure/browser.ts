import type { BatterySource } from './guards/battery';
import type { LockSource } from './guards/one-run';
import type { PressureState } from './guards/pressure';
import type { VisibilitySource } from './guards/visibility';
import { readPageHints } from './page-hints';
import { batteryOf, pressureOf } from './power';
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
	/** Locks that all tabs of this site share. */
	readonly locks?: LockSource;
	/** The device's battery; null where the browser does not tell of one. */
	readonly battery?: () => Promise<BatterySource | null>;
	/** Tells of each change of the processor's pressure; returns what stops it. */
	readonly watchPressure?: (onState: (state: PressureState) => void) => () => void;
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
		afterPaint: (callback) => requestAnimationFrame(() => setTimeout(callback)),
		// Pages without a secure context have none.
		...('locks' in navigator && { locks: navigator.locks }),
		battery: () => batteryOf(navigator),
		watchPressure: (onState) => pressureOf(globalThis, onState)
	};
}
