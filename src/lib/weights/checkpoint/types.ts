import type { ModuleNode } from '../../arch/module';
import type { NetworkPlan } from '../../arch/plan';
import type { Shape } from '../../arch/shapes';
import type { TensorAddress } from '../source';

/** What a file says of one tensor before any value is read. */
export interface TensorHeader {
	/** As safetensors calls it: `F32`, `F16`, `BF16`, `I64` and so on. */
	readonly dtype: string;
	readonly shape: Shape;
}

/** The tensors of a checkpoint by the keys they have in the file. */
export type CheckpointTensors = ReadonlyMap<string, TensorHeader>;

/** Whose names a checkpoint's keys are. */
export type NamingName = 'timm' | 'official' | 'timm-mobilenetv3';

/** A network as it was trained, or with everything folded in that can be. */
export type CheckpointForm = 'training' | 'deploy';

/** A file of weights, and the network they are for: found from names and shapes alone. */
export interface Checkpoint {
	readonly naming: NamingName;
	/** As the file holds it. */
	readonly form: CheckpointForm;
	/** Of a fused file, what folding leaves: one head, and branches that nobody can tell any more. */
	readonly plan: NetworkPlan;
	/** The tree in the file's form. */
	readonly root: ModuleNode;
	/** The file's key for a parameter of `root`. */
	readonly keyOf: (tensor: TensorAddress) => string;
	/** Keys that say nothing of the network: BatchNorm's counters of training steps. */
	readonly ignored: readonly string[];
	readonly classes: number;
	readonly heads: 1 | 2;
	/** The published network that it is layer by layer, whatever its classes, heads and branches. */
	readonly member: { readonly name: string; readonly label: string } | null;
}
