import type { NetworkComparison } from '$lib/arch/comparison';
import { uniteTrees, type UnionTree } from '$lib/arch/union-tree';
import { DiagramView } from '$lib/diagram/viewer/diagram-view.svelte';
import { openAt } from '$lib/diagram/viewer/open-code';
import { tieViews } from '$lib/diagram/viewer/tied-views';
import type { Mode } from './modes';

export type Side = 'before' | 'after';
export const SIDES = ['before', 'after'] as const satisfies readonly Side[];

/** A part of one of the two. */
export interface AskedPart {
	readonly side: Side;
	readonly path: string;
}

/** Keys of the address for the part that the panel is about. */
const NODE_KEYS = { before: 'node-a', after: 'node-b' } as const;

/** How two networks are looked at: tied beside each other, over each other, and the part asked about. */
export class PairViews {
	/** Views of the two, opened together. */
	readonly sides: { readonly [S in Side]: DiagramView };
	/** View of both over each other, whose tree has paths of its own. */
	readonly overlay: DiagramView;
	readonly #comparison: () => NetworkComparison;
	readonly #united = $derived.by(() => {
		const { before, after, matching } = this.#comparison();
		return uniteTrees(before.root, after.root, matching);
	});
	readonly #asked = $derived.by((): AskedPart | null => {
		for (const side of SIDES) {
			const path = this.sides[side].node;
			if (path !== null) return { side, path };
		}
		return null;
	});

	constructor(comparison: () => NetworkComparison) {
		this.#comparison = comparison;
		this.sides = tieViews({
			before: () => ({ ...comparison().before, toOther: comparison().matching.toAfter }),
			after: () => ({ ...comparison().after, toOther: comparison().matching.toBefore })
		});
		this.overlay = new DiagramView(comparison().after.root);
	}

	/** Both networks as one tree. */
	get united(): UnionTree {
		return this.#united;
	}

	/** The part that the panel is about. */
	get asked(): AskedPart | null {
		return this.#asked;
	}

	/** Every view, for what an address asked of it in vain. */
	get all(): readonly DiagramView[] {
		return [...SIDES.map((side) => this.sides[side]), this.overlay];
	}

	ask(about: AskedPart | null): void {
		for (const side of SIDES) this.sides[side].node = about?.side === side ? about.path : null;
	}

	/** Other networks have other parts. */
	renew(): void {
		this.#reopen();
		this.overlay.follow(openAt(this.united.root, 'blocks'));
	}

	/** Takes the views from an address. */
	read(params: URLSearchParams, mode: Mode): void {
		const comparison = this.#comparison();
		for (const side of SIDES) {
			this.sides[side].read(comparison[side].root, sideParams(side, params, mode));
		}
		this.#reopen();
		if (mode === 'overlay') this.overlay.read(this.united.root, params);
	}

	/** The views as keys and values of an address. */
	entries(mode: Mode): readonly (readonly [key: string, value: string])[] {
		const shown =
			mode === 'overlay'
				? this.overlay.entries(this.united.root)
				: this.sides.after.entries(this.#comparison().after.root).filter(([key]) => key !== 'node');
		const { asked } = this;
		return [...shown, ...(asked ? [[NODE_KEYS[asked.side], asked.path] as const] : [])];
	}

	/** The earlier one is opened as the later one is. */
	#reopen(): void {
		const { after } = this.sides;
		const { open } = after;
		after.follow(new Set());
		after.open = open;
	}
}

/** What of the address is about one side. */
function sideParams(side: Side, params: URLSearchParams, mode: Mode): URLSearchParams {
	const own = new URLSearchParams(side === 'after' && mode !== 'overlay' ? params : undefined);
	const node = params.get(NODE_KEYS[side]);
	if (node === null) own.delete('node');
	else own.set('node', node);
	return own;
}
