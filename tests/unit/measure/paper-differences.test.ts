import { describe, expect, test } from 'vitest';
import { BASELINE } from '$lib/arch/design';
import { paperDifferences, rankedNetworks } from '$lib/measure/paper-differences';
import type { Conditions } from '$lib/measure/types';
import { candidateResult, runResult } from '../charts/sample-data';

const conditions: Conditions = {
	protocolVersion: '1.0.0',
	appVersion: '0.1.0',
	lanes: [
		{
			id: 'wasm-2',
			use: 'measuring',
			backend: 'wasm',
			device: null,
			threads: { asked: 2, effective: 2 },
			precisions: ['float32'],
			runtime: { name: 'onnxruntime-web', version: '1.30.0', build: 'plain' },
			adapter: null,
			sessionOptions: {},
			runtimeStartMs: null,
			emptyCallMs: null
		}
	],
	crossOriginIsolated: true,
	timerStepMs: 0.005,
	userAgent: 'test',
	logicalCores: 8,
	deviceMemoryGib: null,
	seed: 1,
	startedAt: '2026-11-27T00:00:00.000Z'
};
const candidates = [
	candidateResult('step0', 'Start', 1),
	candidateResult('step1', 'Mixers', 1.4),
	candidateResult('own1', 'Own', 1.2)
];
const codes = (run: Parameters<typeof paperDifferences>[0], ids: readonly string[] = []) =>
	paperDifferences(run, new Set(ids)).map(({ code }) => code);

describe('what differs from the paper', () => {
	test('is what applies, and no more', () => {
		const run = runResult({ candidates, conditions });
		expect(codes(run)).toEqual(['processor', 'precision', 'runtime', 'threads', 'protocol']);
		expect(codes(run, ['step1'])).toContain('structure');
	});

	test('is resolution and form where these differ', () => {
		const other = { ...BASELINE, resolution: 160, form: 'training' as const };
		const candidate = { id: 'own2', label: 'Own', design: other };
		const run = runResult({
			candidates: [candidateResult('x', 'x', 1, { candidate })],
			conditions
		});
		expect(codes(run)).toEqual(expect.arrayContaining(['resolution', 'form']));
	});

	test('is not known where nothing ran', () => {
		expect(codes(runResult({ candidates, conditions: null }))).toEqual([]);
	});
});

describe('ranks and ratios', () => {
	const run = runResult({ candidates, conditions, referenceId: 'step0' });

	test('are of networks with a reported latency, here and there', () => {
		const ranked = rankedNetworks(
			run,
			new Map([
				['step0', 1],
				['step1', 0.8]
			])
		);
		expect(ranked.map(({ id, rankHere, rankPaper }) => [id, rankHere, rankPaper])).toEqual([
			['step0', 1, 2],
			['step1', 2, 1]
		]);
		expect(ranked[1]!.ratioPaper).toBe(0.8);
	});

	test('take two networks, the reference among them', () => {
		expect(rankedNetworks(run, new Map([['step0', 1]]))).toEqual([]);
		expect(
			rankedNetworks(
				run,
				new Map([
					['step1', 1],
					['own1', 2]
				])
			)
		).toEqual([]);
	});
});
