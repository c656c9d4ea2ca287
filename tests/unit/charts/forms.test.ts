import { describe, expect, it } from 'vitest';
import { findNamedDesign } from '$lib/arch/named-designs';
import { formChanges, isAboutForms } from '$lib/charts/form-changes';
import { formSentence } from '$lib/charts/form-sentence';
import type { CandidateResult, Estimate, PairResult, Verdict } from '$lib/measure/types';
import { candidateResult, estimate } from './sample-data';

const candidate = (name: string, ratio = 1): CandidateResult => ({
	...candidateResult(name, name, ratio),
	candidate: { id: name, label: name, design: findNamedDesign(name)!.design }
});
const pair = (b: string, ratio: Estimate, verdict: Verdict): PairResult => ({
	a: `${b}_training`,
	b,
	ratio,
	verdict
});
const both = (...names: string[]) =>
	names.flatMap((name) => [candidate(name), candidate(`${name}_training`)]);

describe('formChanges', () => {
	it('joins the two forms by what they fold to, with the ratio of the pair', () => {
		const candidates = [...both('step8'), candidate('step0'), candidate('repvit-m1.0_training')];
		const ratio = estimate(1.012, 0.004);
		const [change, ...more] = formChanges({ candidates, pairs: [pair('step8', ratio, 'slower')] });
		expect(more).toEqual([]);
		expect(change).toMatchObject({
			id: 'step8_training',
			label: 'step8',
			trainingMs: candidates[1]!.medianMs,
			deployMs: candidates[0]!.medianMs,
			ratio,
			verdict: 'slower'
		});
	});

	it('takes the pair whichever way round the run has it, and none where there is none', () => {
		const candidates = both('step8', 'step7');
		const turned = { a: 'step8', b: 'step8_training', ratio: estimate(0.8, 0), verdict: 'faster' };
		const changes = formChanges({ candidates, pairs: [turned as PairResult] });
		expect(changes[0]!.ratio!.value).toBeCloseTo(1.25);
		expect(changes[0]!.verdict).toBe('slower');
		expect(changes[1]).toMatchObject({ id: 'step7_training', ratio: null, verdict: null });
	});

	it('knows a run that is about nothing else', () => {
		expect(isAboutForms({ candidates: both('step7', 'step8') })).toBe(true);
		expect(isAboutForms({ candidates: [...both('step8'), candidate('step0')] })).toBe(false);
		expect(isAboutForms({ candidates: [] })).toBe(false);
	});
});

describe('formSentence', () => {
	const told = (verdicts: readonly [Verdict, Estimate][], rounds = 40) => {
		const names = ['step5', 'step6', 'step7', 'step8'].slice(0, verdicts.length);
		const pairs = names.map((name, index) => pair(name, verdicts[index]![1], verdicts[index]![0]));
		return formSentence(formChanges({ candidates: both(...names), pairs }), rounds);
	};
	const slow = estimate(1.05, 0.01);
	const same = estimate(1.005, 0.01);
	const fast = estimate(0.95, 0.01);

	it('is missing where no network has both forms', () => {
		expect(formSentence([], 40)).toBeNull();
	});

	it.each([
		['slower', slow, /step5 takes 1\.050 times as long in training form .* \(1\.040 to 1\.061\)/],
		['faster', fast, /step5 is faster in training form/],
		[
			'cannot-tell',
			same,
			/no difference .* the two forms of step5 can be told: .* 0\.995 and 1\.015/
		]
	] as const)('says of one network: %s', (verdict, ratio, expected) => {
		expect(told([[verdict, ratio]])).toMatch(expected);
	});

	it('says of many what they share, with the widest claim of their intervals', () => {
		expect(
			told([
				['cannot-tell', same],
				['cannot-tell', estimate(0.99, 0.01)]
			])
		).toMatch(
			/no difference .* can be told for any of the 2 networks: .* between 0\.980 and 1\.015/
		);
		expect(
			told([
				['slower', slow],
				['slower', slow]
			])
		).toMatch(/makes each of the 2 networks faster/);
		expect(
			told([
				['slower', slow],
				['faster', fast],
				['cannot-tell', same],
				['slower', slow]
			])
		).toMatch(/of 4 networks 2 are slower in training form and 1 are faster; for 1 no difference/);
	});

	it('says that there is nothing to say', () => {
		expect(formSentence(formChanges({ candidates: both('step8'), pairs: [] }), 0)).toMatch(
			/not been measured/
		);
		const few = { value: 1, low: 0.5, high: 2, roundsNeeded: 9 };
		expect(
			told(
				[
					['cannot-tell', few],
					['cannot-tell', same]
				],
				3
			)
		).toBe('3 rounds are too few to tell the two forms apart: it takes 9.');
	});
});
