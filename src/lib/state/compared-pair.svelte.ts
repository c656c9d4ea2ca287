import type { Design } from '../arch/design';
import { findNamedDesign } from '../arch/named-designs';
import type { QueryProblem } from '../arch/query';
import {
	parseSelection,
	printSelection,
	selectedOf,
	type OpenedNetworks,
	type Selected
} from './selection';

export type Side = 'a' | 'b';
export const SIDES = ['a', 'b'] as const satisfies readonly Side[];

/** Where a side of the address could not be taken as it stands. */
export interface SideProblem {
	readonly side: Side;
	/** Names that nobody knows. */
	readonly unknown: readonly string[];
	/** It asks for a checkpoint, and none is open. */
	readonly isClosed: boolean;
	/** What was wrong in a design's own choices. */
	readonly choices: readonly QueryProblem[];
}

/** What is compared where the address does not say: the roadmap's start and its end. */
const USUAL: Readonly<Record<Side, string>> = { a: 'step0', b: 'step8' };

/** The two networks of a comparison, and the part of an address that holds them: `a=step5&b=step6`. */
export class ComparedPair {
	#sides = $state.raw<Readonly<Record<Side, Selected>>>({
		a: usual('a'),
		b: usual('b')
	});
	#problems = $state.raw<readonly SideProblem[]>([]);

	get a(): Selected {
		return this.#sides.a;
	}

	get b(): Selected {
		return this.#sides.b;
	}

	/** What was wrong in the address last read. */
	get problems(): readonly SideProblem[] {
		return this.#problems;
	}

	/** The address's keys and values for this pair. */
	get entries(): readonly (readonly [key: Side, value: string])[] {
		return SIDES.map((side) => [side, printSelection([this.#sides[side]])] as const);
	}

	/** Takes the pair from an address; what can't be taken is the usual network, and is named. */
	read(params: URLSearchParams, opened: OpenedNetworks | null): void {
		const problems: SideProblem[] = [];
		const take = (side: Side): Selected => {
			const text = params.get(side);
			if (text === null || text === '') return usual(side);
			const { selected, unknown, closed, problems: choices } = parseSelection(text, opened);
			const isClosed = closed.length > 0;
			if (unknown.length > 0 || isClosed || choices.length > 0) {
				problems.push({ side, unknown, isClosed, choices });
			}
			return selected[0] ?? usual(side);
		};
		this.#sides = { a: take('a'), b: take('b') };
		this.#problems = problems;
	}

	pick(side: Side, selected: Selected): void {
		this.#sides = { ...this.#sides, [side]: selected };
		this.#problems = this.#problems.filter((problem) => problem.side !== side);
	}

	swap(): void {
		this.#sides = { a: this.#sides.b, b: this.#sides.a };
		this.#problems = this.#problems.map((problem) => ({
			...problem,
			side: problem.side === 'a' ? 'b' : 'a'
		}));
	}

	dismissProblems(): void {
		this.#problems = [];
	}
}

function usual(side: Side): Selected {
	return selectedOf(findNamedDesign(USUAL[side])!.design);
}

/** The comparing page's query string for two designs, question mark included. */
export function compareSearch(a: Design, b: Design): string {
	const value = (design: Design) => printSelection([selectedOf(design)]);
	return `?${new URLSearchParams({ a: value(a), b: value(b) })}`;
}
