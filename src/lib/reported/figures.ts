import type { BranchAblation, ReportedFigures, ReportedTop1, Source, SourceId } from './types';

export const SOURCES: Readonly<Record<SourceId, Source>> = {
	'paper-v8': {
		id: 'paper-v8',
		title: 'RepViT: Revisiting Mobile CNN From ViT Perspective, arXiv 2307.09283 v8 (CVPR 2024)',
		url: 'https://arxiv.org/abs/2307.09283v8'
	},
	'official-code': {
		id: 'official-code',
		title: 'THU-MIG/RepViT',
		url: 'https://github.com/THU-MIG/RepViT'
	}
};

const roadmap = (where: string, ms: number, percent: number | null): ReportedFigures => ({
	latency: { ms, where, source: 'paper-v8' },
	top1: percent === null ? [] : [{ percent, regime: '300-epochs', where, source: 'paper-v8' }]
});

const TABLE_1 = 'Table 1';
const TABLE_2 = 'Table 2';

const family = (
	ms: number,
	distilled300: number,
	distilled450: number,
	plain300: number
): ReportedFigures => ({
	latency: { ms, where: TABLE_1, source: 'paper-v8' },
	top1: [
		{ percent: plain300, regime: '300-epochs', where: TABLE_2, source: 'paper-v8' },
		{ percent: distilled300, regime: '300-epochs-distilled', where: TABLE_1, source: 'paper-v8' },
		{ percent: distilled450, regime: '450-epochs-distilled', where: TABLE_1, source: 'paper-v8' }
	]
});

/** Latency with two decimals from section 3.4 and Table 7; Table 1 prints 0.9 ms. */
const M0_9: ReportedFigures = {
	...family(0.9, 78.7, 79.1, 77.4),
	latency: { ms: 0.87, where: '3.4', source: 'paper-v8' }
};

const distilled = (percent: number, where: string): ReportedTop1 => ({
	percent,
	regime: '300-epochs-distilled',
	where,
	source: 'paper-v8'
});

/** Published figures by the design's name (see arch/named-designs). */
export const REPORTED: Readonly<Record<string, ReportedFigures>> = {
	step0: roadmap('3.1', 1.01, 71.5),
	step1: roadmap('3.2', 0.81, 68.3),
	step2: roadmap('3.2', 0.89, 73.5),
	'step2-expansion': roadmap('3.2', 0.65, null),
	'step2-control': roadmap('3.2', 0.91, 73.0),
	step3: roadmap('3.3', 0.86, 73.9),
	step4: roadmap('3.3', 0.96, 75.4),
	step5: roadmap('3.3', 0.77, 74.8),
	step6: roadmap('3.3', 0.91, 76.9),
	step7: roadmap('3.4', 0.89, 76.9),
	step8: M0_9,
	'repvit-m0.6': {
		latency: { ms: 0.6, where: 'README, “about 0.6 ms”', source: 'official-code' },
		top1: [
			{
				percent: 74.1,
				regime: '300-epochs-distilled',
				where: 'README; training inferred from a file name',
				source: 'official-code'
			}
		]
	},
	'repvit-m0.9': M0_9,
	'repvit-m1.0': family(1.0, 80.0, 80.3, 78.6),
	'repvit-m1.1': family(1.1, 80.7, 81.2, 79.4),
	// Table 1 prints 1.5 ms.
	'repvit-m1.5': {
		...family(1.5, 82.3, 82.5, 81.2),
		latency: { ms: 1.52, where: 'Table 7', source: 'paper-v8' }
	},
	'repvit-m2.3': family(2.3, 83.3, 83.7, 82.5)
};

const TABLE_7 = 'Table 7; training inferred from Table 1';

/** Table 7: SE in no block, in every other one, as the family has it, and in every block. */
export const SE_ABLATION = [
	{ name: 'repvit-m0.9', se: 'none', ms: 0.83, top1: distilled(77.92, TABLE_7) },
	{ name: 'repvit-m0.9', se: 'alternate', ms: 0.87, top1: distilled(78.74, TABLE_7) },
	{ name: 'repvit-m0.9', se: 'every', ms: 0.92, top1: distilled(78.75, TABLE_7) },
	{ name: 'repvit-m1.5', se: 'none', ms: 1.48, top1: distilled(81.86, TABLE_7) },
	{ name: 'repvit-m1.5', se: 'alternate', ms: 1.52, top1: distilled(82.29, TABLE_7) },
	{ name: 'repvit-m1.5', se: 'every', ms: 1.58, top1: distilled(82.29, TABLE_7) }
] as const;

const TABLE_6 = 'Table 6; training inferred from Table 1';

/** Table 6: trained without the depthwise kernels' parallel branches, and with them. */
export const REPARAM_ABLATION: readonly BranchAblation[] = [
	{ name: 'repvit-m0.9', without: distilled(78.47, TABLE_6), with: distilled(78.74, TABLE_6) },
	{ name: 'repvit-m1.5', without: distilled(82.09, TABLE_6), with: distilled(82.29, TABLE_6) },
	{ name: 'repvit-m2.3', without: distilled(83.1, TABLE_6), with: distilled(83.3, TABLE_6) }
];
