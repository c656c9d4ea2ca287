import { performance } from 'node:perf_hooks';
import { findNamedDesign } from '../../src/lib/arch/named-designs';
import { emitDesign } from '../../src/lib/onnx/emit-design';
import { median } from '../../src/lib/stats/summary';
import { TensorRandom } from '../../src/lib/weights/random';

export interface EmissionTimes {
	/** Emitting RepViT-M0.9: tree, costs, weights and bytes. */
	readonly emitMs: number;
	/** Filling as many weights and copying them once into a new buffer: what can't be saved. */
	readonly fillAndCopyMs: number;
	/** Median of the rounds' own ratios. */
	readonly ratio: number;
}

/** How long emitting takes against the least it could take, taken in turn. */
export function measureEmission({ rounds = 25 }: { readonly rounds?: number } = {}): EmissionTimes {
	const { design } = findNamedDesign('repvit-m0.9')!;
	const { params } = emitDesign(design, { seed: 0 });
	const times = Array.from({ length: rounds }, () => {
		const fillAndCopyMs = timeMs(() => fillAndCopy(params));
		const emitMs = timeMs(() => emitDesign(design, { seed: 0 }));
		return { fillAndCopyMs, emitMs, ratio: emitMs / fillAndCopyMs };
	});
	return {
		emitMs: median(times.map(({ emitMs }) => emitMs)),
		fillAndCopyMs: median(times.map(({ fillAndCopyMs }) => fillAndCopyMs)),
		ratio: median(times.map(({ ratio }) => ratio))
	};
}

function fillAndCopy(count: number): Uint8Array {
	const weights = new Float32Array(count);
	new TensorRandom('benchmark').fillUniform(weights, 0.1);
	return new Uint8Array(weights.buffer).slice();
}

export function timeMs(run: () => unknown): number {
	const start = performance.now();
	run();
	return performance.now() - start;
}
