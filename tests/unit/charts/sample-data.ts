import { BASELINE } from '$lib/arch/design';
import type { PlotPoint, ResultRow } from '$lib/charts/types';
import type { CandidateResult, Estimate, PairResult, RunResult, Verdict } from '$lib/measure/types';

/** The paper's roadmap, and a device on which its order turns round. */
const STEPS = [
	['MobileNetV3-L', 'MobileNetV3-L', 1.01, 71.5, 1, 5.47, 217],
	['Separate mixers', 'mixers', 0.81, 68.3, 0.9, 5.1, 200],
	['Expansion 2, wider', 'expansion', 0.89, 73.5, 1.2, 5.3, 420],
	['Early-convolution stem', 'stem', 0.86, 73.9, 1.25, 5.3, 430],
	['Deeper downsampling', 'downsampling', 0.96, 75.4, 1.6, 6.6, 640],
	['Simple classifier', 'classifier', 0.77, 74.8, 1.5, 4.1, 630],
	['Stage ratio 1:1:7:1', 'stages', 0.91, 76.9, 1.9, 5.1, 830],
	['3x3 kernels', 'kernels', 0.89, 76.9, 1.85, 5.0, 815],
	['RepViT-M0.9', 'SE', 0.87, 77.4, 1.8, 5.07, 816]
] as const;

const FAMILY = [
	['M0.6', 0.64, 74.1, 0.5, 2.47, 385],
	['M0.9', 0.87, 78.7, 1, 5.07, 816],
	['M1.0', 1.0, 80, 1.31, 6.81, 1106],
	['M1.1', 1.1, 80.7, 1.55, 8.24, 1337],
	['M1.5', 1.5, 82.3, 2.64, 14.05, 2274],
	['M2.3', 2.3, 83.3, 5, 22.93, 4516]
] as const;

const CONDITIONS =
	'onnxruntime-web 1.30.0, WASM, 2 of 2 threads, isolated, float32, 2026-11-20 14:03';

export function estimate(value: number, relative: number): Estimate {
	return { value, low: value * (1 - relative), high: value * (1 + relative) };
}

export function roadmapPoints({ measured = true } = {}): PlotPoint[] {
	return STEPS.map(([label, word, latencyMs, top1, ratio, params, macs], step) => ({
		id: `step${step}`,
		label: `Step ${step}: ${label}`,
		shortLabel: `${step} ${word}`,
		step,
		reported: {
			latencyMs,
			top1,
			regime: '300 epochs, without distillation',
			source: 'RepViT paper, section 3'
		},
		measured: measured
			? {
					medianMs: estimate(40 * ratio, 0.012),
					ratio: estimate(ratio, 0.01),
					conditions: CONDITIONS
				}
			: null,
		params: params * 1e6,
		macs: macs * 1e6,
		inferred: step < 8,
		noTop1Reason: null
	}));
}

export function familyPoints(): PlotPoint[] {
	return FAMILY.map(([name, latencyMs, top1, ratio, params, macs]) => ({
		id: name,
		label: `RepViT-${name}`,
		shortLabel: name,
		step: null,
		reported: {
			latencyMs,
			top1,
			regime: '300 epochs, distilled from RegNetY-16GF',
			source: 'RepViT paper, table 1'
		},
		measured: {
			medianMs: estimate(72 * ratio, 0.012),
			ratio: estimate(ratio, 0.01),
			conditions: CONDITIONS
		},
		params: params * 1e6,
		macs: macs * 1e6,
		inferred: false,
		noTop1Reason: null
	}));
}

/** Designs of the visitor's own: measured, and nobody knows their accuracy. */
export function ownPoints(count: number): PlotPoint[] {
	return Array.from({ length: count }, (_, index) => ({
		id: `own${index}`,
		label: `Own design ${index + 1}: no SE, 5x5 kernels`,
		shortLabel: `own ${index + 1}`,
		step: null,
		reported: null,
		measured: {
			medianMs: estimate(60 + 3 * index, 0.02),
			ratio: estimate(1.5 + 0.07 * index, 0.02),
			conditions: CONDITIONS
		},
		params: 4.9e6,
		macs: 790e6,
		inferred: false,
		noTop1Reason: 'The paper reports no accuracy for this combination of choices.'
	}));
}

