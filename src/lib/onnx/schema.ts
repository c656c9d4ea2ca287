import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { Shape } from '../arch/shapes';

/*
 * The few messages of onnx.proto that a network needs, with their field numbers. Only the wire
 * format is taken from @bufbuild/protobuf: a message holds up to 90 MB of weights here, and its
 * generic encoder copies the bytes of a nested message once for every level.
 */

/** NodeProto. */
export interface OnnxNode {
	readonly name: string;
	readonly opType: string;
	readonly inputs: readonly string[];
	readonly outputs: readonly string[];
	readonly attributes?: readonly OnnxAttribute[];
}

/** AttributeProto, of the kinds in use. */
export type OnnxAttribute =
	| { readonly name: string; readonly kind: 'float' | 'int'; readonly value: number }
	| { readonly name: string; readonly kind: 'ints'; readonly value: readonly number[] };

/** What a network computes in. */
export type Precision = 'float32' | 'float16';

/** TensorProto. A function fills float32 data where it ends up, in the file's buffer. */
export interface OnnxInitializer {
	readonly name: string;
	readonly shape: Shape;
	readonly data: Float32Array | BigInt64Array | ((target: Float32Array) => void);
	/** Float32 data may be stored as float16. */
	readonly storedAs?: 'float16';
}

/** ValueInfoProto of a float32 tensor. */
export interface OnnxValue {
	readonly name: string;
	readonly shape: Shape;
}

/** GraphProto. */
export interface OnnxGraph {
	readonly name: string;
	readonly nodes: readonly OnnxNode[];
	readonly initializers: readonly OnnxInitializer[];
	readonly inputs: readonly OnnxValue[];
	readonly outputs: readonly OnnxValue[];
}

/** ModelProto. */
export interface OnnxModel {
	readonly irVersion: number;
	readonly opset: number;
	readonly producerName: string;
	readonly producerVersion: string;
	readonly metadata: Readonly<Record<string, string>>;
	readonly graph: OnnxGraph;
}

/** TensorProto.DataType. */
export const DATA_TYPE = { float32: 1, int64: 7, float16: 10 } as const;
const ATTRIBUTE_TYPE = { float: 1, int: 2, ints: 7 } as const;

/** ModelProto without its graph, which a writer appends as field {@link GRAPH_FIELD}. */
export function encodeModelHead(model: OnnxModel): Uint8Array {
	const writer = new BinaryWriter();
	integer(writer, 1, model.irVersion);
	text(writer, 2, model.producerName);
	text(writer, 3, model.producerVersion);
	message(writer, 8, () => integer(writer, 2, model.opset));
	for (const [key, value] of Object.entries(model.metadata)) {
		message(writer, 14, () => {
			text(writer, 1, key);
			text(writer, 2, value);
		});
	}
	return writer.finish();
}

export const GRAPH_FIELD = 7;

/**
 * GraphProto without its initializers, which a writer appends as fields {@link INITIALIZER_FIELD}.
 */
export function encodeGraphHead(graph: OnnxGraph): Uint8Array {
	const writer = new BinaryWriter();
	for (const node of graph.nodes) message(writer, 1, () => encodeNode(writer, node));
	text(writer, 2, graph.name);
	for (const value of graph.inputs) message(writer, 11, () => encodeValue(writer, value));
	for (const value of graph.outputs) message(writer, 12, () => encodeValue(writer, value));
	return writer.finish();
}

export const INITIALIZER_FIELD = 5;

/**
 * TensorProto without the bytes of its data, which a writer appends as field {@link
 * RAW_DATA_FIELD}.
 */
export function encodeTensorHead({ name, shape, data, storedAs }: OnnxInitializer): Uint8Array {
	const writer = new BinaryWriter();
	for (const size of shape) integer(writer, 1, size);
	integer(writer, 2, DATA_TYPE[data instanceof BigInt64Array ? 'int64' : (storedAs ?? 'float32')]);
	text(writer, 8, name);
	return writer.finish();
}

export const RAW_DATA_FIELD = 9;

/** What stands before the bytes of a length-delimited field: its tag and its length. */
export function encodeFieldHead(field: number, byteLength: number): Uint8Array {
	return new BinaryWriter().tag(field, WireType.LengthDelimited).uint32(byteLength).finish();
}

function encodeNode(writer: BinaryWriter, node: OnnxNode): void {
	for (const input of node.inputs) text(writer, 1, input);
	for (const output of node.outputs) text(writer, 2, output);
	text(writer, 3, node.name);
	text(writer, 4, node.opType);
	for (const attribute of node.attributes ?? []) {
		message(writer, 5, () => encodeAttribute(writer, attribute));
	}
}

function encodeAttribute(writer: BinaryWriter, attribute: OnnxAttribute): void {
	text(writer, 1, attribute.name);
	switch (attribute.kind) {
		case 'float':
			writer.tag(2, WireType.Bit32).float(attribute.value);
			break;
		case 'int':
			integer(writer, 3, attribute.value);
			break;
		case 'ints':
			// Not packed: onnx.proto is proto2, and some readers know no other form.
			for (const value of attribute.value) integer(writer, 8, value);
			break;
	}
	integer(writer, 20, ATTRIBUTE_TYPE[attribute.kind]);
}

/** ValueInfoProto -> TypeProto -> TypeProto.Tensor -> TensorShapeProto -> Dimension. */
function encodeValue(writer: BinaryWriter, value: OnnxValue): void {
	text(writer, 1, value.name);
	message(writer, 2, () =>
		message(writer, 1, () => {
			integer(writer, 1, DATA_TYPE.float32);
			message(writer, 2, () => {
				for (const size of value.shape) message(writer, 1, () => integer(writer, 1, size));
			});
		})
	);
}

function text(writer: BinaryWriter, field: number, value: string): void {
	writer.tag(field, WireType.LengthDelimited).string(value);
}

function integer(writer: BinaryWriter, field: number, value: number): void {
	writer.tag(field, WireType.Varint).int64(value);
}

function message(writer: BinaryWriter, field: number, body: () => void): void {
	writer.tag(field, WireType.LengthDelimited).fork();
	body();
	writer.join();
}
