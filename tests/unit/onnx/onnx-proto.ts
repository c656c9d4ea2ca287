import { createFileRegistry, fromBinary, fromJson, toJson } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import * as v from 'valibot';

/*
 * Reads files back by a descriptor of onnx.proto of its own and the library's generic decoder: shares
 * nothing with the writer but the format.
 */

const field = (name: string, number: number, type: string, repeated = false) => ({
	name,
	jsonName: name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
	number,
	label: repeated ? 'LABEL_REPEATED' : 'LABEL_OPTIONAL',
	...(type.startsWith('TYPE_') ? { type } : { type: 'TYPE_MESSAGE', typeName: `.onnx.${type}` })
});

const ONNX_PROTO = fromJson(FileDescriptorProtoSchema, {
	name: 'onnx.proto',
	package: 'onnx',
	syntax: 'proto2',
	messageType: [
		{
			name: 'ModelProto',
			field: [
				field('ir_version', 1, 'TYPE_INT64'),
				field('producer_name', 2, 'TYPE_STRING'),
				field('producer_version', 3, 'TYPE_STRING'),
				field('graph', 7, 'GraphProto'),
				field('opset_import', 8, 'OperatorSetIdProto', true),
				field('metadata_props', 14, 'StringStringEntryProto', true)
			]
		},
		{
			name: 'OperatorSetIdProto',
			field: [field('domain', 1, 'TYPE_STRING'), field('version', 2, 'TYPE_INT64')]
		},
		{
			name: 'StringStringEntryProto',
			field: [field('key', 1, 'TYPE_STRING'), field('value', 2, 'TYPE_STRING')]
		},
		{
			name: 'GraphProto',
			field: [
				field('node', 1, 'NodeProto', true),
				field('name', 2, 'TYPE_STRING'),
				field('initializer', 5, 'TensorProto', true),
				field('input', 11, 'ValueInfoProto', true),
				field('output', 12, 'ValueInfoProto', true)
			]
		},
		{
			name: 'NodeProto',
			field: [
				field('input', 1, 'TYPE_STRING', true),
				field('output', 2, 'TYPE_STRING', true),
				field('name', 3, 'TYPE_STRING'),
				field('op_type', 4, 'TYPE_STRING'),
				field('attribute', 5, 'AttributeProto', true),
				field('domain', 7, 'TYPE_STRING')
			]
		},
		{
			name: 'AttributeProto',
			field: [
				field('name', 1, 'TYPE_STRING'),
				field('f', 2, 'TYPE_FLOAT'),
				field('i', 3, 'TYPE_INT64'),
				field('ints', 8, 'TYPE_INT64', true),
				field('type', 20, 'TYPE_INT32')
			]
		},
		{
			name: 'TensorProto',
			field: [
				field('dims', 1, 'TYPE_INT64', true),
				field('data_type', 2, 'TYPE_INT32'),
				field('name', 8, 'TYPE_STRING'),
				field('raw_data', 9, 'TYPE_BYTES')
			]
		},
		{
			name: 'ValueInfoProto',
			field: [field('name', 1, 'TYPE_STRING'), field('type', 2, 'TypeProto')]
		},
		{ name: 'TypeProto', field: [field('tensor_type', 1, 'TensorTypeProto')] },
		{
			name: 'TensorTypeProto',
			field: [field('elem_type', 1, 'TYPE_INT32'), field('shape', 2, 'TensorShapeProto')]
		},
		{ name: 'TensorShapeProto', field: [field('dim', 1, 'DimensionProto', true)] },
		{ name: 'DimensionProto', field: [field('dim_value', 1, 'TYPE_INT64')] }
	]
});

const MODEL = createFileRegistry(ONNX_PROTO, () => undefined).getMessage('onnx.ModelProto')!;

/** Protocol Buffers' JSON writes 64-bit integers as text, and leaves out empty lists. */
const integer = v.pipe(v.string(), v.transform(Number));
const list = <T extends v.GenericSchema>(item: T) => v.optional(v.array(item), []);
const value = v.object({
	name: v.string(),
	type: v.pipe(
		v.object({
			tensorType: v.object({
				elemType: v.literal(1),
				shape: v.object({ dim: list(v.object({ dimValue: integer })) })
			})
		}),
		v.transform(({ tensorType }) => tensorType.shape.dim.map(({ dimValue }) => dimValue))
	)
});

const Model = v.strictObject({
	irVersion: integer,
	producerName: v.string(),
	producerVersion: v.string(),
	opsetImport: list(v.strictObject({ version: integer })),
	metadataProps: list(v.strictObject({ key: v.string(), value: v.string() })),
	graph: v.strictObject({
		name: v.string(),
		node: list(
			v.strictObject({
				input: list(v.string()),
				output: list(v.string()),
				name: v.string(),
				opType: v.string(),
				attribute: list(
					v.strictObject({
						name: v.string(),
						f: v.optional(v.number()),
						i: v.optional(integer),
						ints: v.optional(v.array(integer)),
						type: v.number()
					})
				)
			})
		),
		initializer: list(
			v.strictObject({
				dims: list(integer),
				dataType: v.number(),
				name: v.string(),
				rawData: v.pipe(
					v.string(),
					v.transform((base64) => Uint8Array.from(Buffer.from(base64, 'base64')))
				)
			})
		),
		input: list(value),
		output: list(value)
	})
});

export type DecodedModel = v.InferOutput<typeof Model>;

export function decodeModel(bytes: Uint8Array): DecodedModel {
	return v.parse(Model, toJson(MODEL, fromBinary(MODEL, bytes)));
}
