/*
 * What other sources say where they differ from the paper's current version (arXiv v8). The site shows
 * the paper's word and names the other beside it.
 */

/** Latencies that walk-throughs of the paper's first version give, in milliseconds, by design. */
export const FIRST_VERSION_MS = { step6: 1.02, step7: 1.0 } as const;

/** Blocks per stage of earlier networks, as the paper names them in section 3.3. */
export const NAMED_STAGE_RATIOS = [
	{ network: 'EfficientFormer-L2', ratio: [1, 1, 3, 1.5] },
	{ network: 'Conv2Former-T', ratio: [1, 1, 4, 1] },
	{ network: 'Conv2Former-S', ratio: [1, 1, 8, 1] }
] as const;

/** The ratio that a popular summary of the paper calls usual; the paper does not name it. */
export const SUMMARY_STAGE_RATIO = [1, 1, 3, 1] as const;

/**
 * The accuracy in Table 1 is of the best epoch on the validation set, as the training log of
 * RepViT-M0.9 shows; its last epoch has less. Top-1 in percent, 300 epochs with a teacher.
 */
export const BEST_EPOCH = {
	name: 'repvit-m0.9',
	best: 78.738,
	epoch: 297,
	last: 78.582,
	source: 'official-code',
	where: 'logs'
} as const;
