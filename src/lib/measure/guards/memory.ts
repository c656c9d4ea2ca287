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

/**
 * Whether a model still fits (METHODOLOGY 5.3): one that does not is refused with its name, where
 * loading it might take the whole tab.
 * @param heapBytes of the runtime now; null where it is not known
 */
export function refuseForMemory(options: {
	readonly modelBytes: number;
	readonly heapBytes: number | null;
	readonly deviceMemoryGib: number | null;
}): Failure | null {
	const { modelBytes, heapBytes, deviceMemoryGib } = options;
	const neededBytes = (heapBytes ?? 0) + modelBytes * PROTOCOL.guards.heapPerModelByte;
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
 * @returns bytes of the last memory that was made; null while there is none
 */
export function watchHeap(wasm: Pick<typeof WebAssembly, 'Memory'>): () => number | null {
	let last: WebAssembly.Memory | null = null;
	wasm.Memory = new Proxy(wasm.Memory, {
		construct(target, args, newTarget) {
			last = Reflect.construct(target, args, newTarget) as WebAssembly.Memory;
			return last;
		}
	});
	return () => last?.buffer.byteLength ?? null;
}
