import type { Estimate, PairResult, Verdict } from '../measure/types';
import type { StepChange } from './types';

/** A step as the page knows it, before measuring. */
export interface StepFigures {
	/** The candidate's id in the run. */
	readonly id: string;
	readonly step: number;
	readonly label: string;
	readonly inferred: boolean;
	readonly reportedLatencyMs: number | null;
	readonly source: string | null;
	readonly href: string | null;
}

/** A ratio as a change: 1.38 is +0.38. */
export function changeOf(ratio: Estimate): Estimate {
	const { value, low, high } = ratio;
	return { ...ratio, value: value - 1, low: low - 1, high: high - 1 };
}

/**
 * Each step's change against the step before it. Measured changes come from the run's own paired
 * comparison of the two, never from dividing two medians.
 */
export function stepChanges(
	steps: readonly StepFigures[],
	pairs: readonly PairResult[]
): StepChange[] {
	const inOrder = [...steps].sort((a, b) => a.step - b.step);
	const changes: StepChange[] = [];
	for (const [index, current] of inOrder.entries()) {
		const previous = inOrder[index - 1];
		if (!previous || current.step !== previous.step + 1) continue;
		const paired = pairedRatio(pairs, current.id, previous.id);
		const { reportedLatencyMs: now } = current;
		const { reportedLatencyMs: before } = previous;
		changes.push({
			id: current.id,
			step: current.step,
			label: current.label,
			previousId: previous.id,
			previousLabel: previous.label,
			inferred: current.inferred ? 'step' : previous.inferred ? 'previous' : null,
			reported: now === null || before === null ? null : now / before - 1,
			measured: paired && changeOf(paired.ratio),
			verdict: paired?.verdict ?? null,
			source: current.source,
			href: current.href
		});
	}
	return changes;
}

/** a / b from the run's pairs, whichever way round the run has it. */
export function pairedRatio(
	pairs: readonly PairResult[],
	a: string,
	b: string
): { readonly ratio: Estimate; readonly verdict: Verdict } | null {
	const straight = pairs.find((pair) => pair.a === a && pair.b === b);
	if (straight) return { ratio: straight.ratio, verdict: straight.verdict };
	const turned = pairs.find((pair) => pair.a === b && pair.b === a);
	if (!turned) return null;
	const { value, low, high } = turned.ratio;
	return {
		ratio: { ...turned.ratio, value: 1 / value, low: 1 / high, high: 1 / low },
		verdict: opposite(turned.verdict)
	};
}

function opposite(verdict: Verdict): Verdict {
	if (verdict === 'cannot-tell') return verdict;
	return verdict === 'faster' ? 'slower' : 'faster';
}
