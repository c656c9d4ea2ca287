import { describe, expect, it } from 'vitest';
import { parseExecution, printExecution } from '$lib/measure/execution';
import type { Offer } from '$lib/measure/probe';
import type { LaneConditions } from '$lib/measure/types';
import { threadChoices } from '$lib/state/executions';
import { adapterName, executionName, laneName, reasonsOf, shareText } from '$lib/ui/backend-texts';

const LANE: LaneConditions = {
	id: 'wasm-4',
	use: 'measuring',
	backend: 'wasm',
	device: null,
	threads: { asked: 4, effective: 1 },
	precisions: ['float32'],
	runtime: { name: 'onnxruntime-web', version: '1.30.0', build: 'plain' },
	adapter: null,
	sessionOptions: {},
	runtimeStartMs: null,
	emptyCallMs: null
};

describe('what a network runs on', () => {
	it.each([
		['wasm-1', 'WASM, 1 thread'],
		['wasm-4', 'WASM, 4 threads'],
		['webgpu', 'WebGPU'],
		['webgpu-float16', 'WebGPU, float16'],
		['webnn-npu-float16', 'WebNN NPU, float16']
	])('%s is %s', (code, name) => {
		expect(executionName(parseExecution(code)!)).toBe(name);
	});

	it('is called what it was, not what was asked for', () => {
		expect(laneName(LANE)).toBe('WASM, 1 thread');
		expect(laneName({ ...LANE, backend: 'webnn', device: 'gpu' })).toBe('WebNN GPU');
		const lane = { ...LANE, backend: 'webgpu' } as const;
		expect(laneName({ ...lane, precisions: ['float16'] })).toBe('WebGPU, float16');
		expect(laneName({ ...lane, precisions: ['float32', 'float16'] })).toBe('WebGPU');
	});

	it('is a GPU by what the browser tells, or by none', () => {
		const adapter = { isFallback: false, features: [], powerPreference: null };
		const told = { ...adapter, vendor: 'acme', architecture: '', description: 'One' };
		expect(adapterName(told)).toBe('acme, One');
		const silent = { ...told, vendor: '', description: '' };
		expect(adapterName(silent)).toBe('not named by the browser');
	});
});

describe('reasons', () => {
	const reasons = (...all: [string, Offer][]) => {
		const offers = new Map(all);
		return reasonsOf(
			all.map(([code]) => parseExecution(code)!),
			{ maxThreads: 2, offerOf: (each) => offers.get(printExecution(each))! }
		);
	};
	const offered: Offer = { offered: true };

	it('stand once for a row, and none where nothing is missing', () => {
		const missing: Offer = { offered: false, reason: 'no-adapter' };
		expect(reasons(['webgpu', missing], ['webgpu-float16', missing])).toEqual([
			'The browser has it, but no GPU that it may use.'
		]);
		expect(reasons(['webgpu', offered])).toEqual([]);
	});

	it('say where they are about float16 alone', () => {
		const half: Offer = { offered: false, reason: 'no-float16' };
		expect(reasons(['webgpu', offered], ['webgpu-float16', half])).toEqual([
			'float16: The device computes in float32 only.'
		]);
	});

	it('give the limit of threads', () => {
		const many: Offer = { offered: false, reason: 'too-few-cores' };
		expect(reasons(['wasm-2', offered], ['wasm-3', many])).toEqual([
			'2 at most: more threads than cores are slower.'
		]);
	});
});

describe('choices of threads', () => {
	it.each([
		[1, [1, 2]],
		[4, [1, 2, 3, 4, 5]],
		[12, [1, 2, 4, 8, 12]],
		[64, [1, 2, 4, 8, 16, 32, 64]]
	])('with %i cores are %j', (cores, choices) => {
		expect(threadChoices(cores, [])).toEqual(choices);
	});

	it('hold what an address has chosen', () => {
		expect(threadChoices(2, [parseExecution('wasm-9')!])).toEqual([1, 2, 3, 9]);
	});
});

describe('a share', () => {
	it.each([
		[0, '0 %'],
		[0.05, '5.0 %'],
		[0.001, '0.10 %'],
		[4.1e-7, '0.000041 %'],
		[0.4567, '46 %']
	])('of %d is %s', (share, text) => expect(shareText(share)).toBe(text));
});
