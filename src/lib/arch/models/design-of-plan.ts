import { BASELINE, OPTIONS, RANGES, type Design, type PerStage } from '../design';
import type { NetworkPlan } from '../plan';
import { planFacts } from '../plan-facts';
import { inRange } from '../query';
import { resolveDesign } from './resolve';

/**
 * The design that a plan is, with the published 224x224 input; null where the choices can't say it,
 * for example with squeeze-and-excitation in an odd subset of blocks. Each candidate is held against
 * the plan layer by layer, so that nothing is called a design that is not one.
 */
export function designOfPlan(plan: NetworkPlan): Design | null {
	const { stages, stem, classifier } = plan;
	if (stages.length !== 4) return null;
	const blocks = stages.flatMap((stage) => stage.blocks);
	const [first] = blocks;
	if (!first) return null;
	const shared: Design = {
		...BASELINE,
		mixing: first.mixing,
		stem: stem.kind,
		downsampling: stages[1]?.downsampling?.kind ?? 'deeper',
		classifier: classifier.kind,
		depths: stages.map((stage) => stage.blocks.length) as unknown as PerStage,
		classes: classifier.classes,
		branches: first.branches,
		heads: classifier.kind === 'simple' ? classifier.heads : 1
	};
	const own = {
		widths: planFacts(plan).widths as unknown as PerStage,
		expansion: first.hiddenChannels / first.inChannels,
		kernel: first.kernel
	};
	if (!isOffered(shared, own.widths)) return null;
	const wanted = canonical(plan);
	for (const design of candidates(shared, own)) {
		if (canonical(resolveDesign(design)) === wanted) return design;
	}
	return null;
}

/** Whether the numbers are ones that the choices take: an address with others would not be read again. */
function isOffered({ depths, classes }: Design, widths: PerStage): boolean {
	return (
		depths.every((depth) => inRange(depth, RANGES.depth)) &&
		widths.every((width) => inRange(width, RANGES.width)) &&
		inRange(classes, RANGES.classes)
	);
}

interface OwnSizes {
	readonly widths: PerStage;
	readonly expansion: number;
	readonly kernel: number;
}

/** Each choice that a plan does not show directly, as MobileNetV3 has it and as the first block does. */
function* candidates(shared: Design, own: OwnSizes): Generator<Design> {
	const expansions = OPTIONS.expansion.filter((value) => isOwn(value, own.expansion));
	const kernels = OPTIONS.kernel.filter((value) => isOwn(value, own.kernel));
	for (const widths of ['mobilenetv3', own.widths] as const) {
		for (const expansion of expansions) {
			for (const kernel of kernels) {
				for (const se of OPTIONS.se) {
					for (const activation of OPTIONS.activation) {
						yield { ...shared, widths, expansion, kernel, se, activation };
					}
				}
			}
		}
	}
}

function isOwn(value: string | number, own: number): boolean {
	return typeof value === 'string' || value === own;
}

/** A plan as text that does not depend on the order in which its keys were written. */
function canonical(plan: NetworkPlan): string {
	return JSON.stringify(plan, (_, value: unknown) =>
		typeof value === 'object' && value !== null && !Array.isArray(value)
			? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
			: value
	);
}
