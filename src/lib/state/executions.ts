import {
	executionOf,
	parseExecution,
	printExecution,
	WEBNN_DEVICES,
	type Execution,
	type WebnnDevice
} from '../measure/execution';
import { offerOf, type BackendProbe, type Offer } from '../measure/probe';
import { DEFAULT_OPTIONS } from '../measure/protocol';
import type { Candidate } from '../measure/types';

/** The query key that holds what to run on, where that is more than WebAssembly's threads. */
export const EXECUTIONS_KEY = 'on';

/** WebAssembly with one thread: what a run runs on unless asked. */
export const DEFAULT_EXECUTION: Execution = { backend: 'wasm', threads: 1, precision: 'float32' };

/** What an address may ask for, in words of its own. */
export const EXECUTION_CODES =
	'wasm-1, wasm-2 …, webgpu, webnn-cpu, webnn-gpu, webnn-npu, …-float16';

/**
 * Reads a list such as `wasm-1,wasm-2,webgpu-float16`, into the order of the page's lists and each once.
 * @returns what is nothing to run on beside it
 */
export function parseExecutions(text: string): {
	readonly executions: readonly Execution[];
	readonly unknown: readonly string[];
} {
	const parts = text.split(',').filter((part) => part !== '');
	const parsed = parts.map((part) => ({ part, execution: parseExecution(part) }));
	return {
		executions: inOrder(parsed.flatMap(({ execution }) => execution ?? [])),
		unknown: parsed.flatMap(({ part, execution }) => (execution ? [] : [part]))
	};
}

export function printExecutions(executions: readonly Execution[]): string {
	return executions.map(printExecution).join(',');
}

/** Each once: WebAssembly by threads, then WebGPU, then WebNN, float32 before float16. */
export function inOrder(executions: readonly Execution[]): readonly Execution[] {
	const byCode = new Map(executions.map((each) => [printExecution(each), each]));
	return [...byCode.values()].sort((a, b) => rankOf(a) - rankOf(b));
}

function rankOf(execution: Execution): number {
	const half = execution.precision === 'float16' ? 0.5 : 0;
	switch (execution.backend) {
		case 'wasm':
			return execution.threads;
		case 'webgpu':
			return 1e6 + half;
		case 'webnn':
			return 2e6 + WEBNN_DEVICES.indexOf(execution.device) + half;
	}
}

/** What stands between the id of a network and what it runs on, where a run has more than one of those. */
const ON_MARK = '@';

/**
 * A run's candidates: every network on everything. Those of the first keep their ids, so that they are
 * what they are in a run without others; the rest tell what they run on behind it, `step3@webgpu`.
 * @param labelOn what a network is called where there are several things to run on
 */
export function candidatesOn(
	networks: readonly Candidate[],
	executions: readonly Execution[],
	labelOn: (label: string, execution: Execution) => string
): readonly Candidate[] {
	const [only] = executions;
	if (executions.length === 1 && only?.backend === 'wasm') return networks;
	return executions.flatMap((execution, place) =>
		networks.map((network) => ({
			...network,
			id: place === 0 ? network.id : `${network.id}${ON_MARK}${printExecution(execution)}`,
			label: executions.length > 1 ? labelOn(network.label, execution) : network.label,
			execution
		}))
	);
}

/** The id of the network that a candidate is, without what it runs on. */
export function networkId(candidateId: string): string {
	return candidateId.split(ON_MARK)[0]!;
}

/** Each network on everything else against itself on the first: what a backend or threads are worth. */
export function executionPairs(candidates: readonly Candidate[]): { a: string; b: string }[] {
	return candidates.flatMap(({ id }) =>
		networkId(id) === id ? [] : [{ a: id, b: networkId(id) }]
	);
}

/** Whether two candidates run on the same. */
export function runOnTheSame(a: Candidate, b: Candidate): boolean {
	const codeOf = (each: Candidate) => printExecution(executionOf(each, { threads: 1 }));
	return codeOf(a) === codeOf(b);
}

/** The threads that a run's options ask of WebAssembly; of no meaning on anything else. */
export function wasmThreads(execution: Execution | undefined): number {
	return execution?.backend === 'wasm' ? execution.threads : DEFAULT_OPTIONS.threads;
}

/**
 * Whether this browser offers it; until it has been looked at, WebAssembly alone.
 * @param probe null until then
 */
export function offerHere(
	probe: BackendProbe | null,
	execution: Execution,
	maxThreads: number
): Offer {
	if (probe) return offerOf(probe, execution);
	const known = execution.backend === 'wasm' && execution.threads <= maxThreads;
	return known ? { offered: true } : { offered: false, reason: 'no-api' };
}

/** A backend, or a device of one, and what there is to choose of it. */
export interface ExecutionRow {
	readonly of: 'wasm' | 'webgpu' | WebnnDevice;
	readonly executions: readonly Execution[];
}

const PRECISIONS = ['float32', 'float16'] as const;

/** All there is to run on, in the order of {@link inOrder}. */
export function executionRows(
	maxThreads: number,
	chosen: readonly Execution[]
): readonly ExecutionRow[] {
	return [
		{
			of: 'wasm',
			executions: threadChoices(maxThreads, chosen).map((threads) => ({
				backend: 'wasm',
				threads,
				precision: 'float32'
			}))
		},
		{
			of: 'webgpu',
			executions: PRECISIONS.map((precision) => ({ backend: 'webgpu', precision }))
		},
		...WEBNN_DEVICES.map((device) => ({
			of: device,
			executions: PRECISIONS.map((precision) => ({ backend: 'webnn', device, precision }) as const)
		}))
	];
}

/** Up to so many threads each has a box of its own; above, every doubling. */
const MAX_SINGLE = 8;

/**
 * Numbers of threads to choose from: what the device has cores for, what is chosen, and one more than
 * there may be where they are few, so that the limit and its reason are seen.
 */
export function threadChoices(
	maxThreads: number,
	executions: readonly Execution[]
): readonly number[] {
	const chosen = executions.flatMap((each) => (each.backend === 'wasm' ? each.threads : []));
	const offered =
		maxThreads <= MAX_SINGLE
			? Array.from({ length: maxThreads + 1 }, (_, i) => i + 1)
			: [1, 2, 4, 8, 16, 32, 64, 128].filter((count) => count < maxThreads).concat(maxThreads);
	return [...new Set([...offered, ...chosen])].sort((a, b) => a - b);
}