/** mulberry32, so that samples are the same at every run. */
export function randomFrom(seed: number): () => number {
	let a = seed;
	return () => {
		a = (a + 0x6d2b79f5) | 0;
		let t = Math.imul(a ^ (a >>> 15), a | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	};
}

export function candidateResult(
	id: string,
	label: string,
	ratio: number,
	overrides: Partial<CandidateResult> = {}
): CandidateResult {
	const random = randomFrom(Math.round(ratio * 1000));
	const centre = 40 * ratio;
	const samples = Array.from({ length: 120 }, (_, index) => ({
		round: Math.floor(index / 3),
		ms:
			centre *
			(1 + 0.02 * Math.sin(index / 18) + 0.025 * random() ** 3 + (index % 41 === 7 ? 0.2 : 0))
	}));
	const verdict: Verdict = ratio > 1.01 ? 'slower' : ratio < 0.99 ? 'faster' : 'cannot-tell';
	return {
		candidate: { id, label, design: BASELINE },
		status: { state: 'done' },
		flags: [],
		params: 5_067_056,
		macs: 815_617_344,
		modelSha256: 'ab12',
		modelBytes: 20_300_000,
		cold: { emitMs: 30, createMs: 90, firstRunMs: 300 },
		warmupRuns: 20,
		samples,
		medianMs: estimate(centre, 0.009),
		minMs: centre * 0.97,
		p10Ms: centre * 0.98,
		p90Ms: centre * 1.04,
		ratio: estimate(ratio, 0.011),
		verdict,
		outliers: { mild: 2, extreme: 1 },
		...overrides
	};
}

export function roadmapPairs(): PairResult[] {
	return STEPS.slice(1).map(([, , , , ratio], index) => {
		const pair = ratio / STEPS[index]![4];
		const precise = estimate(pair, 0.016);
		const verdict = precise.low > 1.01 ? 'slower' : precise.high < 0.99 ? 'faster' : 'cannot-tell';
		return { a: `step${index + 1}`, b: `step${index}`, ratio: precise, verdict };
	});
}

export function runResult(overrides: Partial<RunResult> = {}): RunResult {
	const candidates = STEPS.map(([label, , , , ratio], step) =>
		candidateResult(`step${step}`, label, ratio)
	);
	return {
		schema: 'repvit-explorer/run',
		schemaVersion: 2,
		status: { state: 'done', reason: 'precise-enough' },
		options: {
			candidates: candidates.map(({ candidate }) => candidate),
			referenceId: 'step0',
			threads: 1,
			seed: 1,
			targetRelative: 0.02,
			minRounds: 20,
			maxRounds: 200,
			minMeasuringMs: 5000,
			maxMeasuringMs: 120_000
		},
		conditions: null,
		candidates,
		control: { ratio: estimate(1.001, 0.006), verdict: 'cannot-tell' },
		pairs: roadmapPairs(),
		roundCount: 40,
		droppedRounds: [],
		referenceId: 'step0',
		measuringMs: 30_000,
		log: [],
		...overrides
	};
}

export const reportedLatencyMs: Readonly<Record<string, number>> = Object.fromEntries(
	STEPS.map(([, , latencyMs], step) => [`step${step}`, latencyMs])
);

export const stepFigures = STEPS.map(([label, , latency], step) => ({
	id: `step${step}`,
	step,
	label,
	inferred: step < 8,
	reportedLatencyMs: latency,
	source: `RepViT paper, section 3.${step}`,
	href: `#step${step}`
}));

export function resultRows(): ResultRow[] {
	const points = roadmapPoints();
	const rows = runResult().candidates.map((result, index): ResultRow => ({
		id: result.candidate.id,
		label: points[index]!.label,
		href: `#${result.candidate.id}`,
		isReference: index === 0,
		inferred: points[index]!.inferred,
		result,
		reported: points[index]!.reported
	}));
	const failed = candidateResult('own0', 'Own design: no SE, 5x5 kernels', 2, {
		status: { state: 'failed', reason: 'out-of-memory', detail: 'RangeError' },
		flags: ['not-steady'],
		samples: [],
		medianMs: null,
		minMs: null,
		p10Ms: null,
		p90Ms: null,
		ratio: null,
		verdict: null,
		outliers: { mild: 0, extreme: 0 }
	});
	return [
		...rows,
		{
			id: 'own0',
			label: failed.candidate.label,
			href: null,
			isReference: false,
			inferred: false,
			result: failed,
			reported: null
		}
	];
}
