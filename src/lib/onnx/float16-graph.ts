import { DATA_TYPE, type OnnxInitializer, type OnnxNode } from './schema';
import { INPUT_NAME, OUTPUT_NAME } from './tree-to-graph';

/*
 * A network in float16: weights and all values inside are float16, input and output stay float32 with
 * a Cast at each edge. So every precision of a design takes the same input and gives an output that
 * can be compared, and a page needs no float16 of its own, which not every browser has. The two casts
 * touch a thousandth of the values that the first block does.
 */

/** The nodes at the edges, and the names of the values between them. */
export function castEdges(): {
	readonly names: { readonly inputName: string; readonly outputName: string };
	readonly first: OnnxNode;
	readonly last: OnnxNode;
} {
	const names = { inputName: `${INPUT_NAME}#float16`, outputName: `${OUTPUT_NAME}#float16` };
	return {
		names,
		first: cast(INPUT_NAME, names.inputName, 'float16'),
		last: cast(names.outputName, OUTPUT_NAME, 'float32')
	};
}

/** Integers, such as the repeats of tiles, stay what they are. */
export function storedAsFloat16(initializer: OnnxInitializer): OnnxInitializer {
	return initializer.data instanceof BigInt64Array
		? initializer
		: { ...initializer, storedAs: 'float16' };
}

function cast(input: string, output: string, to: 'float16' | 'float32'): OnnxNode {
	return {
		name: `${output}#cast`,
		opType: 'Cast',
		inputs: [input],
		outputs: [output],
		attributes: [{ name: 'to', kind: 'int', value: DATA_TYPE[to] }]
	};
}
