import { childPath, type ModuleNode } from '../arch/module';
import type { Absorption, FoldPlan } from '../arch/reparameterize/fold-plan';
import { isWithin } from '../arch/reparameterize/paths';
import { smooth } from '../diagram/morph/timing';

/** How far a tree is folded, op by op. */
export interface FoldState {
	readonly absorptions: ReadonlyMap<string, Absorption>;
	/** 1 for an op in its own place, 0 for one that its host has taken in. */
	presenceOf(path: string): number;
}

/** Nothing folds: how any tree is drawn as it stands. */
export const UNFOLDED: FoldState = { absorptions: new Map(), presenceOf: () => 1 };

/**
 * The state at `position`: 0 is the training form, 1 the deploy form. The rounds of folding follow
 * each other, each taking an equal part of the way, slowly at its ends.
 */
export function foldStateAt(
	{ absorptions, rounds }: Pick<FoldPlan, 'absorptions' | 'rounds'>,
	position: number
): FoldState {
	return {
		absorptions,
		presenceOf(path) {
			const absorption = absorptions.get(path);
			if (absorption === undefined) return 1;
			const done = position * rounds - (absorption.round - 1);
			return 1 - smooth(Math.min(1, Math.max(0, done)));
		}
	};
}

/** What is left of a part once all is folded: nothing, one op, or more. */
export type Remains = 'none' | 'one-op' | 'more';

export function remainsOf(node: ModuleNode, path: string, state: FoldState): Remains {
	if (node.kind === 'op') return state.absorptions.has(path) ? 'none' : 'one-op';
	const left = node.children
		.map((child) => remainsOf(child, childPath(path, child.name), state))
		.filter((remains) => remains !== 'none');
	return left.length > 1 ? 'more' : (left[0] ?? 'none');
}

/** How present a part is: as much as its most present op. */
export function presenceOfPart(node: ModuleNode, path: string, state: FoldState): number {
	if (node.kind === 'op') return state.presenceOf(path);
	return greatest(
		node.children.map((child) => presenceOfPart(child, childPath(path, child.name), state))
	);
}

/** How much there is to a part besides the one op that is left of it in the end. */
export function presenceOfRest(node: ModuleNode, path: string, state: FoldState): number {
	if (node.kind === 'op') return state.absorptions.has(path) ? state.presenceOf(path) : 0;
	return greatest(
		node.children.map((child) => presenceOfRest(child, childPath(path, child.name), state))
	);
}

/** Which of these children takes in the op of another one that is left of it; -1 for none of them. */
export function hostAmong(
	children: readonly { readonly node: ModuleNode; readonly path: string }[],
	{ node, path }: { readonly node: ModuleNode; readonly path: string },
	state: FoldState
): number {
	const host = hostOf(node, path, state);
	if (host === undefined) return -1;
	return children.findIndex((child) => child.path !== path && isWithin(host, child.path));
}

/** Where the last op of a part goes. */
function hostOf(node: ModuleNode, path: string, state: FoldState): string | undefined {
	if (node.kind === 'op') return state.absorptions.get(path)?.host;
	return node.children
		.map((child) => hostOf(child, childPath(path, child.name), state))
		.filter((host) => host !== undefined)
		.find((host) => !isWithin(host, path));
}

export function greatest(values: readonly number[]): number {
	return Math.max(0, ...values);
}
