import { childPath, type BranchesNode, type ModuleNode } from './module';
import type { ConvOp, Op } from './op';

/** A tensor's sizes, NCHW: (N, C, H, W), or (N, features) behind a flatten. */
export type Shape = readonly number[];

/** Input and output shape of every node, by path. */
export type ShapeMap = ReadonlyMap<string, { readonly input: Shape; readonly output: Shape }>;

/** Thrown where a network's parts do not fit; `path` names the part. */
export class ShapeError extends Error {
	constructor(
		readonly path: string,
		reason: string
	) {
		super(`${path === '' ? 'The network' : path}: ${reason}`);
		this.name = 'ShapeError';
	}
}

/**
 * The output shape of every node.
 * @param input NCHW, for example [1, 3, 224, 224]
 * @throws {ShapeError} where shapes do not fit
 */
export function inferShapes(root: ModuleNode, input: Shape): ShapeMap {
	const shapes = new Map<string, { input: Shape; output: Shape }>();
	visit(root, '', input, shapes);
	return shapes;
}

/** The shape a network gives for an input (NCHW). @throws {ShapeError} */
export function outputShape(root: ModuleNode, input: Shape): Shape {
	return visit(root, '', input, new Map());
}

function visit(
	node: ModuleNode,
	path: string,
	input: Shape,
	shapes: Map<string, { input: Shape; output: Shape }>
): Shape {
	// Parents stand before their children in the map, as in a walk: reserve the place first.
	const entry = { input, output: input };
	shapes.set(path, entry);
	switch (node.kind) {
		case 'op':
			entry.output = opOutput(node.op, input, path);
			break;
		case 'sequential':
			entry.output = node.children.reduce(
				(shape, child) => visit(child, childPath(path, child.name), shape, shapes),
				input
			);
			break;
		case 'branches':
			entry.output = joinedShape(
				node,
				node.children.map((child) => visit(child, childPath(path, child.name), input, shapes)),
				path
			);
			break;
	}
	return entry.output;
}

function opOutput(op: Op, input: Shape, path: string): Shape {
	switch (op.type) {
		case 'conv':
			return convOutput(op, input, path);
		case 'linear': {
			const [batch, features] = input;
			if (input.length !== 2 || features !== op.inFeatures) {
				throw new ShapeError(path, `expects (N, ${op.inFeatures}), got ${formatShape(input)}.`);
			}
			return [batch!, op.outFeatures];
		}
		case 'batchNorm':
			if (input[1] !== op.channels) {
				throw new ShapeError(path, `expects ${op.channels} channels, got ${formatShape(input)}.`);
			}
			return input;
		case 'globalAvgPool': {
			const [batch, channels] = image(input, path);
			return [batch, channels, 1, 1];
		}
		case 'flatten':
			return [input[0] ?? 1, input.slice(1).reduce((product, size) => product * size, 1)];
		case 'gelu':
		case 'hardSwish':
		case 'relu':
		case 'sigmoid':
		case 'hardSigmoid':
		case 'identity':
			return input;
	}
}

function convOutput(op: ConvOp, input: Shape, path: string): Shape {
	const [batch, channels, height, width] = image(input, path);
	if (channels !== op.inChannels) {
		throw new ShapeError(path, `expects ${op.inChannels} channels, got ${formatShape(input)}.`);
	}
	if (op.inChannels % op.groups !== 0 || op.outChannels % op.groups !== 0) {
		throw new ShapeError(
			path,
			`${op.groups} groups do not divide ${op.inChannels} -> ${op.outChannels} channels.`
		);
	}
	const along = (size: number, axis: 0 | 1) =>
		Math.floor((size + 2 * op.padding[axis] - op.kernel[axis]) / op.stride[axis]) + 1;
	const [outHeight, outWidth] = [along(height, 0), along(width, 1)];
	if (outHeight < 1 || outWidth < 1) {
		throw new ShapeError(
			path,
			`a ${op.kernel.join('x')} kernel does not fit ${formatShape(input)}; use a larger input.`
		);
	}
	return [batch, op.outChannels, outHeight, outWidth];
}

function joinedShape(node: BranchesNode, outputs: readonly Shape[], path: string): Shape {
	const first = outputs[0];
	if (first === undefined) throw new ShapeError(path, 'has no branches.');
	if (node.join === 'concat') {
		const channels = outputs.reduce((sum, shape) => sum + (shape[1] ?? 0), 0);
		const rest = (shape: Shape) => [shape[0], ...shape.slice(2)].join();
		const odd = outputs.find((shape) => rest(shape) !== rest(first));
		if (odd) throw misfit(path, first, odd);
		return [first[0]!, channels, ...first.slice(2)];
	}
	// A squeeze-and-excitation gate is (N, C, 1, 1): it is broadcast over the positions.
	const output = outputs.reduce((widest, shape) =>
		volume(shape) > volume(widest) ? shape : widest
	);
	for (const shape of outputs) {
		const fits =
			shape.length === output.length &&
			shape.every((size, axis) => size === output[axis] || (size === 1 && node.join === 'mul'));
		if (!fits) throw misfit(path, output, shape);
	}
	return output;
}

function misfit(path: string, a: Shape, b: Shape): ShapeError {
	return new ShapeError(path, `branches do not join: ${formatShape(a)} and ${formatShape(b)}.`);
}

function image(input: Shape, path: string): readonly [number, number, number, number] {
	if (input.length !== 4) {
		throw new ShapeError(path, `expects an NCHW tensor, got ${formatShape(input)}.`);
	}
	return input as readonly [number, number, number, number];
}

/** The number of elements. */
export function volume(shape: Shape): number {
	return shape.reduce((product, size) => product * size, 1);
}

/** `(1, 48, 56, 56)` */
export function formatShape(shape: Shape): string {
	return `(${shape.join(', ')})`;
}
