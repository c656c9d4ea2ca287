import { describe, expect, it } from 'vitest';
import type { BackendProbe, Offer } from '$lib/measure/probe';
import { MeasureSetup } from '$lib/state/measure-setup.svelte';
import { networkId } from '$lib/state/executions';

const offered: Offer = { offered: true };
const missing: Offer = { offered: false, reason: 'no-api' };
const PROBE: BackendProbe = {
	isolated: true,
	wasm: offered,
	threads: { max: 4, limit: 'too-few-cores' },
	webgpu: {
		float32: offered,
		float16: { offered: false, reason: 'no-float16' },
		adapter: null
	},
	webnn: {
		cpu: { float32: missing, float16: missing },
		gpu: { float32: missing, float16: missing },
		npu: { float32: missing, float16: missing }
	},
	page: { visible: true, battery: null }
};

const setupFrom = (search: string, probe: BackendProbe | null = PROBE) => {
	const setup = new MeasureSetup({
		labelOf: ({ name }, number) => name ?? `own ${number}`,
		isolated: true,
		logicalCores: 4
	});
	setup.readQuery(new URLSearchParams(search));
	setup.probe = probe;
	return setup;
};

describe('what to run on, in an address', () => {
	it.each([
		'?designs=step0',
		'?designs=step0&threads=3',
		'?designs=step0&on=wasm-1%2Cwasm-4%2Cwebgpu%2Cwebgpu-float16%2Cwebnn-npu-float16',
		'?designs=step0&on=webgpu',
		'?designs=step0&on='
	])('%s comes back as it went', (search) => {
		const setup = setupFrom(search);
		expect(setup.problems).toEqual([]);
		expect(setup.search).toBe(search);
	});

	it('is put in order, each once, and an address of before counts as well', () => {
		expect(setupFrom('?designs=step0&on=webgpu,wasm-2,webgpu').search).toBe(
			'?designs=step0&on=wasm-2%2Cwebgpu'
		);
		expect(setupFrom('?designs=step0&threads=2&on=webgpu').search).toBe(
			'?designs=step0&on=wasm-2%2Cwebgpu'
		);
	});

	it('is named where it means nothing, and the rest is taken', () => {
		const setup = setupFrom('?designs=step0&on=webgpu,cuda,wasm-0');
		expect(setup.problems.map(({ code, value }) => `${code} ${value}`)).toEqual([
			'bad-execution cuda',
			'bad-execution wasm-0'
		]);
		expect(setup.executions).toEqual([{ backend: 'webgpu', precision: 'float32' }]);
	});
});

describe('a plan', () => {
	it('of WebAssembly alone is what it always was', () => {
		const options = setupFrom('?designs=step0,step1&threads=2').options();
		expect(options.threads).toBe(2);
		expect(options.candidates.map(({ id, execution }) => [id, execution])).toEqual([
			['step0', undefined],
			['step1', undefined]
		]);
		expect(options.extraPairs).toEqual([{ a: 'step1', b: 'step0' }]);
	});

	it('is every network on everything, the first with the names they have alone', () => {
		const setup = setupFrom('?designs=step0,step1&on=wasm-1,wasm-2,webgpu');
		const { candidates, extraPairs, referenceId, threads } = setup.options();
		expect(candidates.map(({ id }) => id)).toEqual([
			'step0',
			'step1',
			'step0@wasm-2',
			'step1@wasm-2',
			'step0@webgpu',
			'step1@webgpu'
		]);
		expect([referenceId, threads]).toEqual(['step0', 1]);
		expect(candidates.every(({ execution }) => execution)).toBe(true);
		expect(candidates.at(-1)!.label).toBe('step1 webgpu');
		expect(extraPairs).toContainEqual({ a: 'step1@webgpu', b: 'step1' });
		expect(candidates.map(({ id }) => networkId(id))).toEqual([
			'step0',
			'step1',
			'step0',
			'step1',
			'step0',
			'step1'
		]);
	});

	it('compares both forms of a network on the same', () => {
		const setup = setupFrom('?designs=step8,step8_training&on=wasm-1,wasm-2');
		expect(setup.options().extraPairs).toContainEqual({
			a: 'step8_training@wasm-2',
			b: 'step8@wasm-2'
		});
	});

	it('leaves out what the browser does not offer, and asks for more where nothing is left', () => {
		const setup = setupFrom('?designs=step0&on=wasm-9,webgpu,webnn-npu');
		expect(setup.planned.map(({ id }) => id)).toEqual(['step0']);
		expect(setup.planned[0]!.execution).toEqual({ backend: 'webgpu', precision: 'float32' });
		setup.toggleExecution({ backend: 'webgpu', precision: 'float32' });
		expect(setup.obstacle).toEqual({ code: 'nothing-to-run-on' });
		setup.toggleExecution({ backend: 'wasm', threads: 1, precision: 'float32' });
		expect(setup.obstacle).toBeNull();
	});

	it('counts every network on everything against what one run can hold', () => {
		const on = 'wasm-1,wasm-2,wasm-3,wasm-4';
		expect(setupFrom(`?on=${on}`).obstacle).toMatchObject({ code: 'too-many', count: 36 });
		const one = setupFrom('?designs=step0').estimateSeconds;
		expect(setupFrom('?designs=step0&on=wasm-1,wasm-2').estimateSeconds).toBeCloseTo(2 * one, 6);
	});

	it('takes WebAssembly for granted before the browser has been looked at, and no more', () => {
		const setup = setupFrom('?designs=step0&on=wasm-2,webgpu', null);
		expect(setup.planned.map(({ id }) => id)).toEqual(['step0']);
		expect(setup.options().threads).toBe(2);
	});
});
