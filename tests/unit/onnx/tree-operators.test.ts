import { describe, expect, it } from 'vitest';
import { analyseDesign } from '$lib/arch/analysis';
import { walk } from '$lib/arch/module';
import { ROADMAP } from '$lib/arch/roadmap';
import { emitDesign } from '$lib/onnx/emit-design';
import type { OnnxAttribute } from '$lib/onnx/schema';
import { treePath } from '$lib/onnx/tree-to-graph';
import { treeOperators } from '$lib/onnx/tree-operators';
import { decodeModel } from './onnx-proto';

/** As onnx.proto has it: floats are float32, and the type is a number. */
function decoded({ name, kind, value }: OnnxAttribute) {
	switch (kind) {
		case 'float':
			return { name, f: Math.fround(value), type: 1 };
		case 'int':
			return { name, i: value, type: 2 };
		case 'ints':
			return { name, ints: [...value], type: 7 };
	}
}

describe.each([
	{ step: 0, form: 'deploy' },
	{ step: 8, form: 'deploy' },
	{ step: 0, form: 'training' },
	{ step: 8, form: 'training' }
] as const)('operators of step $step, $form', ({ step, form }) => {
	const design = { ...ROADMAP[step]!.design, form, heads: 2 } as const;
	const analysis = analyseDesign(design);
	const operators = treeOperators(analysis);
	const { graph } = decodeModel(emitDesign(design, { seed: 0 }).bytes);

	it('are the nodes of the file, each under the path of its op or join', () => {
		const told = [...operators.values()].flat();
		expect(told.map(({ node }) => node.name)).toEqual(graph.node.map(({ name }) => name));
		for (const [index, { node }] of told.entries()) {
			const written = graph.node[index]!;
			expect(written.opType).toBe(node.opType);
			expect(written.input).toEqual(node.inputs);
			expect(written.output).toEqual(node.outputs);
			const round = ({ f, ...rest }: (typeof written.attribute)[number]) =>
				f === undefined ? rest : { ...rest, f: Math.fround(f) };
			expect(written.attribute.map(round)).toEqual((node.attributes ?? []).map(decoded));
		}
	});

	it('read the initializers of the file, with their shapes', () => {
		const told = [...operators.values()].flat().flatMap(({ initializers }) => initializers);
		expect(told.map(({ name, shape }) => [name, [...shape]])).toEqual(
			graph.initializer.map(({ name, dims }) => [name, dims])
		);
	});

	it('are there for every op and join, and for nothing else', () => {
		for (const { node, path } of walk(analysis.root)) {
			const isIdentity = node.kind === 'op' && node.op.type === 'identity';
			const expected = node.kind !== 'sequential' && !isIdentity;
			expect(operators.has(path)).toBe(expected);
			for (const { node: operator } of operators.get(path) ?? []) {
				expect(treePath(operator.name)).toBe(path);
			}
		}
	});
});
