import type { Op } from '../arch/op';
import type { Shape } from '../arch/shapes';
import type { TensorSpec } from '../weights/source';
import type { Parameter, ParameterWriter } from './parameters';
import type { OnnxInitializer, OnnxNode } from './schema';

/** An op at its place: what a lowering turns into ONNX nodes. */
export interface OpSite<T extends Op = Op> {
	readonly op: T;
	/** The op's path in the tree, and its node's name. */
	readonly path: string;
	/** Names of the values it reads and gives. */
	readonly input: string;
	readonly output: string;
	readonly inputShape: Shape;
}

/** Writes one op into a graph. */
export type Lowering = (site: OpSite, graph: GraphBuilder) => void;

/** Collects a graph's nodes, in execution order, and the parameters and constants they read. */
export class GraphBuilder {
	readonly nodes: OnnxNode[] = [];
	readonly parameters: Parameter[] = [];
	readonly #constants = new Map<string, OnnxInitializer>();
	readonly #nameOf: ParameterWriter['nameOf'];

	constructor(nameOf: ParameterWriter['nameOf']) {
		this.#nameOf = nameOf;
	}

	get constants(): readonly OnnxInitializer[] {
		return [...this.#constants.values()];
	}

	add(node: OnnxNode): void {
		this.nodes.push(node);
	}

	/** Declares a parameter of the op at a path; returns the name to read it by. */
	parameter(path: string, spec: TensorSpec): string {
		const tensor = { path, ...spec };
		const name = this.#nameOf(tensor, this.parameters.length);
		this.parameters.push({ tensor, name });
		return name;
	}

	/** A scalar that any number of nodes may read; returns its name. */
	scalar(value: number): string {
		const name = `scalar.${value}`;
		this.#constants.set(name, { name, shape: [], data: Float32Array.of(value) });
		return name;
	}
}
