import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { BASELINE } from '$lib/arch/design';
import { resolveDesign } from '$lib/arch/models/resolve';
import { analysePlanned, type PlannedNetwork } from '$lib/arch/planned-network';
import { isInferred } from '$lib/charts/inferred';
import { candidateSchema } from '$lib/measure/schema';
import { emitPlanned } from '$lib/onnx/emit-planned';
import { reportedFor } from '$lib/reported/look-up';
import { formPairs } from '$lib/state/form-pairs';
import { runObstacle } from '$lib/state/measure-size';
import {
	candidatesOf,
	parseSelection,
	printSelection,
	selectedOfOpened,
	type OpenedNetworks
} from '$lib/state/selection';
import { runModel } from '../onnx/runtime';

/** Squeeze-and-excitation in the second block only: what no choices say. */
const plan = (() => {
	const whole = resolveDesign({
		...BASELINE,
		mixing: 'separated',
		widths: [8, 16, 16, 24],
		depths: [1, 2, 1, 1],
		stem: 'early-conv',
		downsampling: 'deeper',
		classifier: 'simple',
		se: 'none',
		classes: 10
	});
	const stages = whole.stages.map((stage, index) =>
		index === 1
			? {
					...stage,
					blocks: stage.blocks.map((b, i) => (i === 1 ? { ...b, squeezeChannels: 8 } : b))
				}
			: stage
	);
	return { ...whole, stages };
})();
const training: PlannedNetwork = { plan, form: 'training' };
const deploy: PlannedNetwork = { plan, form: 'deploy' };
const opened: OpenedNetworks = { fileName: 'mine.safetensors', training, deploy };

describe('the open checkpoint as networks to measure', () => {
	const selected = selectedOfOpened(opened);

	it('prints to an address and is found again as long as it is open', () => {
		expect(printSelection(selected)).toBe('checkpoint_training,checkpoint');
		const text = 'step0,checkpoint_training,checkpoint';
		expect(parseSelection(text, opened).selected.slice(1)).toEqual(selected);
		const later = parseSelection(text);
		expect(later.closed).toEqual(['checkpoint_training', 'checkpoint']);
		expect(later.selected.map(({ name }) => name)).toEqual(['step0']);
		expect(later.unknown).toEqual([]);
	});

	it('of a fused file is one form', () => {
		expect(selectedOfOpened({ ...opened, training: null }).map(({ name }) => name)).toEqual([
			'checkpoint'
		]);
	});

	it('can be run, and its forms are a pair', () => {
		expect(runObstacle(selected)).toBeNull();
		const candidates = candidatesOf(selected, ({ label }) => label ?? '');
		expect(formPairs(candidates)).toEqual([{ a: 'checkpoint_training', b: 'checkpoint' }]);
		for (const candidate of candidates) {
			expect(v.parse(candidateSchema, structuredClone(candidate))).toEqual(candidate);
		}
		const [first] = candidates;
		const broken = { ...first, design: { plan: { ...plan, stages: 'none' }, form: 'deploy' } };
		expect(v.is(candidateSchema, broken)).toBe(false);
	});

	it('has nothing reported and nothing inferred', () => {
		expect(reportedFor(deploy)).toEqual({ latency: null, top1: [] });
		expect(isInferred(deploy)).toBe(false);
	});

	it('is emitted in both forms with the same function', async () => {
		const [a, b] = [training, deploy].map((network) => emitPlanned(network, 3));
		expect(a!.params).toBe(analysePlanned(training).total.params);
		const [x, y] = [
			await runModel(a!.bytes, a!.inputShape),
			await runModel(b!.bytes, b!.inputShape)
		];
		expect(x.data).toHaveLength(10);
		for (const [i, value] of x.data.entries()) expect(y.data[i]).toBeCloseTo(value, 4);
	});
});
