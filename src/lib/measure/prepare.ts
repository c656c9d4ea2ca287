import { isPlanned } from '../arch/planned-network';
import { emitDesign } from '../onnx/emit-design';
import { emitPlanned } from '../onnx/emit-planned';
import type { Precision } from '../onnx/schema';
import type { PreparedModel } from './load';
import type { Candidate } from './types';

/** The ONNX file of a candidate, with seeded weights. @throws for a design that cannot be built */
export function prepareModel(
	design: Candidate['design'],
	seed: number,
	precision?: Precision
): PreparedModel {
	return isPlanned(design)
		? emitPlanned(design, seed, precision)
		: emitDesign(design, { seed, precision });
}
