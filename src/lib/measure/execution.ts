import type { Precision } from '../onnx/schema';
import type { Candidate, RunOptions } from './types';

export type { Precision } from '../onnx/schema';
export type BackendName = 'wasm' | 'webgpu' | 'webnn';
export const WEBNN_DEVICES = ['cpu', 'gpu', 'npu'] as const;
export type WebnnDevice = (typeof WEBNN_DEVICES)[number];

/**
 * What a candidate runs on. WebAssembly computes float16 as float32, so there it is no choice; its
 * threads are none elsewhere.
 */
export type Execution =
	| { readonly backend: 'wasm'; readonly threads: number; readonly precision: 'float32' }
	| { readonly backend: 'webgpu'; readonly precision: Precision }
	| { readonly backend: 'webnn'; readonly device: WebnnDevice; readonly precision: Precision };

/**
 * A runtime with settings of its own, in a worker of its own (METHODOLOGY 2.1): threads are fixed for
 * the life of a module, and a device belongs to one. Precisions share a lane.
 */
export type LaneSpec =
	| { readonly backend: 'wasm'; readonly threads: number }
	| { readonly backend: 'webgpu' }
	| { readonly backend: 'webnn'; readonly device: WebnnDevice };

/** What a candidate runs on, asked for or by the run's own options. */
export function executionOf(
	{ execution }: Pick<Candidate, 'execution'>,
	{ threads }: Pick<RunOptions, 'threads'>
): Execution {
	return execution ?? { backend: 'wasm', threads, precision: 'float32' };
}

export function laneOf(execution: Execution): LaneSpec {
	switch (execution.backend) {
		case 'wasm':
			return { backend: 'wasm', threads: execution.threads };
		case 'webgpu':
			return { backend: 'webgpu' };
		case 'webnn':
			return { backend: 'webnn', device: execution.device };
	}
}

/** `wasm-2`, `webgpu`, `webnn-npu`. */
export function laneId(lane: LaneSpec): string {
	switch (lane.backend) {
		case 'wasm':
			return `wasm-${lane.threads}`;
		case 'webgpu':
			return 'webgpu';
		case 'webnn':
			return `webnn-${lane.device}`;
	}
}

const FLOAT16_SUFFIX = '-float16';

/** A lane's id, and the precision where it is not float32: `webgpu-float16`. */
export function printExecution(execution: Execution): string {
	return laneId(laneOf(execution)) + (execution.precision === 'float16' ? FLOAT16_SUFFIX : '');
}

/** Reads what {@link printExecution} wrote; null for anything else. */
export function parseExecution(text: string): Execution | null {
	const threads = /^wasm-([1-9]\d{0,3})$/.exec(text)?.[1];
	if (threads) return { backend: 'wasm', threads: Number(threads), precision: 'float32' };
	const precision = text.endsWith(FLOAT16_SUFFIX) ? 'float16' : 'float32';
	const lane = precision === 'float16' ? text.slice(0, -FLOAT16_SUFFIX.length) : text;
	if (lane === 'webgpu') return { backend: 'webgpu', precision };
	const device = WEBNN_DEVICES.find((each) => lane === `webnn-${each}`);
	return device ? { backend: 'webnn', device, precision } : null;
}

/** The lanes of a run. */
export interface LanePlan {
	/**
	 * In the runner's own worker: plain WebAssembly always, as the outputs of all others are compared with
	 * it. The first such lane that is asked for, or one thread where none is.
	 */
	readonly own: Extract<LaneSpec, { backend: 'wasm' }>;
	/** Each in a worker of its own. */
	readonly others: readonly LaneSpec[];
}

/** @param skip ids of candidates that no longer run */
export function planLanes(
	{ candidates, threads }: Pick<RunOptions, 'candidates' | 'threads'>,
	skip: ReadonlySet<string> = new Set()
): LanePlan {
	const lanes = new Map<string, LaneSpec>();
	for (const candidate of candidates) {
		if (skip.has(candidate.id)) continue;
		const lane = laneOf(executionOf(candidate, { threads }));
		lanes.set(laneId(lane), lane);
	}
	const all = [...lanes.values()];
	const own = all.find((lane) => lane.backend === 'wasm');
	return {
		own: own ?? { backend: 'wasm', threads: 1 },
		others: all.filter((lane) => lane !== own)
	};
}
