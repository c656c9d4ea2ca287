import { describe, expect, it } from 'vitest';
import { parseRun } from '$lib/measure/export';
import { runResult } from '../charts/sample-data';

/** Conditions as version 1 had them. */
const OLD_CONDITIONS = {
	protocolVersion: '1.0.0',
	appVersion: '0.1.0',
	runtime: { name: 'onnxruntime-web', version: '1.30.0' },
	backend: 'wasm',
	threads: { asked: 2, effective: 1 },
	crossOriginIsolated: false,
	timerStepMs: 0.1,
	emptyCallMs: 0.02,
	sessionOptions: { enableMemPattern: true },
	runtimeStartMs: 90,
	userAgent: 'Test/1.0',
	logicalCores: 2,
	deviceMemoryGib: null,
	precision: 'float32',
	seed: 1,
	startedAt: '2026-01-02T00:00:00.000Z'
};
const old = (conditions: unknown) => {
	const run: unknown = JSON.parse(JSON.stringify(runResult()));
	return { ...(run as object), schemaVersion: 1, conditions };
};

describe('a run of version 1', () => {
	it('keeps all that was said of its one backend, as its one lane', () => {
		const parsed = parseRun(old(OLD_CONDITIONS));
		expect(parsed.ok && parsed.result.schemaVersion).toBe(2);
		const conditions = parsed.ok ? parsed.result.conditions : null;
		expect(conditions).toEqual({
			protocolVersion: '1.0.0',
			appVersion: '0.1.0',
			lanes: [
				{
					id: 'wasm-2',
					use: 'measuring',
					backend: 'wasm',
					device: null,
					threads: { asked: 2, effective: 1 },
					precisions: ['float32'],
					runtime: { name: 'onnxruntime-web', version: '1.30.0', build: 'plain' },
					adapter: null,
					sessionOptions: { enableMemPattern: true },
					runtimeStartMs: 90,
					emptyCallMs: 0.02
				}
			],
			crossOriginIsolated: false,
			timerStepMs: 0.1,
			userAgent: 'Test/1.0',
			logicalCores: 2,
			deviceMemoryGib: null,
			seed: 1,
			startedAt: '2026-01-02T00:00:00.000Z'
		});
	});

	it('may have no conditions', () => {
		expect(parseRun(old(null))).toMatchObject({ ok: true, result: { conditions: null } });
	});

	it('is refused where it is broken, with the place', () => {
		expect(parseRun(old({ ...OLD_CONDITIONS, backend: 'webgpu' }))).toMatchObject({
			ok: false,
			problem: { code: 'invalid', path: 'conditions.lanes' }
		});
		expect(parseRun(old({ ...OLD_CONDITIONS, timerStepMs: 'fine' }))).toMatchObject({
			problem: { code: 'invalid', path: 'conditions.timerStepMs' }
		});
	});
});

describe('a run of a version that is not known', () => {
	it.each([0, 3, '1', null, 1.5])('is refused: %o', (schemaVersion) => {
		expect(parseRun({ ...runResult(), schemaVersion })).toEqual({
			ok: false,
			problem: { code: 'unknown-version', version: String(schemaVersion) }
		});
	});
});
