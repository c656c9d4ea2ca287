import type { TreeAnalysis } from './analysis';
import { BYTES_PER_FLOAT32, opParams } from './cost';
import { childPath, type ModuleNode } from './module';
import type { Op } from './op';
import { volume, type Shape, type ShapeMap } from './shapes';

/**
 * Bytes that a node moves, in float32, with every op and join taken by itself: it reads its
 * parameters and its inputs once and writes its output once. Nothing is fused and nothing stays in a
 * cache, so what a runtime really moves is less; how much less is the device's affair, not the tree's.
 */
export interface Traffic {
	/** Parameters that are read; of a BatchNorm also its running statistics, which nobody learns. */
	readonly weightBytes: number;
	/** Activations that are read. A join reads each of its branches. */
	readonly readBytes: number;
	/** Activations that are written: `Cost.activationBytes`. */
	readonly writtenBytes: number;
}

export type TrafficMap = ReadonlyMap<string, Traffic>;

/** The traffic of every node, by path, summed up the tree. `shapes` come from `inferShapes`. */
export function computeTraffic(root: ModuleNode, shapes: ShapeMap): TrafficMap {
	const traffic = new Map<string, Traffic>();
	visit(root, '', shapes, traffic);
	return traffic;
}

/** Trees are immutable, so their traffic holds as long as their shapes do. */
const known = new WeakMap<ShapeMap, TrafficMap>();

/** The same for a network that is analysed already. Remembered by its shapes. */
export function trafficOf({ root, shapes }: Pick<TreeAnalysis, 'root' | 'shapes'>): TrafficMap {
	const found = known.get(shapes);
	if (found) return found;
	const traffic = computeTraffic(root, shapes);
	known.set(shapes, traffic);
	return traffic;
}

export function bytesMoved({ weightBytes, readBytes, writtenBytes }: Traffic): number {
	return weightBytes + readBytes + writtenBytes;
}

/**
 * Arithmetic intensity: multiply-accumulates per byte moved. A part with little of it is likely to
 * wait for memory and one with much for arithmetic, but where the one becomes the other is a property
 * of the device (its MACs over its bytes per second), of which a tree knows nothing.
 *
 * A module's lies between the least and the greatest of its ops': it is their mean, weighted by bytes.
 * @returns null for what moves nothing: an identity
 */
export function arithmeticIntensity(macs: number, traffic: Traffic): number | null {
	const bytes = bytesMoved(traffic);
	return bytes === 0 ? null : macs / bytes;
}

function visit(
	node: ModuleNode,
	path: string,
	shapes: ShapeMap,
	traffic: Map<string, Traffic>
): Traffic {
	const { input, output } = shapesAt(shapes, path);
	let total: Traffic;
	if (node.kind === 'op') {
		total = opTraffic(node.op, input, output);
	} else {
		const paths = node.children.map(({ name }) => childPath(path, name));
		total = node.children
			.map((child, index) => visit(child, paths[index]!, shapes, traffic))
			.reduce(
				add,
				node.kind === 'branches'
					? joinTraffic(
							paths.map((inner) => shapesAt(shapes, inner).output),
							output
						)
					: NOTHING
			);
	}
	traffic.set(path, total);
	return total;
}

const NOTHING: Traffic = { weightBytes: 0, readBytes: 0, writtenBytes: 0 };

function add(a: Traffic, b: Traffic): Traffic {
	return {
		weightBytes: a.weightBytes + b.weightBytes,
		readBytes: a.readBytes + b.readBytes,
		writtenBytes: a.writtenBytes + b.writtenBytes
	};
}

function opTraffic(op: Op, input: Shape, output: Shape): Traffic {
	if (op.type === 'identity') return NOTHING;
	return {
		weightBytes: (opParams(op) + statisticsOf(op)) * BYTES_PER_FLOAT32,
		readBytes: volume(input) * BYTES_PER_FLOAT32,
		writtenBytes: volume(output) * BYTES_PER_FLOAT32
	};
}

/** Running mean and variance: stored and read, but not learned. */
function statisticsOf(op: Op): number {
	return op.type === 'batchNorm' ? 2 * op.channels : 0;
}

function joinTraffic(inputs: readonly Shape[], output: Shape): Traffic {
	return {
		weightBytes: 0,
		readBytes: inputs.reduce((sum, shape) => sum + volume(shape), 0) * BYTES_PER_FLOAT32,
		writtenBytes: volume(output) * BYTES_PER_FLOAT32
	};
}

function shapesAt(shapes: ShapeMap, path: string) {
	const found = shapes.get(path);
	if (!found) throw new Error(`No shape is known for "${path}"; run inferShapes on this tree.`);
	return found;
}
