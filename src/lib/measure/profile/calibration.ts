import { BYTES_PER_FLOAT32, computeCosts } from '../../arch/cost';
import { op, sequential, type ModuleNode } from '../../arch/module';
import { inferShapes, volume, type Shape } from '../../arch/shapes';
import { emitOnnx, type EmittedModel } from '../../onnx/emit';
import { storedParameters } from '../../onnx/parameters';
import { seededWeights } from '../../weights/seeded';

/** What a device reaches at best, on one thread of this runtime: the two roofs of METHODOLOGY 15. */
export interface Peaks {
	readonly macsPerSecond: number;
	readonly bytesPerSecond: number;
}

interface CalibrationModel {
	readonly root: ModuleNode;
	readonly inputShape: Shape;
}

/**
 * Arithmetic at its best: a pointwise convolution, which is one large matrix product. 822 M MACs on
 * 14 MB, so that memory is no matter.
 */
export const COMPUTE_MODEL: CalibrationModel = {
	root: sequential('compute', [
		op('conv', {
			type: 'conv',
			inChannels: 512,
			outChannels: 512,
			kernel: [1, 1],
			stride: [1, 1],
			padding: [0, 0],
			groups: 1,
			bias: false
		})
	]),
	inputShape: [1, 512, 56, 56]
};

/**
 * Memory at its best: one comparison an element over 34 MB read and 34 MB written, more than the
 * caches of what people hold in their hands.
 */
export const MEMORY_MODEL: CalibrationModel = {
	root: sequential('memory', [op('relu', { type: 'relu' })]),
	inputShape: [1, 32, 512, 512]
};

export function emitCalibration({ root, inputShape }: CalibrationModel): EmittedModel {
	const parameters = storedParameters(seededWeights({ root, seed: 1 }));
	return emitOnnx({ root, inputShape, parameters });
}

/** The roofs, from how long the two models' kernels took. */
export function peaksOf({
	computeMs,
	memoryMs
}: {
	readonly computeMs: number;
	readonly memoryMs: number;
}): Peaks {
	const { root, inputShape } = COMPUTE_MODEL;
	const { macs } = computeCosts(root, inferShapes(root, inputShape)).get('')!;
	const bytes = 2 * volume(MEMORY_MODEL.inputShape) * BYTES_PER_FLOAT32;
	return {
		macsPerSecond: (macs / computeMs) * 1000,
		bytesPerSecond: (bytes / memoryMs) * 1000
	};
}
