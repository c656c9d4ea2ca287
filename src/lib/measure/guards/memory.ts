import type { Failure } from '../failure';
import { PROTOCOL } from '../protocol';

const GIB = 2 ** 30;
const MIB = 2 ** 20;

/** How much a run may fill: a share of the device's memory, and never more than a heap can hold. */
export function memoryBudgetBytes(deviceMemoryGib: number | null): number {
	const { memoryShare, maxHeapBytes } = PROTOCOL.guards;
	const share = deviceMemoryGib === null ? Infinity : deviceMemoryGib * GIB * memoryShare;
	return Math.min(share, maxHeapBytes);
}

/** The guard of memory in one worker; {@link watchMemory} makes it. */
export interface MemoryWatch {
	/** Of this worker's runtime now. */
	readonly heapBytes: () => number;
	/**
	 * Why a model of this size should not be loaded here now; null where it may be.
	 * @param elsewhereBytes the heaps of the run's other workers
	 */
	readonly refuse: (modelBytes: number, elsewhereBytes: number) => Failure | null;
}

/** Starts to watch over memory in a worker: before its runtime is loaded. */
export function watchMemory(
	wasm: Pick<typeof WebAssembly, 'Memory'>,
	deviceMemoryGib: number | null
): MemoryWatch {
	const heapBytes = watchHeap(wasm);
	return {
		heapBytes,
		refuse: (modelBytes, elsewhereBytes) =>
			refuseForMemory({ modelBytes, heapBytes: heapBytes(), elsewhereBytes, deviceMemoryGib })
	};
}

/** The device's memory, rounded by the browser; null where it does not tell. */
export function deviceMemoryOf(navigator: object): number | null {
	const memory = 'deviceMemory' in navigator ? Number(navigator.deviceMemory) : NaN;
	return Number.isFinite(memory) ? memory : null;
}

/**
 * Whether a model still fits (METHODOLOGY 5.3): one that does not is refused with its name, where
 * loading it might take the whole tab.
 * @param heapBytes of the runtime that it would be loaded into
 * @param elsewhereBytes of all other lanes' runtimes
 */
export function refuseForMemory(options: {
	readonly modelBytes: number;
	readonly heapBytes: number;
	readonly elsewhereBytes: number;
	readonly deviceMemoryGib: number | null;
}): Failure | null {
	const { modelBytes, heapBytes, elsewhereBytes, deviceMemoryGib } = options;
	const neededBytes = heapBytes + elsewhereBytes + modelBytes * PROTOCOL.guards.heapPerModelByte;
	const budgetBytes = memoryBudgetBytes(deviceMemoryGib);
	if (neededBytes <= budgetBytes) return null;
	const mib = (bytes: number) => `${Math.ceil(bytes / MIB)} MiB`;
	return {
		reason: 'low-memory',
		detail: `loading takes about ${mib(neededBytes)} of the ${mib(budgetBytes)} that a run may fill`
	};
}

/**
 * Watches the memory that WASM modules make from now on: the runtime does not tell the size of its heap.
 * @param wasm changed in place: its `Memory` makes what it made before, and is remembered
 * @returns bytes of the last memory that was made; 0 while there is none
 */
export function watchHeap(wasm: Pick<typeof WebAssembly, 'Memory'>): () => number {
	let last: WebAssembly.Memory | null = null;
	wasm.Memory = new Proxy(wasm.Memory, {
		construct(target, args, newTarget) {
			last = Reflect.construct(target, args, newTarget) as WebAssembly.Memory;
			return last;
		}
	});
	return () => last?.buffer.byteLength ?? 0;
}
