import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findNamedDesign } from '$lib/arch/named-designs';
import {
	BEST_EPOCH,
	FIRST_VERSION_MS,
	NAMED_STAGE_RATIOS,
	SUMMARY_STAGE_RATIO
} from '$lib/reported/disagreements';
import { impliedBatch, LOGGED_RATES, TRAINING, TRAINING_TIME } from '$lib/reported/training';

interface Item {
	item: string;
	value: string | number | boolean;
	source: string;
	path?: string;
}

const reference = JSON.parse(
	readFileSync(new URL('../../reference/reported.json', import.meta.url), 'utf8')
) as {
	roadmap: { latency_ms_other?: { value: number }[] }[];
	training: {
		paper: Item[];
		code: Item[];
		downstream: Item[];
		logs: { max_lr: Record<string, number>; note: string };
		cost: { value: string; url: string }[];
	};
	disagreements: { topic: string; values: string; prefer: string }[];
};
const { paper, code, downstream, logs, cost } = reference.training;

/** Which entries of the reference each fact repeats. */
const PLACES: { readonly [F in keyof typeof TRAINING]: readonly string[] } = {
	optimiser: ['optimizer'],
	schedule: ['schedule'],
	epochs: ['epochs'],
	initialisation: ['init'],
	learningRate: ['lr'],
	batch: ['batch per GPU', 'GPUs in the README command'],
	warmUp: ['warm-up'],
	lowestRate: ['min lr'],
	weightDecay: ['weight decay'],
	clipping: ['gradient clipping'],
	average: ['EMA'],
	resolution: ['resolution'],
	augmentation: ['augmentation'],
	autoAugment: ['auto-augment'],
	mixing: ['mixup / cutmix'],
	erasing: ['random erasing'],
	jitter: ['colour jitter'],
	repeated: ['repeated augmentation'],
	interpolation: ['interpolation'],
	regularisation: ['regularisation'],
	smoothing: ['label smoothing'],
	dropPath: ['drop path'],
	teacher: ['distillation'],
	distillation: ['distillation'],
	evaluation: ['evaluation'],
	detection: ['detection'],
	segmentation: ['segmentation']
};

const entries = (name: keyof typeof TRAINING): Item[] => {
	const list = TRAINING[name].source === 'paper-v8' ? paper : [...code, ...downstream];
	return list.filter(({ item }) => PLACES[name].includes(item));
};

/** Every number in a text: `8x256 -> 4e-3`, `40k iterations`. */
const numbersIn = (text: string): number[] =>
	[...text.matchAll(/\d+(?:\.\d+)?(?:e-?\d+)?(k?)/g)].map(
		([number, thousands]) => parseFloat(number) * (thousands ? 1000 : 1)
	);

const disagreement = (topic: string) => {
	const { values } = reference.disagreements.find((one) => one.topic === topic)!;
	return { values, numbers: numbersIn(values) };
};

describe('the training recipe is the reference’s', () => {
	it.each(Object.keys(PLACES) as (keyof typeof TRAINING)[])('%s', (name) => {
		const found = entries(name);
		expect(found).toHaveLength(PLACES[name].length);
		const text = found.map(({ value }) => String(value)).join('; ');
		for (const figure of Object.values(TRAINING[name].figures)) {
			if (typeof figure === 'number') expect(numbersIn(text)).toContain(figure);
			else expect(text).toContain(figure);
		}
		for (const { path } of found) {
			if (path !== undefined) expect(TRAINING[name].where).toContain(path);
		}
	});

	it('leaves nothing of it out', () => {
		const names = Object.keys(PLACES) as (keyof typeof TRAINING)[];
		const shown = new Set(names.flatMap(entries));
		expect([...paper, ...code, ...downstream].filter((item) => !shown.has(item))).toEqual([]);
	});

	it('gives the logged learning rates, and the batches they imply', () => {
		const found = LOGGED_RATES.map(({ name, epochs, rate }) => {
			const model = findNamedDesign(name)!.label.replace('RepViT-', '');
			return [epochs === null ? model : `${model} ${epochs}e`, rate];
		});
		expect(Object.fromEntries(found)).toEqual(logs.max_lr);
		const { perGpu, gpus } = TRAINING.batch.figures;
		expect(impliedBatch(TRAINING.learningRate.figures.usual)).toBe(perGpu * gpus);
		expect(numbersIn(logs.note)).toEqual(
			expect.arrayContaining([impliedBatch(0.003), impliedBatch(0.002)])
		);
	});

	it('gives what training took, as the issues say', () => {
		const { whole, epoch } = TRAINING_TIME;
		expect(cost[0]!.value).toBe(
			`about ${whole.hours} h for ${whole.model} on ${whole.gpus} x ${whole.gpu}`
		);
		expect(cost[1]!.value).toBe(
			`about ${epoch.minutes} min per epoch for ${epoch.model} on ${epoch.gpus} x ${epoch.gpu}`
		);
		expect(cost.map(({ url }) => Number(url.split('/').at(-1)))).toEqual([
			whole.issue,
			epoch.issue
		]);
	});
});

describe('disagreements are the reference’s', () => {
	it('latencies of the first version', () => {
		const found = reference.roadmap.map(({ latency_ms_other }) => latency_ms_other?.[0]?.value);
		expect(found[6]).toBe(FIRST_VERSION_MS.step6);
		expect(found[7]).toBe(FIRST_VERSION_MS.step7);
		expect(found.filter((value) => value !== undefined)).toHaveLength(2);
	});

	it('stage ratios', () => {
		const { values } = disagreement('usual stage ratio');
		for (const { network, ratio } of NAMED_STAGE_RATIOS) {
			expect(values).toContain(`${network} ${ratio.join(':')}`);
		}
		expect(values).toContain(`seed says ${SUMMARY_STAGE_RATIO.join(':')} is the norm`);
	});

	it('the best epoch', () => {
		const { numbers } = disagreement('top-1 selection');
		expect(numbers).toEqual(
			expect.arrayContaining([BEST_EPOCH.best, BEST_EPOCH.epoch, BEST_EPOCH.last])
		);
	});

	it('distillation: the paper has none in the roadmap', () => {
		const { values } = disagreement('distillation in the roadmap');
		expect(values).toContain('distillation excluded for every roadmap step');
		expect(paper.find(({ item }) => item === 'distillation')!.value).toContain(
			'none for the roadmap'
		);
	});
});
