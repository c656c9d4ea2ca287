import { volume, type Shape } from '../arch/shapes';
import type { WeightSource } from '../weights/source';
import type { Parameter, ParameterWriter } from './parameters';
import type { OnnxInitializer, OnnxNode } from './schema';

/** Channels after which a tiled parameter repeats; the published widths are multiples of it. */
const PERIOD = 8;

/**
 * Stores one small tile of each parameter, and a `Tile` node that repeats it along the channels; a
 * runtime folds it when it loads the file. The network has its full size and cost, its file a
 * fraction of a percent of the bytes. With tiles of eight channels it computes what a network eight
 * channels wide does: unlike with constant weights, channels differ, and outputs depend on inputs.
 * @param source gives the tile's values, as for a tensor of the tile's shape
 */
export function tiledParameters(source: WeightSource): ParameterWriter {
	return {
		// Short, as names make up most of such a file; what reads them is named by its path.
		nameOf: ({ name }, index) => `${name}${index}`,
		write: (parameters) => {
			const nodes: OnnxNode[] = [];
			const tiles: OnnxInitializer[] = [];
			const repeats = new Map<string, OnnxInitializer>();
			for (const parameter of parameters) {
				const { name, tensor } = parameter;
				const tile = tileOf(parameter, source);
				if (volume(tile.shape) === volume(tensor.shape)) {
					tiles.push(tile);
					continue;
				}
				const counts = copiesOf(tile.shape, tensor.shape);
				const tileName = `tile${tiles.length}`;
				const repeatsName = `repeats${counts.join('x')}`;
				tiles.push({ ...tile, name: tileName });
				repeats.set(repeatsName, int64Vector(repeatsName, counts));
				nodes.push({ name, opType: 'Tile', inputs: [tileName, repeatsName], outputs: [name] });
			}
			return { nodes, initializers: [...repeats.values(), ...tiles] };
		}
	};
}

function tileOf({ name, tensor }: Parameter, source: WeightSource): OnnxInitializer {
	const shape = tileShape(tensor.shape);
	// Copies of an input channel add up in phase: n of them give n times the sum, not sqrt(n) times.
	const copies = volume(copiesOf(shape, tensor.shape).slice(1));
	return {
		name,
		shape,
		data: (target) => {
			source({ ...tensor, shape }, target);
			for (let i = 0; i < target.length; i++) target[i]! /= copies;
		}
	};
}

/** Kernels stay whole; channels shrink to eight, or to what divides their number. */
function tileShape(shape: Shape): Shape {
	return shape.map((size, axis) =>
		axis > 1 || size <= PERIOD ? size : greatestCommonDivisor(size, PERIOD)
	);
}

function copiesOf(tile: Shape, shape: Shape): readonly number[] {
	return shape.map((size, axis) => size / tile[axis]!);
}

function greatestCommonDivisor(a: number, b: number): number {
	return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function int64Vector(name: string, values: readonly number[]): OnnxInitializer {
	return { name, shape: [values.length], data: BigInt64Array.from(values, BigInt) };
}
