import { describe, expect, test } from 'vitest';
import { analyseDesign } from '$lib/arch/analysis';
import { opMacs } from '$lib/arch/cost';
import { BASELINE, type Design } from '$lib/arch/design';
import { walk, type ModuleNode } from '$lib/arch/module';
import { isDepthwise } from '$lib/arch/op';
import { volume, type Shape } from '$lib/arch/shapes';
import { findNamedDesign } from '$lib/arch/named-designs';
import { effectsModel } from '$lib/measure/sweep/effects-model';
import { cornerOf, defaultFactor, levelsOf, type SweepKey } from '$lib/measure/sweep/factors';
import { knownTimes, type KnownTime } from '$lib/measure/sweep/known-times';
import { partsModel } from '$lib/measure/sweep/parts-model';
import { predictor } from '$lib/measure/sweep/predict';
import { profiledPrices, profileModel, withEarlier } from '$lib/measure/sweep/profile-model';
import { sweepPlan } from '$lib/measure/sweep/sweep-plan';
import { WORK_KINDS, workOf } from '$lib/measure/sweep/work';
import { fits, paretoSet } from '$lib/measure/sweep/budget';
import { simulatedRun } from './simulated-run';

const BASE: Design = { ...findNamedDesign('repvit-m0.6')!.design, resolution: 128 };
const KEYS: readonly SweepKey[] = ['stem', 'se', 'kernel', 'activation'];
const FACTORS = KEYS.map(defaultFactor);
const HALF = sweepPlan(BASE, FACTORS, 8);
const FULL = sweepPlan(BASE, FACTORS, 16);
const EFFECTS = [-0.04, 0.06, 0.1, 0.2];
const logOf = (levels: readonly number[]) =>
	EFFECTS.reduce((sum, effect, factor) => sum + (effect / 2) * levels[factor]!, 0);

describe('the corners of a sweep', () => {
	test('are found again by their choices', () => {
		for (const { levels, design } of FULL.corners) {
			expect(levelsOf(BASE, FACTORS, design)).toEqual(levels);
		}
	});

	test('are left by another value, and by another choice', () => {
		const corner = cornerOf(BASE, FACTORS, [1, 1, 1, 1]);
		expect(levelsOf(BASE, FACTORS, { ...corner, stem: 'patchify' })).toBeNull();
		expect(levelsOf(BASE, FACTORS, { ...corner, resolution: 224 })).toBeNull();
	});

	test('are not left by what is folded away', () => {
		const corner = cornerOf(BASE, FACTORS, [1, -1, 1, -1]);
		expect(levelsOf(BASE, FACTORS, { ...corner, heads: 2 })).toEqual([1, -1, 1, -1]);
	});
});

describe('the additive model of effects', () => {
	const known = knownTimes(simulatedRun(HALF, { logOf, noise: 0.002, drift: 0 }));
	const model = effectsModel(HALF, known)!;

	test('tells corners that were not measured', () => {
		for (const { levels, design } of FULL.corners) {
			expect(model.predictMs(design)! / (40 * Math.exp(logOf(levels)))).toBeCloseTo(1, 1.5);
		}
	});

	test('says by leaving one out how far it errs', () => {
		expect(model.errors.leftOut).toHaveLength(8);
		expect(model.errors.typical).toBeLessThan(0.01);
		// Pairs that run together can't be given to designs, so that what they do is error.
		const tangled = simulatedRun(HALF, {
			logOf: (levels) => logOf(levels) + 0.05 * levels[0]! * levels[1]!,
			noise: 0.002
		});
		expect(effectsModel(HALF, knownTimes(tangled))!.errors.typical).toBeGreaterThan(0.05);
	});

	test('takes pairs in where the plan tells them apart and they help', () => {
		const pairwise = (levels: readonly number[]) => logOf(levels) + 0.05 * levels[0]! * levels[1]!;
		const run = simulatedRun(FULL, { logOf: pairwise, noise: 0.002 });
		const withPairs = effectsModel(FULL, knownTimes(run))!;
		expect(withPairs.terms).toBe(1 + 4 + 6);
		expect(withPairs.errors.typical).toBeLessThan(0.01);
		expect(effectsModel(FULL, knownTimes(simulatedRun(FULL, { logOf, noise: 0.05 })))!.terms).toBe(
			5
		);
	});

	test('knows no other designs, and nothing from too few', () => {
		expect(model.predictMs(BASELINE)).toBeNull();
		expect(effectsModel(HALF, known.slice(0, 4))).toBeNull();
	});
});

