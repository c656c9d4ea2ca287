import type { SourceId } from './types';

/** One thing that is known of how the networks were trained. Names stay as the source writes them. */
interface TrainingFact {
	readonly source: SourceId;
	/** Section, table or file. */
	readonly where: string;
	readonly figures: Readonly<Record<string, number | string>>;
}

const CODE = { source: 'official-code', where: 'main.py' } as const;
const PAPER = { source: 'paper-v8', where: '3.1' } as const;
const PAPER_TEXT = { source: 'paper-v8', where: 'text' } as const;

/** The recipe: what the paper says, and what the official code sets. */
export const TRAINING = {
	optimiser: { ...PAPER, figures: { name: 'AdamW' } },
	schedule: { ...PAPER, figures: {} },
	/** The roadmap has the first alone; Table 1 has both. */
	epochs: { source: 'paper-v8', where: '3.1 and Table 1', figures: { roadmap: 300, longer: 450 } },
	initialisation: { ...PAPER_TEXT, figures: {} },
	learningRate: { ...CODE, figures: { base: 1e-3, perBatch: 512, usual: 4e-3 } },
	batch: {
		source: 'official-code',
		where: 'main.py and README',
		figures: { perGpu: 256, gpus: 8 }
	},
	warmUp: { ...CODE, figures: { epochs: 5, from: 1e-6 } },
	lowestRate: { ...CODE, figures: { rate: 1e-5 } },
	weightDecay: { ...CODE, figures: { amount: 0.025 } },
	clipping: { ...CODE, figures: { name: 'AGC', amount: 0.02 } },
	average: { ...CODE, figures: { decay: 0.99996 } },
	resolution: { ...PAPER_TEXT, figures: { size: 224 } },
	augmentation: { ...PAPER, figures: {} },
	autoAugment: { ...CODE, figures: { policy: 'rand-m9-mstd0.5-inc1' } },
	mixing: { ...CODE, figures: { mixup: 0.8, cutmix: 1, switching: 0.5 } },
	erasing: { ...CODE, figures: { probability: 0.25 } },
	jitter: { ...CODE, figures: { amount: 0.4 } },
	repeated: { ...CODE, figures: {} },
	interpolation: { ...CODE, figures: {} },
	regularisation: { ...PAPER, figures: {} },
	smoothing: { ...CODE, figures: { amount: 0.1 } },
	dropPath: { ...CODE, figures: { rate: 0 } },
	teacher: {
		source: 'paper-v8',
		where: '3.1 and Table 1',
		figures: { name: 'RegNetY-16GF', top1: 82.9 }
	},
	distillation: { ...CODE, figures: { alpha: 0.5, teacher: 'regnety_160' } },
	evaluation: { ...CODE, figures: { resize: 256, crop: 224 } },
	detection: {
		source: 'official-code',
		where: 'detection/configs',
		figures: { optimiser: 'AdamW', rate: 2e-4, decay: 0.05 }
	},
	segmentation: {
		source: 'official-code',
		where: 'segmentation/configs',
		figures: { optimiser: 'AdamW', rate: 2e-4, decay: 1e-4, iterations: 40_000 }
	}
} as const satisfies Record<string, TrainingFact>;

/** The highest learning rate in each training log of the official code. */
export const LOGGED_RATES = [
	{ name: 'repvit-m0.9', epochs: 300, rate: 0.003 },
	{ name: 'repvit-m0.9', epochs: 450, rate: 0.004 },
	{ name: 'repvit-m1.0', epochs: null, rate: 0.004 },
	{ name: 'repvit-m1.1', epochs: null, rate: 0.004 },
	{ name: 'repvit-m1.5', epochs: null, rate: 0.004 },
	{ name: 'repvit-m2.3', epochs: null, rate: 0.002 }
] as const;

/** The images per step that a learning rate implies by the code's own rule. */
export function impliedBatch(rate: number): number {
	const { base, perBatch } = TRAINING.learningRate.figures;
	return Math.round((rate / base) * perBatch);
}

/** What training takes, as the authors say in the official code's issues. */
export const TRAINING_TIME = {
	whole: { model: 'M1', hours: 34, gpus: 8, gpu: 'RTX 3090', issue: 15 },
	epoch: { model: 'M0.9', minutes: 6.5, gpus: 8, gpu: 'RTX 3090', issue: 43 }
} as const;
