import { describe, expect, it } from 'vitest';
import { encodeModel } from '$lib/onnx/encode';
import type { OnnxModel } from '$lib/onnx/schema';
import { decodeModel } from './onnx-proto';

const model: OnnxModel = {
	irVersion: 8,
	opset: 17,
	producerName: 'producer',
	producerVersion: '7',
	metadata: { design: 'v=1&se=none', note: 'ä, 漢' },
	graph: {
		name: 'graph',
		nodes: [
			{
				name: 'a.b',
				opType: 'Conv',
				inputs: ['input', 'w'],
				outputs: ['a.b'],
				attributes: [
					{ name: 'alpha', kind: 'float', value: 0.5 },
					{ name: 'group', kind: 'int', value: 300 },
					{ name: 'pads', kind: 'ints', value: [0, -1, 2, 70_000] }
				]
			},
			{ name: 'c', opType: 'Relu', inputs: ['a.b'], outputs: ['logits'] }
		],
		initializers: [
			{ name: 'w', shape: [2, 3], data: (target) => target.set([1, 2, 3, 4, 5, 6]) },
			{ name: 'scalar', shape: [], data: Float32Array.of(0.1) },
			{ name: 'later', shape: [2], data: (target) => target.set([7, 8]) },
			{ name: 'repeats', shape: [2], data: BigInt64Array.of(3n, -4n) }
		],
		inputs: [{ name: 'input', shape: [1, 3, 224, 224] }],
		outputs: [{ name: 'logits', shape: [1, 1000] }]
	}
};

const floats = (bytes: Uint8Array) => [...new Float32Array(bytes.buffer)];

describe('encodeModel', () => {
	const decoded = decodeModel(encodeModel(model));

	it('keeps what a header tells', () => {
		expect(decoded).toMatchObject({
			irVersion: 8,
			producerName: 'producer',
			producerVersion: '7',
			opsetImport: [{ version: 17 }],
			metadataProps: [
				{ key: 'design', value: 'v=1&se=none' },
				{ key: 'note', value: 'ä, 漢' }
			]
		});
	});

	it('keeps nodes, with attributes of each kind', () => {
		expect(decoded.graph.node).toEqual([
			{
				name: 'a.b',
				opType: 'Conv',
				input: ['input', 'w'],
				output: ['a.b'],
				attribute: [
					{ name: 'alpha', f: 0.5, type: 1 },
					{ name: 'group', i: 300, type: 2 },
					{ name: 'pads', ints: [0, -1, 2, 70_000], type: 7 }
				]
			},
			{ name: 'c', opType: 'Relu', input: ['a.b'], output: ['logits'], attribute: [] }
		]);
	});

	it('keeps the shapes of input and output', () => {
		expect(decoded.graph.input).toEqual([{ name: 'input', type: [1, 3, 224, 224] }]);
		expect(decoded.graph.output).toEqual([{ name: 'logits', type: [1, 1000] }]);
	});

	it('keeps tensors, filled or given, of both types', () => {
		const [w, scalar, later, repeats] = decoded.graph.initializer;
		expect(w).toMatchObject({ name: 'w', dims: [2, 3], dataType: 1 });
		expect(floats(w!.rawData)).toEqual([1, 2, 3, 4, 5, 6]);
		expect(scalar).toMatchObject({ dims: [], dataType: 1 });
		expect(floats(scalar!.rawData)).toEqual([Math.fround(0.1)]);
		expect(floats(later!.rawData)).toEqual([7, 8]);
		expect(repeats).toMatchObject({ dims: [2], dataType: 7 });
		expect([...new BigInt64Array(repeats!.rawData.buffer)]).toEqual([3n, -4n]);
	});

	it('refuses data that does not fill its shape', () => {
		const initializers = [{ name: 'short', shape: [3], data: Float32Array.of(1, 2) }];
		const broken = { ...model, graph: { ...model.graph, initializers } };
		expect(() => encodeModel(broken)).toThrow('short holds 2 values, not the 3 of its shape.');
	});
});
