import { ops, type ModuleNode } from '../arch/module';
import type { ConvOp, Op } from '../arch/op';
import { opTensors } from '../weights/source';
import type { GraphBuilder, OpSite } from './graph-builder';
import type { OnnxAttribute } from './schema';

/**
 * Which version of the operators a network needs: 20 where there is a GELU (the first with an
 * operator for it), else 17. Not newer: from 22 on onnxruntime's WebGPU backend leaves convolutions
 * to the CPU.
 */
export function requiredOpset(root: ModuleNode): 17 | 20 {
	for (const { node } of ops(root)) {
		if (node.op.type === 'gelu') return 20;
	}
	return 17;
}

/** The file format's version that belongs to an opset. */
export function irVersion(opset: 17 | 20): 8 | 9 {
	return opset === 17 ? 8 : 9;
}

/** One op, one ONNX node of the same name; an identity gives none. */
export function lowerToOperator(site: OpSite, graph: GraphBuilder): void {
	const { op, path, input, output } = site;
	if (op.type === 'identity') return;
	const { opType, attributes } = operator(op);
	const parameters = opTensors(op).map((spec) => graph.parameter(path, spec));
	graph.add({
		name: path,
		opType,
		inputs: [input, ...parameters],
		outputs: [output],
		attributes
	});
}

interface Operator {
	readonly opType: string;
	readonly attributes?: readonly OnnxAttribute[];
}

function operator(op: Exclude<Op, { readonly type: 'identity' }>): Operator {
	switch (op.type) {
		case 'conv':
			return { opType: 'Conv', attributes: convAttributes(op) };
		case 'linear':
			// Weights stay (out, in), as checkpoints have them.
			return { opType: 'Gemm', attributes: [{ name: 'transB', kind: 'int', value: 1 }] };
		case 'batchNorm':
			return {
				opType: 'BatchNormalization',
				attributes: [{ name: 'epsilon', kind: 'float', value: op.epsilon }]
			};
		case 'gelu':
			return { opType: 'Gelu' };
		case 'hardSwish':
			return { opType: 'HardSwish' };
		case 'relu':
			return { opType: 'Relu' };
		case 'sigmoid':
			return { opType: 'Sigmoid' };
		case 'hardSigmoid':
			// ONNX's own default is 0.2; PyTorch's and MobileNetV3's hard-sigmoid is relu6(x + 3) / 6.
			return {
				opType: 'HardSigmoid',
				attributes: [
					{ name: 'alpha', kind: 'float', value: 1 / 6 },
					{ name: 'beta', kind: 'float', value: 0.5 }
				]
			};
		case 'globalAvgPool':
			return { opType: 'GlobalAveragePool' };
		case 'flatten':
			return { opType: 'Flatten' };
	}
}

/** ONNX wants paddings as top, left, bottom, right. */
function convAttributes(op: ConvOp): readonly OnnxAttribute[] {
	const [vertical, horizontal] = op.padding;
	return [
		{ name: 'kernel_shape', kind: 'ints', value: op.kernel },
		{ name: 'strides', kind: 'ints', value: op.stride },
		{ name: 'pads', kind: 'ints', value: [vertical, horizontal, vertical, horizontal] },
		{ name: 'group', kind: 'int', value: op.groups }
	];
}
