import { ops, type ModuleNode } from '../../arch/module';
import { volume, type Shape } from '../../arch/shapes';
import { isDtype, isWeightDtype } from '../safetensors/dtype';
import { excerpt } from '../safetensors/excerpt';
import { opTensors, type TensorAddress } from '../source';
import { CheckpointError } from './errors';
import { listKeys } from './problem';
import type { CheckpointTensors } from './types';

/** A tensor that a file must have. */
export interface ExpectedTensor {
	readonly key: string;
	readonly shape: Shape;
}

/** All parameters of a tree, in the order of execution. */
export function expectedTensors(
	root: ModuleNode,
	inFile: {
		readonly keyOf: (tensor: TensorAddress) => string;
		readonly shapeOf: (tensor: TensorAddress) => Shape;
	}
): ExpectedTensor[] {
	return [...ops(root)].flatMap(({ node, path }) =>
		opTensors(node.op).map((spec) => {
			const tensor = { path, ...spec };
			return { key: inFile.keyOf(tensor), shape: inFile.shapeOf(tensor) };
		})
	);
}

const COUNTER = '.num_batches_tracked';

/**
 * Checks that a file has the tensors it must have and no others.
 * @returns keys that are left out of account: counters of the BatchNorms there are
 * @throws {CheckpointError}
 */
export function checkNames(
	expected: readonly ExpectedTensor[],
	tensors: CheckpointTensors
): string[] {
	const wanted = new Set(expected.map(({ key }) => key));
	const isCounter = (key: string) =>
		key.endsWith(COUNTER) && wanted.has(`${key.slice(0, -COUNTER.length)}.running_mean`);
	const missing = [...wanted].filter((key) => !tensors.has(key));
	const others = [...tensors.keys()].filter((key) => !wanted.has(key));
	const unexpected = others.filter((key) => !isCounter(key));
	if (missing.length > 0 || unexpected.length > 0) {
		throw new CheckpointError({
			code: 'wrong-keys',
			missing: listKeys(missing),
			unexpected: listKeys(unexpected)
		});
	}
	return others;
}

/** @throws {CheckpointError} where a tensor's type is none of weights */
export function checkDtypes(expected: readonly ExpectedTensor[], tensors: CheckpointTensors): void {
	for (const { key } of expected) {
		const { dtype } = tensors.get(key)!;
		if (isDtype(dtype) && isWeightDtype(dtype)) continue;
		throw new CheckpointError({
			code: 'unsupported-dtype',
			tensor: excerpt(key),
			dtype: excerpt(dtype)
		});
	}
}

/**
 * Checks that shapes have as many sizes as they must, each of them one.
 * @throws {CheckpointError}
 */
export function checkRanks(
	expected: readonly ExpectedTensor[],
	{
		tensors,
		isOpen
	}: {
		readonly tensors: CheckpointTensors;
		/** Whether an expected size only stands in for one that is not known yet. */
		readonly isOpen: (size: number) => boolean;
	}
): void {
	for (const { key, shape } of expected) {
		const found = tensors.get(key)!.shape;
		if (found.length === shape.length && found.every(isSize)) continue;
		throw new CheckpointError({
			code: 'wrong-shape',
			tensor: excerpt(key),
			expected: shape.map((size) => (isOpen(size) ? null : size)),
			found,
			reference: null
		});
	}
}

function isSize(size: number): boolean {
	return Number.isSafeInteger(size) && size > 0;
}

/** @throws {CheckpointError} where a shape is not the expected one */
export function checkShapes(
	expected: readonly ExpectedTensor[],
	{
		tensors,
		witnessOf
	}: {
		readonly tensors: CheckpointTensors;
		/** The key that tells the size expected of a tensor along an axis; null where none does. */
		readonly witnessOf: (key: string, axis: number) => string | null;
	}
): void {
	for (const { key, shape } of expected) {
		const found = tensors.get(key)!.shape;
		const axis = shape.findIndex((size, index) => size !== found[index]);
		if (axis < 0) continue;
		const witness = witnessOf(key, axis);
		throw new CheckpointError({
			code: 'wrong-shape',
			tensor: excerpt(key),
			expected: shape,
			found,
			reference: witness === null || witness === key ? null : excerpt(witness)
		});
	}
}

/** As float32 they take 1 GiB, half of the 2 GiB that an ONNX file can have. */
const MAX_VALUES = 2 ** 28;

/** @throws {CheckpointError} where there are more values than can be used */
export function checkSize(expected: readonly ExpectedTensor[]): void {
	const found = expected.reduce((sum, { shape }) => sum + volume(shape), 0);
	if (found <= MAX_VALUES) return;
	throw new CheckpointError({ code: 'too-large', measure: 'values', found, limit: MAX_VALUES });
}
