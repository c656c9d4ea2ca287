import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BASELINE } from '$lib/arch/design';
import { neighbourPairs } from '$lib/measure/comparisons';
import {
	parseExecution,
	planLanes,
	printExecution,
	WEBNN_DEVICES,
	type Execution
} from '$lib/measure/execution';
import { compareOutputs } from '$lib/measure/output-check';

const precision = fc.constantFrom('float32', 'float16');
const arbitraryExecution: fc.Arbitrary<Execution> = fc.oneof(
	fc.record({
		backend: fc.constant('wasm'),
		threads: fc.integer({ min: 1, max: 9999 }),
		precision: fc.constant('float32')
	}),
	fc.record({ backend: fc.constant('webgpu'), precision }),
	fc.record({ backend: fc.constant('webnn'), device: fc.constantFrom(...WEBNN_DEVICES), precision })
);
const candidate = (id: string, execution?: Execution) => ({
	id,
	label: id,
	design: BASELINE,
	...(execution && { execution })
});
const GPU: Execution = { backend: 'webgpu', precision: 'float32' };
const HALF: Execution = { backend: 'webgpu', precision: 'float16' };

describe('what to run on', () => {
	it('comes back from its text', () => {
		fc.assert(
			fc.property(arbitraryExecution, (execution) => {
				expect(parseExecution(printExecution(execution))).toEqual(execution);
			})
		);
	});

	it.each(['', 'wasm', 'wasm-0', 'wasm-1-float16', 'webgpu-int8', 'webnn', 'webnn-tpu', 'WebGPU'])(
		'is nothing for %o',
		(text) => expect(parseExecution(text)).toBeNull()
	);
});

describe('the lanes of a run', () => {
	it('are one where nothing is said, with the run’s threads', () => {
		expect(planLanes({ candidates: [candidate('a'), candidate('b')], threads: 3 })).toEqual({
			own: { backend: 'wasm', threads: 3 },
			others: []
		});
	});

	it('are shared by precisions, not by settings of the runtime', () => {
		const two: Execution = { backend: 'wasm', threads: 2, precision: 'float32' };
		const candidates = [
			candidate('a', GPU),
			candidate('b', HALF),
			candidate('c', two),
			candidate('d')
		];
		expect(planLanes({ candidates, threads: 1 })).toEqual({
			own: { backend: 'wasm', threads: 2 },
			others: [{ backend: 'webgpu' }, { backend: 'wasm', threads: 1 }]
		});
	});

	it('keep plain WebAssembly for the outputs alone, and drop what no candidate needs any more', () => {
		const candidates = [candidate('a', GPU), candidate('b')];
		expect(planLanes({ candidates: candidates.slice(0, 1), threads: 4 })).toEqual({
			own: { backend: 'wasm', threads: 1 },
			others: [{ backend: 'webgpu' }]
		});
		expect(planLanes({ candidates, threads: 4 }, new Set(['a'])).others).toEqual([]);
	});
});

describe('neighbours', () => {
	it('are compared where both run on the same', () => {
		const candidates = [
			candidate('a'),
			candidate('b'),
			candidate('a2', GPU),
			candidate('b2', GPU),
			candidate('b3', HALF)
		];
		const all = new Set(candidates.map(({ id }) => id));
		expect(neighbourPairs({ candidates, threads: 1 }, all)).toEqual([
			{ a: 'b', b: 'a' },
			{ a: 'b2', b: 'a2' }
		]);
	});
});

describe('two outputs', () => {
	const reference = Float32Array.of(-1, 0, 1);

	it('differ by their largest difference, as a share of the range', () => {
		const { check, failure } = compareOutputs(Float32Array.of(-1, 0.5, 1), reference, 'float16');
		expect(check).toMatchObject({ maxDifference: 0.5, relative: 0.25 });
		expect(failure?.reason).toBe('wrong-output');
	});

	it('of one value are compared by its size', () => {
		const { check } = compareOutputs(Float32Array.of(2.02), Float32Array.of(2), 'float16');
		expect(check.relative).toBeCloseTo(0.01, 5);
	});

	it.each([[Float32Array.of(-1, NaN, 1)], [Float32Array.of(-1, 0)], [new Float32Array(3)]])(
		'are not alike: %o',
		(output) => {
			expect(compareOutputs(output, reference, 'float16').failure).not.toBeNull();
		}
	);
});
