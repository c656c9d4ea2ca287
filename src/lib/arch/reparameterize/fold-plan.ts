import { childPath, nodeAt, type ModuleNode } from '../module';
import { reparameterize } from './reparameterize';
import type { AffineOp, Term } from './recipe';
import { commonPath, isWithin, parentPath } from './paths';

/** How an op comes to be taken in by another one. */
export type FoldKind =
	/** A BatchNorm right behind a convolution. */
	| 'norm'
	/** A branch beside it: its kernel is added. */
	| 'branch'
	/** A BatchNorm behind the sum of branches. */
	| 'norm-of-sum'
	/** A BatchNorm right before a layer that pads nothing. */
	| 'norm-before';

/** What becomes of an op that the deploy form does not have. */
export interface Absorption {
	/** The op that takes it in, by its path in the training tree. */
	readonly host: string;
	readonly kind: FoldKind;
	/** In which round of folding, from 1: what is folded further in comes first. */
	readonly round: number;
}

/** Which ops of a training tree are left, which are taken in, by which and when. */
export interface FoldPlan {
	readonly deploy: ModuleNode;
	/** By path in the training tree. */
	readonly absorptions: ReadonlyMap<string, Absorption>;
	/** The ops that take others in: paths in the training tree to those in the deploy tree. */
	readonly hosts: ReadonlyMap<string, string>;
	/** 0 where nothing folds. */
	readonly rounds: number;
}

/**
 * Reads from the recipes of a re-parameterisation what happens to each op. Recipes nest as folding
 * does, so their depth gives the order in which it can be shown; names are never looked at.
 */
export function planFold(training: ModuleNode): FoldPlan {
	const { root: deploy, terms } = reparameterize(training);
	const reader = new RecipeReader(training);
	const hosts = new Map<string, string>();
	for (const [path, term] of terms) {
		const { host, round } = reader.read(term);
		if (round > 0) hosts.set(host, path);
	}
	const { absorptions } = reader;
	const rounds = Math.max(0, ...[...absorptions.values()].map(({ round }) => round));
	return { deploy, absorptions, hosts, rounds };
}

/** What folding leaves of a term. */
interface Reading {
	/** The op that is left, by its path in the training tree. */
	readonly host: string;
	/** How many folds lie within each other. */
	readonly round: number;
	readonly hasSum: boolean;
	/** A BatchNorm alone: it can be added to a kernel, and is none. */
	readonly isNorm: boolean;
}

class RecipeReader {
	readonly absorptions = new Map<string, Absorption>();
	readonly #training: ModuleNode;

	constructor(training: ModuleNode) {
		this.#training = training;
	}

	read({ op, recipe }: Term): Reading {
		switch (recipe.kind) {
			case 'stored':
				return { host: recipe.path, round: 0, hasSum: false, isNorm: false };
			case 'norm':
				return { host: recipe.norm.path, round: 0, hasSum: false, isNorm: true };
			case 'identity':
				throw new Error('A skip is part of a sum; by itself it makes no op.');
			case 'norm-after':
			case 'scaled':
			case 'norm-before': {
				const inner = this.read(recipe.of);
				const round = inner.round + 1;
				const kind =
					recipe.kind === 'norm-before' ? 'norm-before' : inner.hasSum ? 'norm-of-sum' : 'norm';
				this.#absorb(recipe.norm.path, { host: inner.host, kind, round });
				return { ...inner, round };
			}
			case 'sum':
			case 'mean':
				return this.#readSum(op, flatTerms(recipe.terms));
		}
	}

	#readSum(op: AffineOp, terms: readonly Term[]): Reading {
		const arms = terms.filter(({ recipe }) => recipe.kind !== 'identity');
		const readings = arms.map((arm) => this.read(arm));
		const round = Math.max(...readings.map((reading) => reading.round)) + 1;
		// The one whose kernel the others are padded to.
		const main = readings.findIndex(
			({ isNorm }, index) => !isNorm && kernelOf(arms[index]!.op) === kernelOf(op)
		);
		const { host } = readings[main]!;
		const merged = readings.map((reading) => reading.host).filter((path) => path !== host);
		const skips = arms.length < terms.length ? this.#skipsBeside(arms) : [];
		for (const path of [...merged, ...skips]) {
			this.#absorb(path, { host, kind: 'branch', round });
		}
		return { host, round, hasSum: true, isNorm: false };
	}

	/** A norm that scales several branches is told of by each; it goes when the last one is ready. */
	#absorb(path: string, absorption: Absorption): void {
		const known = this.absorptions.get(path);
		if (known === undefined) this.absorptions.set(path, absorption);
		else if (known.round < absorption.round) {
			this.absorptions.set(path, { ...known, round: absorption.round });
		}
	}

	/** A skip has no weights, so no recipe names it: it stands where the branches part. */
	#skipsBeside(arms: readonly Term[]): string[] {
		const spans = arms.map((arm) => commonPath(weightPaths(arm)));
		let path = commonPath(spans);
		if (spans.includes(path)) path = parentPath(path);
		while (path !== '' && nodeAt(this.#training, path)?.kind !== 'branches')
			path = parentPath(path);
		const node = nodeAt(this.#training, path);
		if (node === undefined || node.kind === 'op') return [];
		return node.children
			.filter((child) => child.kind === 'op' && child.op.type === 'identity')
			.map((child) => childPath(path, child.name));
	}
}

/** The summands of one sum, also where it was made pair by pair: a sum within it of the same branches. */
function flatTerms(terms: readonly Term[]): readonly Term[] {
	return terms.flatMap((term) => {
		if (term.recipe.kind !== 'sum') return term;
		const span = commonPath(weightPaths(term));
		const others = terms.filter((other) => other !== term).flatMap(weightPaths);
		return others.some((path) => isWithin(path, span)) ? flatTerms(term.recipe.terms) : term;
	});
}

/** Where the weights come from that a term is made of. */
function weightPaths({ recipe }: Term): string[] {
	switch (recipe.kind) {
		case 'stored':
			return [recipe.path];
		case 'norm':
			return [recipe.norm.path];
		case 'identity':
			return [];
		case 'norm-after':
		case 'scaled':
		case 'norm-before':
			return [...weightPaths(recipe.of), recipe.norm.path];
		case 'sum':
		case 'mean':
			return recipe.terms.flatMap(weightPaths);
	}
}

function kernelOf(op: AffineOp): string {
	return op.type === 'conv' ? op.kernel.join() : '1,1';
}
