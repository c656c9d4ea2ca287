import {
	outputsOf,
	type AffineOp,
	type FoldedNorm,
	type Recipe,
	type Term
} from '../arch/reparameterize/recipe';
import type { Reparameterized } from '../arch/reparameterize/reparameterize';
import { volume } from '../arch/shapes';
import {
	addIdentity,
	addProduct,
	addWeight,
	scaleWeight,
	type Accumulator,
	type Scaling
} from './affine';
import { channelMap, normalised, type ChannelMap } from './channel-map';
import { opTensors, type TensorName, type TensorSpec, type WeightSource } from './source';

/**
 * The weights of a re-parameterised tree, from those of the tree it was made of. A tensor is made when
 * it is asked for, computed in double precision and rounded once: besides `source` itself, at most
 * one op's weights are held at a time.
 */
export function foldedWeights(
	{ terms, keptNorms }: Pick<Reparameterized, 'terms' | 'keptNorms'>,
	source: WeightSource
): WeightSource {
	const folder = new Folder(source);
	return (tensor, target) => {
		const term = terms.get(tensor.path);
		if (term === undefined) {
			source({ ...tensor, path: keptNorms.get(tensor.path) ?? tensor.path }, target);
		} else if (term.recipe.kind === 'stored') {
			source({ ...tensor, path: term.recipe.path }, target);
		} else if (tensor.name === 'bias') {
			target.set(folder.outputFor(term, null));
		} else {
			folder.writeWeight(term, target);
		}
	};
}

/** A term's weight, C order, and its bias, in double precision. */
export interface FoldedTerm {
	readonly weight: Float64Array;
	readonly bias: Float64Array;
}

/**
 * Makes one term, or a part of one, by itself.
 * @param whole the op that it is a part of: the kernel is padded to that of this op
 */
export function foldTerm(term: Term, source: WeightSource, whole: AffineOp = term.op): FoldedTerm {
	return new Folder(source).foldPart(term, whole);
}

/** Carries recipes out: see `Recipe` for the identity behind each case. */
class Folder {
	readonly #source: WeightSource;
	/** What is read and used up at once, so that no garbage piles up beside the weights. */
	#scratch = new Float32Array(0);

	constructor(source: WeightSource) {
		this.#source = source;
	}

	/** Fills `target` with a term's weight, C order. */
	writeWeight(term: Term, target: Float32Array): void {
		const { op, recipe, scaling } = this.#withoutNorms(term, unscaled(term.op));
		if (recipe.kind === 'stored') {
			// The common case, in place: all there is to do is one product an element.
			this.#source({ path: recipe.path, ...specOf(op, 'weight') }, target);
			scaleWeight({ weight: target, op }, scaling);
		} else {
			const sum = new Float64Array(target.length);
			this.#addWeight({ op, recipe }, scaling, { op, sum });
			target.set(sum);
		}
	}

	foldPart(term: Term, whole: AffineOp): FoldedTerm {
		const weight = new Float64Array(volume(specOf(whole, 'weight').shape));
		this.#addWeight(term, unscaled(term.op), { op: whole, sum: weight });
		return { weight, bias: this.outputFor(term, null) };
	}

