import { describe, expect, it } from 'vitest';
import { offerOf, probeBackends, type ProbedBrowser } from '$lib/measure/probe';
import { FakeGpu, FakeMl } from './fake-devices';

const browser = (
	navigator: object = {},
	more: Partial<Omit<ProbedBrowser, 'navigator'>> = {}
): ProbedBrowser => ({
	navigator: { hardwareConcurrency: 8, ...navigator },
	page: { visibilityState: 'visible' },
	isolated: true,
	secure: true,
	hasWebAssembly: true,
	shareMemory: () => true,
	...more
});

const throwing = () => {
	throw new Error('broken browser');
};

describe('a probe', () => {
	it('finds everything where there is everything', async () => {
		const probe = await probeBackends(
			browser({
				gpu: new FakeGpu(['shader-f16']).api,
				ml: new FakeMl({ cpu: ['float32'], gpu: ['float16'], npu: ['float16'] }).api,
				getBattery: () => Promise.resolve({ charging: false, level: 0.4, other: 1 }),
				userAgentData: {
					getHighEntropyValues: (hints: readonly string[]) =>
						Promise.resolve({
							platform: 'Android',
							...Object.fromEntries(hints.map((hint) => [hint, `its ${hint}`])),
							mobile: true
						})
				}
			})
		);
		expect(probe.threads.max).toBe(8);
		expect(probe.webgpu).toMatchObject({
			float32: { offered: true },
			float16: { offered: true },
			adapter: { vendor: 'acme' }
		});
		expect(probe.webnn.cpu.float16).toEqual({ offered: false, reason: 'no-float16' });
		expect(probe.webnn.npu.float16).toEqual({ offered: true });
		expect(probe.page).toEqual({
			visible: true,
			battery: { charging: false, level: 0.4 },
			device: {
				platform: 'Android',
				platformVersion: 'its platformVersion',
				architecture: 'its architecture',
				model: 'its model'
			}
		});
	});

	it('has a reason for everything that is missing', async () => {
		const probe = await probeBackends(browser({}, { isolated: false }));
		expect(probe.threads).toEqual({ max: 1, limit: 'not-isolated' });
		expect(probe.webgpu.float32).toEqual({ offered: false, reason: 'no-api' });
		expect(probe.webnn.gpu.float16).toEqual({ offered: false, reason: 'no-api' });
		expect(probe.page).toEqual({ visible: true, battery: null, device: null });
	});

	it.each<[string, Parameters<typeof browser>, string]>([
		['no adapter', [{ gpu: { requestAdapter: () => Promise.resolve(null) } }], 'no-adapter'],
		['a GPU that throws', [{ gpu: { requestAdapter: throwing } }], 'no-answer'],
		['an insecure page', [{}, { secure: false }], 'insecure-page']
	])('tells %s', async (_, args, reason) => {
		const { webgpu } = await probeBackends(browser(...args));
		expect(webgpu.float32).toEqual({ offered: false, reason });
		expect(webgpu.float16).toEqual({ offered: false, reason });
		expect(webgpu.adapter).toBeNull();
	});

	it('tells a GPU without float16', async () => {
		const { webgpu } = await probeBackends(browser({ gpu: new FakeGpu([]).api }));
		expect(webgpu.float32).toEqual({ offered: true });
		expect(webgpu.float16).toEqual({ offered: false, reason: 'no-float16' });
	});

	it('never rejects, whatever throws', async () => {
		const probe = await probeBackends(
			browser(
				{
					gpu: { requestAdapter: () => Promise.reject(new Error('lost')) },
					ml: { createContext: throwing },
					getBattery: throwing,
					userAgentData: { getHighEntropyValues: throwing }
				},
				{ shareMemory: throwing }
			)
		);
		expect(probe.threads).toEqual({ max: 1, limit: 'no-shared-memory' });
		expect(probe.webnn.cpu.float32).toEqual({ offered: false, reason: 'no-context' });
		expect(probe.page).toMatchObject({ battery: null, device: null });
	});
});

describe('an offer', () => {
	it('is looked up for what a candidate runs on', async () => {
		const probe = await probeBackends(browser({ gpu: new FakeGpu([]).api }));
		const threads = (count: number) =>
			offerOf(probe, { backend: 'wasm', threads: count, precision: 'float32' });
		expect(threads(8)).toEqual({ offered: true });
		expect(threads(9)).toEqual({ offered: false, reason: 'too-few-cores' });
		expect(offerOf(probe, { backend: 'webgpu', precision: 'float32' }).offered).toBe(true);
		expect(offerOf(probe, { backend: 'webgpu', precision: 'float16' }).offered).toBe(false);
		expect(offerOf(probe, { backend: 'webnn', device: 'npu', precision: 'float32' })).toEqual({
			offered: false,
			reason: 'no-api'
		});
	});
});
