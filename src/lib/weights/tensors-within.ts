import { nodeAt, ops, type ModuleNode } from '../arch/module';
import { opTensors, type TensorAddress, type WeightSource } from './source';

/** The parameters of a part of a network, by their paths in the whole. */
export function tensorsWithin(root: ModuleNode, path: string): readonly TensorAddress[] {
	const part = nodeAt(root, path);
	if (!part) return [];
	return [...ops(part)].flatMap(({ node, path: inner }) =>
		opTensors(node.op).map((spec) => ({
			...spec,
			path: [path, inner].filter((step) => step !== '').join('.')
		}))
	);
}

/** A source of tensors that are there already. @throws for one that is not */
export function givenWeights(
	tensors: readonly TensorAddress[],
	values: readonly Float32Array[]
): WeightSource {
	const byName = new Map(tensors.map((tensor, index) => [nameOf(tensor), values[index]!]));
	return (tensor, target) => {
		const found = byName.get(nameOf(tensor));
		if (!found) throw new Error(`The values of "${nameOf(tensor)}" are not there.`);
		target.set(found);
	};
}

function nameOf({ path, name }: TensorAddress): string {
	return `${path}.${name}`;
}
