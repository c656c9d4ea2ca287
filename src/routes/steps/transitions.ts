import { analyseDesign } from '$lib/arch/analysis';
import { matchTrees } from '$lib/arch/matching/match-trees';
import { ROADMAP } from '$lib/arch/roadmap';
import { foldsOf, type Folds } from '$lib/diagram/folds';
import { layoutDiagram } from '$lib/diagram/layout/layout';
import type { Layout } from '$lib/diagram/layout/types';
import { defaultOpen } from '$lib/diagram/layout/visible';
import { planMorph } from '$lib/diagram/morph/plan';
import type { MorphPlan, Side } from '$lib/diagram/morph/types';

/** The way from one step to the next, ready to be drawn at any moment. */
export interface Transition {
	readonly plan: MorphPlan;
	readonly folds: { readonly [S in Side]: Folds };
}

/** The transitions of the roadmap at one depth: each is worked out when it is first asked for. */
export class Transitions {
	readonly #depth: number;
	readonly #layouts = new Map<number, Layout>();
	readonly #known = new Map<number, Transition>();

	/** @param depth how many levels are open: see `defaultOpen` */
	constructor(depth: number) {
		this.#depth = depth;
	}

	/** The width of the widest step: a sheet of it keeps one scale. */
	get width(): number {
		return Math.max(...ROADMAP.map(({ step }) => this.#layout(step).width));
	}

	/** The way from step `to - 1` to step `to`. */
	into(to: number): Transition {
		const found = this.#known.get(to);
		if (found) return found;
		const [before, after] = [rootOf(to - 1), rootOf(to)];
		const transition = {
			plan: planMorph({
				before: this.#layout(to - 1),
				after: this.#layout(to),
				matched: matchTrees(before, after).toBefore
			}),
			folds: { before: foldsOf(before), after: foldsOf(after) }
		};
		this.#known.set(to, transition);
		return transition;
	}

	#layout(step: number): Layout {
		const found = this.#layouts.get(step);
		if (found) return found;
		const { root, shapes } = analyseDesign(ROADMAP[step]!.design);
		const layout = layoutDiagram({ root, shapes, open: defaultOpen(root, this.#depth) });
		this.#layouts.set(step, layout);
		return layout;
	}
}

function rootOf(step: number) {
	return analyseDesign(ROADMAP[step]!.design).root;
}
