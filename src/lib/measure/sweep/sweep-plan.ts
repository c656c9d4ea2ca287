import type { Design } from '../../arch/design';
import {
	interactionGroups,
	twoLevelPlan,
	type Levels,
	type TwoLevelPlan
} from '../../stats/two-level';
import type { Candidate } from '../types';
import type { AskedSweep } from './asked-sweep';
import { cornerOf, type Factor } from './factors';

/** One corner of a sweep. */
export interface Corner {
	/** For example `s-+-`: also the candidate's id. */
	readonly id: string;
	readonly levels: Levels;
	readonly design: Design;
}

/** What a sweep measures, and what it can't tell apart (METHODOLOGY 13.1). */
export interface SweepPlan {
	/** Everything that is not swept. */
	readonly base: Design;
	readonly factors: readonly Factor[];
	readonly corners: readonly Corner[];
	/** Null for a full factorial. */
	readonly resolution: TwoLevelPlan['resolution'];
	/** Two-way interactions, those together that can't be told apart. */
	readonly interactions: readonly (readonly (readonly [number, number])[])[];
}

/** @throws {RangeError} where there is no plan of this size for so many factors */
export function sweepPlan(base: Design, factors: readonly Factor[], size: number): SweepPlan {
	const plan = twoLevelPlan(factors.length, size);
	return {
		base,
		factors,
		corners: plan.runs.map((levels) => ({
			id: cornerId(levels),
			levels,
			design: cornerOf(base, factors, levels)
		})),
		resolution: plan.resolution,
		interactions: interactionGroups(plan)
	};
}

/** What the plan follows from. */
export function askedOf({ base, factors, corners }: SweepPlan): AskedSweep {
	return { base, factors, size: corners.length };
}

export function cornerId(levels: Levels): string {
	return `s${levels.map((level) => (level < 0 ? '-' : '+')).join('')}`;
}

/** The corners as candidates of a run, the reference first. */
export function cornerCandidates({ corners }: SweepPlan): Candidate[] {
	return corners.map(({ id, design }) => ({ id, label: id.slice(1), design }));
}
