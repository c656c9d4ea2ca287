import type { NetworkPlan } from '../../../arch/plan';
import type { Shape } from '../../../arch/shapes';
import type { TensorAddress } from '../../source';
import type { SizeOf } from '../sizes';
import type { CheckpointTensors, NamingName } from '../types';

/** How some code names the tensors of the networks that it builds. */
export interface Naming {
	readonly name: NamingName;
	/** How many names only this naming gives; 0 where the tensors are those of another network. */
	readonly countOwn: (names: readonly string[]) => number;
	/**
	 * Reads a network's outline: what it is made of, but for its sizes. It is lenient, in that a name
	 * that is missing or one too many changes nothing; what is amiss shows when names are compared.
	 * @throws {CheckpointError} where the names do not make up a network
	 */
	readonly read: (tensors: CheckpointTensors) => Outline;
}

/** A network but for its sizes, and how its tree's parameters are named. */
export interface Outline {
	readonly plan: (sizeOf: SizeOf) => NetworkPlan;
	/** The name of a parameter of the plan's training form, and of its deploy form if it has names. */
	readonly nameOf: (tensor: TensorAddress) => string;
	/** Whether this naming has names for the deploy form as well. */
	readonly isFusible: boolean;
	/** The shape that a parameter has in the file. */
	readonly shapeOf: (tensor: TensorAddress) => Shape;
}
