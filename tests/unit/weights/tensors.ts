import { ops, type ModuleNode } from '$lib/arch/module';
import { volume } from '$lib/arch/shapes';
import { opTensors, type TensorAddress, type WeightSource } from '$lib/weights/source';

/** All parameters of a tree, in the order of its ops. */
export function tensorsOf(root: ModuleNode): TensorAddress[] {
	return [...ops(root)].flatMap(({ node, path }) =>
		opTensors(node.op).map((spec) => ({ path, ...spec }))
	);
}

/** The values that a source gives for one of them. */
export function fill(source: WeightSource, tensor: TensorAddress): Float32Array<ArrayBuffer> {
	const values = new Float32Array(volume(tensor.shape));
	source(tensor, values);
	return values;
}