	/**
	 * What a term makes of one value a channel, the same at all positions of an image without edge.
	 * Null stands for zeros: what comes out is the term's bias.
	 */
	outputFor({ op, recipe }: Term, values: Float64Array | null): Float64Array {
		switch (recipe.kind) {
			case 'stored':
				return this.#storedOutputFor(recipe.path, op, values);
			case 'identity':
				return values ?? new Float64Array(outputsOf(op));
			case 'norm':
				return normalised(values, this.#channelMap(recipe.norm));
			case 'norm-after':
				return normalised(this.outputFor(recipe.of, values), this.#channelMap(recipe.norm));
			case 'scaled':
				return product(this.outputFor(recipe.of, values), this.#channelMap(recipe.norm).scale);
			case 'norm-before':
				return this.outputFor(recipe.of, normalised(values, this.#channelMap(recipe.norm)));
			case 'sum':
			case 'mean': {
				const sum = new Float64Array(outputsOf(op));
				for (const term of recipe.terms) {
					const output = this.outputFor(term, values);
					for (let channel = 0; channel < sum.length; channel++) sum[channel]! += output[channel]!;
				}
				return recipe.kind === 'sum' ? sum : scaled(sum, 1 / recipe.terms.length);
			}
		}
	}

	#storedOutputFor(path: string, op: AffineOp, values: Float64Array | null): Float64Array {
		const output = new Float64Array(outputsOf(op));
		if (op.bias) output.set(this.#read(path, specOf(op, 'bias')));
		if (values) addProduct({ weight: this.#read(path, specOf(op, 'weight')), op }, values, output);
		return output;
	}

	/** Adds a term's scaled weight to a sum. */
	#addWeight(term: Term, outer: Scaling, into: Accumulator): void {
		const { op, recipe, scaling } = this.#withoutNorms(term, outer);
		switch (recipe.kind) {
			case 'stored':
				addWeight({ weight: this.#read(recipe.path, specOf(op, 'weight')), op }, scaling, into);
				break;
			case 'identity':
				addIdentity(scaling, into);
				break;
			case 'norm':
				addIdentity(this.#scaledBy(recipe.norm, 'outputs', scaling), into);
				break;
			case 'sum':
				for (const each of recipe.terms) this.#addWeight(each, scaling, into);
				break;
			case 'mean': {
				const outputs = scaled(scaling.outputs, 1 / recipe.terms.length);
				for (const each of recipe.terms) this.#addWeight(each, { ...scaling, outputs }, into);
				break;
			}
		}
	}

	/** What is left of a term when the norms around it have gone into the scaling. */
	#withoutNorms({ op, recipe }: Term, scaling: Scaling): Bare {
		switch (recipe.kind) {
			case 'norm-after':
			case 'scaled':
				return this.#withoutNorms(recipe.of, this.#scaledBy(recipe.norm, 'outputs', scaling));
			case 'norm-before':
				return this.#withoutNorms(recipe.of, this.#scaledBy(recipe.norm, 'inputs', scaling));
			default:
				return { op, recipe, scaling };
		}
	}

	#scaledBy(norm: FoldedNorm, side: keyof Scaling, scaling: Scaling): Scaling {
		const { scale } = this.#channelMap(norm);
		const factors = scaling[side];
		return { ...scaling, [side]: factors ? product(factors, scale) : scale };
	}

	#channelMap(norm: FoldedNorm): ChannelMap {
		return channelMap(norm, this.#source);
	}

	/** Good until the next call. */
	#read(path: string, spec: TensorSpec): Float32Array {
		const length = volume(spec.shape);
		if (this.#scratch.length < length) this.#scratch = new Float32Array(length);
		const values = this.#scratch.subarray(0, length);
		this.#source({ path, ...spec }, values);
		return values;
	}
}

type NormRecipe = Extract<Recipe, { readonly kind: 'norm-after' | 'scaled' | 'norm-before' }>;

/** A term without norms around it, and their scales. */
interface Bare {
	readonly op: AffineOp;
	readonly recipe: Exclude<Recipe, NormRecipe>;
	readonly scaling: Scaling;
}

function specOf(op: AffineOp, name: TensorName): TensorSpec {
	return opTensors(op).find((tensor) => tensor.name === name)!;
}

function unscaled(op: AffineOp): Scaling {
	return { outputs: new Float64Array(outputsOf(op)).fill(1), inputs: null };
}

function product(a: Float64Array, b: Float64Array): Float64Array {
	return a.map((value, i) => value * b[i]!);
}

function scaled(values: Float64Array, factor: number): Float64Array {
	return values.map((value) => value * factor);
}