describe('a design that a run holds twice', () => {
	const run = simulatedRun(FULL, { logOf, noise: 0.05 });
	const twin = run.candidates[5]!;
	// A step of the roadmap may be a corner, written with a choice that is folded away.
	const design = { ...FULL.corners[5]!.design, heads: 2 as const };
	const candidate = { ...twin.candidate, id: 'step8', design };
	const twice = { ...run, candidates: [...run.candidates, { ...twin, candidate }] };

	test.each(['effects', 'parts'])('is left out whole by the sum of %s', (kind) => {
		const errorsOf = (result: typeof run) =>
			predictor(FULL, result).models.find((model) => model.kind === kind)!.errors;
		expect(errorsOf(twice)).toEqual(errorsOf(run));
		expect(errorsOf(twice).leftOut).toHaveLength(16);
	});

	test('counts once, at the mean of what it took', () => {
		const slower = { ...twin.ratio!, value: twin.ratio!.value * 1.21 };
		const known = knownTimes({
			...run,
			candidates: [...run.candidates, { ...twin, candidate, ratio: slower }]
		});
		expect(known).toHaveLength(16);
		const before = knownTimes(run)[5]!;
		expect(known[5]).toMatchObject({ id: before.id, medianMs: before.medianMs });
		expect(known[5]!.pairedMs / before.pairedMs).toBeCloseTo(1.1);
	});
});

/** What designs would take if every kind of work had this price, in nanoseconds. */
const PRICES = [0.07, 0.6, 0.3, 8, 6, 1, 20_000];
const timeOf = (design: Design) =>
	workOf(design).reduce((sum, amount, kind) => sum + amount * PRICES[kind]! * 1e-6, 0);
const measured = (designs: readonly Design[]): KnownTime[] =>
	designs.map((design, index) => {
		const value = timeOf(design);
		return {
			id: String(index),
			design,
			pairedMs: value,
			medianMs: { value, low: value, high: value }
		};
	});

/** What a kernel would take at these prices, without its call. */
function kernelMs(node: ModuleNode, { input, output }: { input: Shape; output: Shape }): number {
	const [dense, depthwise, matrixVector, gelu, , elements] = PRICES.map((each) => each * 1e-6);
	if (node.kind === 'sequential') return 0;
	if (node.kind === 'branches') return elements! * volume(output) * node.children.length;
	const { op } = node;
	switch (op.type) {
		case 'conv':
		case 'linear': {
			const isMap = output.length > 2 && output[2]! * output[3]! > 1;
			const price = isDepthwise(op) ? depthwise : isMap ? dense : matrixVector;
			return price! * opMacs(op, output);
		}
		case 'gelu':
			return gelu! * volume(output);
		case 'globalAvgPool':
			return elements! * volume(input);
		default:
			return 0;
	}
}

describe('the model of parts', () => {
	const known = measured(FULL.corners.map(({ design }) => design));
	const model = partsModel(known)!;

	test('reaches designs of other sizes', () => {
		const wider: Design = { ...BASE, widths: [64, 128, 256, 512], resolution: 160 };
		expect(model.predictMs(wider)! / timeOf(wider)).toBeCloseTo(1, 1);
		expect(model.errors.typical).toBeLessThan(0.02);
	});

	test('says nothing of work that it has not seen', () => {
		expect(model.predictMs({ ...BASE, activation: 'hard-swish' })).toBeNull();
	});

	test('needs more designs than it has prices', () => {
		expect(partsModel(known.slice(0, WORK_KINDS.length))).toBeNull();
	});
});

