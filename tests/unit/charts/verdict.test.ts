import { describe, expect, it } from 'vitest';
import { verdictSentence, verdictSentences } from '$lib/charts/verdict';
import type { RunResult, Verdict } from '$lib/measure/types';
import { candidateResult, estimate, reportedLatencyMs, runResult } from './sample-data';

function runWith(ratio: number, verdict: Verdict, overrides: Partial<RunResult> = {}): RunResult {
	return runResult({
		candidates: [
			candidateResult('step0', 'MobileNetV3-L', 1),
			candidateResult('step8', 'RepViT-M0.9', ratio, { ratio: estimate(ratio, 0.02), verdict })
		],
		...overrides
	});
}

const say = (result: RunResult, startedFrom = false) =>
	verdictSentence({ result, designId: 'step8', startedFrom, reportedLatencyMs });

describe('verdictSentence', () => {
	it('says what a person can repeat', () => {
		expect(say(runWith(1.8, 'slower'), true)).toBe(
			'On this device, RepViT-M0.9 takes 1.80 times as long as the MobileNetV3-L it started from (1.76 to 1.84). ' +
				"On the paper's iPhone 12 it took 0.86 times as long."
		);
	});

	it('has words for faster and for cannot tell', () => {
		expect(say(runWith(0.5, 'faster'))).toContain(
			'RepViT-M0.9 is faster: it takes 0.500 times as long as MobileNetV3-L (0.490 to 0.510).'
		);
		expect(say(runWith(1, 'cannot-tell'))).toContain(
			'no difference in time between RepViT-M0.9 and MobileNetV3-L can be told: the ratio lies between 0.98 and 1.02.'
		);
	});

	it('has words for not measured and for failed', () => {
		const nothing = runResult({ candidates: [], pairs: [], control: null });
		expect(say(nothing)).toContain('RepViT-M0.9 has not been measured against MobileNetV3-L');
		const failed = runResult({
			candidates: [
				candidateResult('step0', 'MobileNetV3-L', 1),
				candidateResult('step8', 'RepViT-M0.9', 1.8, {
					status: { state: 'failed', reason: 'out-of-memory', detail: '' },
					ratio: null,
					verdict: null
				})
			]
		});
		expect(say(failed)).toContain(
			'RepViT-M0.9 could not be measured on this device: out of memory.'
		);
	});

	it('compares with another design through the pairs of the run', () => {
		const sentences = verdictSentences({
			result: runResult(),
			designId: 'step8',
			referenceId: 'step7',
			reportedLatencyMs
		});
		expect(sentences.measured).toContain('RepViT-M0.9 is faster');
		expect(sentences.reported).toContain('0.98 times');
	});

	it('names the reference that the run really used', () => {
		const replaced = runWith(1.8, 'slower', { referenceId: 'step0' });
		const asked = { ...replaced, options: { ...replaced.options, referenceId: 'step5' } };
		expect(say(asked)).toContain('MobileNetV3-L');
	});

	it('does not make up a reported figure', () => {
		const { reported } = verdictSentences({
			result: runWith(1.8, 'slower'),
			designId: 'step8',
			reportedLatencyMs: { step0: 1.01 }
		});
		expect(reported).toBe('The paper gives no latency to compare it with.');
	});

	it('warns when the control found a difference, or the run did not finish', () => {
		const control = { ratio: estimate(1.04, 0.01), verdict: 'slower' } as const;
		expect(say(runWith(1.8, 'slower', { control }))).toContain('Do not rely on this run');
		expect(say(runWith(1.8, 'slower', { status: { state: 'stopped' } }))).toContain(
			'stopped early'
		);
		expect(say(runWith(1.8, 'slower', { status: { state: 'measuring' } }))).toContain('so far');
	});

	it('says that the rounds were too few rather than that there is no difference', () => {
		const few = runWith(1.8, 'cannot-tell', { roundCount: 5 });
		const candidates = few.candidates.map((each) => ({
			...each,
			ratio: each.ratio && { ...each.ratio, roundsNeeded: 6 }
		}));
		const { measured, isMeasured, cautions } = verdictSentences({
			result: { ...few, candidates },
			designId: 'step8',
			reportedLatencyMs
		});
		expect(measured).toMatch(/^On this device, 5 rounds are too few to tell RepViT-M0.9/);
		expect(isMeasured).toBe(true);
		expect(cautions.map(({ code }) => code)).toEqual(['few-rounds']);
		expect(cautions[0]!.text).toContain('5 rounds are too few for a 95 % interval');
	});
});
