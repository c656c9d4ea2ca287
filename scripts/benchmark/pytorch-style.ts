import type { Design } from '../../src/lib/arch/design';
import { inputShape } from '../../src/lib/arch/legality';
import { buildTraining } from '../../src/lib/arch/models/network';
import { emitOnnx, type EmittedModel } from '../../src/lib/onnx/emit';
import type { GraphBuilder, OpSite } from '../../src/lib/onnx/graph-builder';
import { lowerToOperator } from '../../src/lib/onnx/operators';
import { storedParameters } from '../../src/lib/onnx/parameters';
import { seededNetwork } from '../../src/lib/weights/seeded-network';

/**
 * The same network with the same weights in the graph that `torch.onnx.export` writes at opset 17:
 * what our own emission is measured against. The exact GELU becomes five nodes, and RepViT's
 * squeeze-and-excitation pools by `ReduceMean`.
 */
export function emitPytorchStyle(
	design: Design,
	{ seed }: { readonly seed: number }
): EmittedModel {
	const { root, source } = seededNetwork(buildTraining(design), { form: design.form, seed });
	return emitOnnx({
		root,
		inputShape: inputShape(design),
		parameters: storedParameters(source),
		lowering: { lower: lowerAsPytorch, opset: 17 }
	});
}

function lowerAsPytorch(site: OpSite, graph: GraphBuilder): void {
	if (site.op.type === 'gelu') addGelu(site, graph);
	else if (site.op.type === 'globalAvgPool' && !site.path.startsWith('head.')) {
		addReduceMean(site, graph);
	} else lowerToOperator(site, graph);
}

/** x / sqrt 2, its error function, plus 1, times x, times a half. */
function addGelu({ path, input, output }: OpSite, graph: GraphBuilder): void {
	const binary = (opType: string, inputs: readonly [string, string], name: string): string => {
		graph.add({ name, opType, inputs, outputs: [name === path ? output : name] });
		return name;
	};
	const scaled = binary('Div', [input, graph.scalar(Math.SQRT2)], `${path}/Div`);
	const erf = `${path}/Erf`;
	graph.add({ name: erf, opType: 'Erf', inputs: [scaled], outputs: [erf] });
	const shifted = binary('Add', [erf, graph.scalar(1)], `${path}/Add`);
	const product = binary('Mul', [input, shifted], `${path}/Mul`);
	binary('Mul', [product, graph.scalar(0.5)], path);
}

function addReduceMean({ path, input, output }: OpSite, graph: GraphBuilder): void {
	graph.add({
		name: path,
		opType: 'ReduceMean',
		inputs: [input],
		outputs: [output],
		attributes: [
			{ name: 'axes', kind: 'ints', value: [2, 3] },
			{ name: 'keepdims', kind: 'int', value: 1 }
		]
	});
}