describe('prices of a profile', () => {
	const kernelsOf = (design: Design) =>
		timeOf(design) - workOf(design).at(-1)! * PRICES.at(-1)! * 1e-6;
	const known = measured(FULL.corners.slice(0, 4).map(({ design }) => design)).map((each) => ({
		...each,
		pairedMs: kernelsOf(each.design)
	}));
	/** A profiler that slows every kernel by a tenth. */
	const { root, shapes } = analyseDesign(BASE);
	const timesMs = new Map(
		[...walk(root)].map(({ node, path }) => [path, 1.1 * kernelMs(node, shapes.get(path)!)])
	);
	const prices = profiledPrices(BASE, timesMs);
	const model = profileModel(known, prices)!;

	test('are those of the work, up to one factor that measured designs tell', () => {
		WORK_KINDS.forEach((kind, index) => {
			if (workOf(BASE)[index] === 0) expect(prices[index], kind).toBeNull();
		});
		expect(prices[0]! / (PRICES[0]! * 1e-6)).toBeCloseTo(1.1, 6);
		const wider: Design = { ...BASE, widths: [64, 128, 256, 512], resolution: 160 };
		expect(model.predictMs(wider)! / kernelsOf(wider)).toBeCloseTo(1, 6);
		expect(model.errors.typical).toBeLessThan(1e-6);
		expect(model.errors.leftOut).toHaveLength(4);
	});

	test('stay where a later profile had none of the work', () => {
		const later = prices.map((price, kind) => (kind === 0 ? 2 * price! : null));
		const both = withEarlier(later, prices);
		expect(both[0]).toBe(2 * prices[0]!);
		expect(both.slice(1)).toEqual(prices.slice(1));
		expect(withEarlier(later, null)).toEqual(later);
	});

	test('leave each measured design out of the factor', () => {
		const off = known.map((each, index) =>
			index === 0 ? { ...each, pairedMs: 2 * each.pairedMs } : each
		);
		const [first] = profileModel(off, prices)!.errors.leftOut;
		expect(first!.predictedMs / first!.measuredMs).toBeCloseTo(0.5, 6);
	});

	test('say nothing of work that was not profiled, nor from too few designs', () => {
		expect(model.predictMs({ ...BASE, activation: 'hard-swish' })).toBeNull();
		expect(profileModel(known.slice(1), prices)).toBeNull();
	});

	test('have the word where a sweep is too small to know, and on WebAssembly alone', () => {
		const plan = sweepPlan(BASE, FULL.factors.slice(0, 2), 4);
		const run = simulatedRun(plan, { logOf: ([one]) => 0.01 * one!, noise: 0.002 });
		const other: Design = { ...BASE, resolution: 192 };
		expect(predictor(plan, run).guess(other)).toBeNull();
		expect(predictor(plan, run, prices).guess(other)).toMatchObject({
			truth: 'predicted',
			model: 'profile'
		});
		// Far beyond what was measured its error is not known: half the side is a quarter of the work.
		for (const resolution of [64, 448]) {
			const far: Design = { ...BASE, resolution };
			expect(profileModel(knownTimes(run), prices)!.predictMs(far)).not.toBeNull();
			expect(predictor(plan, run, prices).guess(far)).toBeNull();
		}
		const candidates = run.candidates.map((each) => ({
			...each,
			candidate: {
				...each.candidate,
				execution: { backend: 'webgpu', precision: 'float32' } as const
			}
		}));
		expect(predictor(plan, { ...run, candidates }, prices).guess(other)).toBeNull();
	});
});

describe('a guess', () => {
	const run = simulatedRun(HALF, { logOf, noise: 0.002 });
	const { guess, models } = predictor(HALF, run);

	test('is the measured time where there is one', () => {
		const { id, design } = HALF.corners[2]!;
		expect(guess({ ...design })).toMatchObject({ truth: 'measured', known: { id } });
	});

	test('is predicted, with its error, where there is none', () => {
		const open = FULL.corners.find(({ id }) => !HALF.corners.some((corner) => corner.id === id))!;
		expect(guess(open.design)).toMatchObject({
			truth: 'predicted',
			model: 'effects',
			error: models[0]!.errors.typical
		});
	});

	test('is none for what no model knows', () => {
		expect(guess({ ...BASE, stem: 'patchify', activation: 'hard-swish' })).toBeNull();
	});
});

describe('a budget', () => {
	const offers = [
		{ id: 'a', ms: 10, error: 0, top1: 74 },
		{ id: 'b', ms: 12, error: 0, top1: 73 },
		{ id: 'c', ms: 20, error: 0, top1: 78 },
		{ id: 'd', ms: 5, error: 0, top1: null },
		{ id: 'e', ms: 20, error: 0, top1: 78 }
	];

	test('has its Pareto set among designs with an accuracy', () => {
		expect(paretoSet(offers).map(({ id }) => id)).toEqual(['a', 'c', 'e']);
	});

	test('counts a prediction at its typical error', () => {
		expect(fits({ ms: 10, error: 0 }, 10)).toBe(true);
		expect(fits({ ms: 10, error: 0.02 }, 10)).toBe(false);
	});
});
