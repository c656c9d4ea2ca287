import type { TensorAddress, WeightSource } from '../weights/source';
import type { OnnxInitializer, OnnxNode } from './schema';

/** A parameter and the name under which nodes read it. */
export interface Parameter {
	readonly tensor: TensorAddress;
	readonly name: string;
}

/** How a network's parameters get into its file: as data, or as nodes that make them. */
export interface ParameterWriter {
	/** The name of the network's `index`-th parameter, unique in the file. */
	readonly nameOf: (tensor: TensorAddress, index: number) => string;
	readonly write: (parameters: readonly Parameter[]) => {
		/** They stand before the network's own; a runtime folds them when it loads the file. */
		readonly nodes: readonly OnnxNode[];
		readonly initializers: readonly OnnxInitializer[];
	};
}

/** Stores each parameter whole, under its path, with the values that a source gives. */
export function storedParameters(source: WeightSource): ParameterWriter {
	return {
		nameOf: ({ path, name }) => `${path}.${name}`,
		write: (parameters) => ({
			nodes: [],
			initializers: parameters.map(({ tensor, name }) => ({
				name,
				shape: tensor.shape,
				data: (target) => source(tensor, target)
			}))
		})
	};
}
