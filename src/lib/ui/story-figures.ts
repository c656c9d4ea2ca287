import { ROADMAP, stepName, type StepNumber } from '../arch/roadmap';
import { getLocale } from '../paraglide/runtime';
import {
	FIRST_VERSION_MS,
	NAMED_STAGE_RATIOS,
	SUMMARY_STAGE_RATIO
} from '../reported/disagreements';
import { REPORTED, SE_ABLATION } from '../reported/figures';
import { TRAINING } from '../reported/training';
import { stepEffect } from './effect';
import { formatNumber, formatReportedMs, formatTop1 } from './format';

/** Everything a step's story may cite, ready to be shown. A text takes what it needs. */
export type StoryFigures = ReturnType<typeof storyFigures>;

/** The figures of a step's story: what is reported comes from `reported`, sizes from the design. */
export function storyFigures(step: StepNumber) {
	const effect = stepEffect(step);
	const before = step === 0 ? null : stepEffect((step - 1) as StepNumber);
	const change = effect.latencyDeltaMs ?? 0;
	const { design } = ROADMAP[step]!;
	return {
		latency: formatReportedMs(effect.latencyMs),
		top1: formatTop1(effect.top1),
		latencyBefore: formatReportedMs(before?.latencyMs ?? null),
		top1Before: formatTop1(before?.top1 ?? null),
		/** Without a sign: the text says which way. */
		latencyChange: `${formatNumber(Math.abs(change), 2)}\u00a0ms`,
		latencyShare: percentText(Math.abs(change) / (before?.latencyMs ?? effect.latencyMs)),
		points: formatNumber(Math.abs(effect.top1Delta ?? 0), 1),
		startTop1: formatTop1(stepEffect(0).top1),
		finalLatency: formatReportedMs(stepEffect(8).latencyMs),
		narrowLatency: latencyOf('step2-expansion'),
		controlLatency: latencyOf('step2-control'),
		controlTop1: formatTop1(REPORTED['step2-control']!.top1[0]!.percent),
		noSeLatency: seLatency('none'),
		everySeLatency: seLatency('every'),
		firstLatency: formatReportedMs(firstVersionMs(stepName(step))),
		ratios: listText(
			NAMED_STAGE_RATIOS.map(({ network, ratio }) => `${network} (${ratioText(ratio)})`)
		),
		summaryRatio: ratioText(SUMMARY_STAGE_RATIO),
		ratio: ratioText(design.depths.map((depth) => depth / design.depths[0])),
		depths: listText(design.depths.map(String)),
		widths: Array.isArray(design.widths) ? listText(design.widths.map(String)) : '',
		expansion: String(design.expansion),
		optimiser: TRAINING.optimiser.figures.name,
		epochs: TRAINING.epochs.figures.roadmap
	};
}

const latencyOf = (name: string) => formatReportedMs(REPORTED[name]!.latency!.ms);

/** Table 7, RepViT-M0.9. */
function seLatency(se: 'none' | 'every'): string {
	const row = SE_ABLATION.find((one) => one.name === 'repvit-m0.9' && one.se === se)!;
	return formatReportedMs(row.ms);
}

function firstVersionMs(name: string): number | null {
	return Object.entries(FIRST_VERSION_MS).find(([step]) => step === name)?.[1] ?? null;
}

function percentText(fraction: number): string {
	return `${formatNumber(fraction * 100)}\u00a0%`;
}

/** `1 : 1 : 3 : 1.5`, on one line. */
function ratioText(ratio: readonly number[]): string {
	return ratio
		.map((part) => formatNumber(part, Number.isInteger(part) ? 0 : 1))
		.join('\u00a0:\u00a0');
}

function listText(items: readonly string[]): string {
	return new Intl.ListFormat(getLocale()).format(items);
}
