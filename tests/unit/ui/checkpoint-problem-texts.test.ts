import { describe, expect, it } from 'vitest';
import type { PictureProblem } from '$lib/imaging/picture';
import {
	checkpointProblemText,
	pictureProblemText,
	safetensorsProblemText
} from '$lib/ui/checkpoint-problem-texts';
import type { KnownArchitecture } from '$lib/weights/checkpoint/hints';
import { listKeys, type CheckpointProblem } from '$lib/weights/checkpoint/problem';
import type { ForeignFormat } from '$lib/weights/safetensors/foreign';
import type { SafetensorsProblem } from '$lib/weights/safetensors/problem';

/** A problem without its code, and what its text must tell. */
type Case<P extends { code: string }, C extends P['code']> = readonly [
	problem: Omit<Extract<P, { code: C }>, 'code'>,
	...facts: string[]
];
/** TypeScript refuses such a table when a code is missing. */
type Cases<P extends { code: string }> = { readonly [C in P['code']]: Case<P, C> };

const FILE_CASES: Cases<SafetensorsProblem> = {
	'empty-file': [{}, 'empty'],
	'too-short': [{ fileBytes: 1 }, '1 byte only'],
	'foreign-format': [{ format: 'gguf' }, 'GGUF'],
	'header-empty': [{}, 'no tensors'],
	'header-too-long': [{ headerBytes: 2 ** 60, limitBytes: 16_777_216 }, '16,777,216 bytes'],
	'header-beyond-file': [{ headerBytes: 5000, fileBytes: 1234 }, '5,000 bytes', '1,234 bytes'],
	'header-not-utf8': [{}, 'not text'],
	'header-not-json': [{}, 'JSON'],
	'header-not-object': [{}, 'brace'],
	'too-many-tensors': [{ count: 100_001, limit: 100_000 }, '100,001', '100,000'],
	'duplicate-name': [{ tensor: 'a.weight' }, '“a.weight”'],
	'metadata-not-texts': [{ found: '300 as "epochs"' }, '300 as "epochs"'],
	'entry-not-object': [{ tensor: 'a.weight', found: '[1]' }, '“a.weight”', '[1]'],
	'field-missing': [{ tensor: 'a.weight', field: 'data_offsets' }, '“a.weight”', 'data_offsets'],
	'field-type': [
		{ tensor: 'a.weight', field: 'shape', found: '"8"' },
		'“a.weight”',
		'the shape',
		'"8"',
		'whole numbers'
	],
	'unknown-dtype': [{ tensor: 'a.weight', dtype: 'F4' }, '“a.weight”', 'F4', 'float16'],
	'shape-overflow': [{ tensor: 'a.weight', shape: [2 ** 40, 2 ** 40] }, '(1099511627776, '],
	'offsets-order': [{ tensor: 'a.weight', begin: 2000, end: 1000 }, 'byte 1,000', 'byte 2,000'],
	'byte-count': [
		{ tensor: 'a.weight', dtype: 'F32', shape: [1000, 48], expected: 192_000, found: 8 },
		'(F32, shape (1000, 48))',
		'192,000 bytes',
		'8 bytes'
	],
	'offsets-outside': [
		{ tensor: 'a.weight', begin: 1000, end: 2000, dataBytes: 1500 },
		'1,000 to 2,000',
		'1,500 bytes'
	],
	overlap: [
		{ first: 'a.weight', second: 'b.weight', expected: 4000, found: 3000 },
		'“b.weight” begins at byte 3,000',
		'“a.weight” goes on to byte 4,000'
	],
	hole: [{ before: 'a.weight', after: 'b.weight', holeBytes: 1 }, '1 byte', '“a.weight”', '“b.'],
	truncated: [{ missingBytes: 1024, fileBytes: 4096 }, '1,024 bytes', '4,096 bytes'],
	'trailing-bytes': [{ extraBytes: 1 }, 'for 1 byte after'],
	'out-of-memory': [{ bytes: 2 ** 31 }, '2,147,483,648 bytes'],
	'changed-while-reading': [
		{ position: 4096, expected: 1024, found: 17 },
		'byte 4,096',
		'1,024 bytes',
		'17 came'
	],
	'read-failed': [{ detail: 'NotReadableError' }, 'NotReadableError'],
	'no-such-tensor': [{ tensor: 'a.weight' }, '“a.weight”'],
	'not-weights': [{ tensor: 'a.count', dtype: 'I64' }, '“a.count”', 'I64', 'bfloat16'],
	'target-length': [{ tensor: 'a.weight', expected: 4000, found: 3000 }, '3,000', '4,000']
};

const FORMATS: { readonly [F in ForeignFormat]: readonly string[] } = {
	'pytorch-zip': ['PyTorch', 'timm/repvit_m0_9.dist_450e_in1k', 'model.safetensors', 'save_file'],
	pickle: ['pickle', 'timm/repvit_m0_9.dist_450e_in1k', 'model.safetensors', 'save_file'],
	zip: ['zip archive', 'Unpack'],
	gzip: ['gzip', 'Unpack'],
	hdf5: ['HDF5'],
	gguf: ['GGUF'],
	onnx: ['ONNX'],
	numpy: ['NumPy'],
	picture: ['picture', '.safetensors'],
	html: ['web page', 'download link'],
	'git-lfs': ['Git LFS', 'git lfs pull'],
	text: ['plain text']
};

const NETWORK_CASES: Cases<CheckpointProblem> = {
	'unknown-architecture': [
		{ keys: listKeys(['a', 'b']), hint: 'resnet' },
		'2 tensors',
		'a, b.',
		'a ResNet'
	],
	gap: [{ missing: 'stages.1', present: 'stages.2.blocks.0' }, '“stages.1”', '“stages.2.blocks.0”'],
	'no-pre-block': [{ row: 'features.3' }, '“features.3”'],
	'mixed-forms': [{ training: 'a.bn.weight', fused: 'b.bias' }, '“a.bn.weight”', '“b.bias”'],
	'wrong-keys': [
		{ missing: listKeys(['a.weight']), unexpected: listKeys(['b.bias', 'c.bias']) },
		'lacks a tensor that its network needs: a.weight.',
		'2 tensors that its network does not: b.bias, c.bias.'
	],
	'unsupported-dtype': [{ tensor: 'a.weight', dtype: 'I8' }, '“a.weight”', 'I8', 'float16'],
	'wrong-shape': [
		{ tensor: 'a.weight', expected: [48, null], found: [40, 3], reference: 'b.weight' },
		'“a.weight”',
		'(40, 3)',
		'(48, any)',
		'“b.weight”'
	],
	'unsupported-kernel': [{ tensor: 'a.weight', found: [8, 1, 4, 4] }, '(8, 1, 4, 4)', 'odd'],
	'too-large': [{ measure: 'values', found: 300_000_000, limit: 268_435_456 }, '300,000,000']
};

const ARCHITECTURES: { readonly [A in KnownArchitecture]: string } = {
	'part-of-larger': 'larger model',
	'vision-transformer': 'Vision Transformer',
	'text-transformer': 'language model',
	resnet: 'ResNet',
	'torchvision-mobilenet': 'torchvision',
	'timm-efficientnet': 'EfficientNet',
	convnext: 'ConvNeXt',
	metaformer: 'PoolFormer',
	encoder: 'encoder'
};

/** What is wrong and what to do, with nothing left unfilled. */
function expectText(text: string, facts: readonly string[]): void {
	for (const fact of facts) expect(text).toContain(fact);
	expect(text).toMatch(/^[\p{Lu}“].*[.:)] \p{Lu}.*\.$/su);
	expect(text).not.toMatch(/undefined|null|NaN|\[object|[{}]|problem_/);
}

const entries = <T extends object>(table: T) => Object.entries(table) as [keyof T, T[keyof T]][];

describe('what is wrong with a file', () => {
	const textOf = (code: string, problem: object) =>
		safetensorsProblemText({ code, ...problem } as SafetensorsProblem);

	it.each(entries(FILE_CASES))('%s', (code, [problem, ...facts]) => {
		expectText(textOf(code, problem), facts);
	});

	it('is something else for each code', () => {
		const texts = entries(FILE_CASES).map(([code, [problem]]) => textOf(code, problem));
		expect(new Set(texts).size).toBe(texts.length);
	});

	it.each(entries(FORMATS))('a file that is %s', (format, facts) => {
		expectText(safetensorsProblemText({ code: 'foreign-format', format }), facts);
	});

	it.each([
		{ field: 'dtype', facts: ['the type (dtype)', 'a text'] },
		{ field: 'shape', facts: ['the shape', 'whole numbers'] },
		{ field: 'data_offsets', facts: ['the place (data_offsets)', 'two whole numbers'] }
	] as const)('a $field of the wrong kind', ({ field, facts }) => {
		const problem = { code: 'field-type', tensor: 'w', field, found: '7' } as const;
		expectText(safetensorsProblemText(problem), facts);
	});

	it('tells of a hole at the very beginning', () => {
		const problem = { code: 'hole', before: undefined, after: 'w', holeBytes: 2000 } as const;
		expectText(safetensorsProblemText(problem), ['2,000 bytes before “w”']);
	});
});

describe('what is wrong with a network', () => {
	const textOf = (code: string, problem: object) =>
		checkpointProblemText({ code, ...problem } as CheckpointProblem);

	it.each(entries(NETWORK_CASES))('%s', (code, [problem, ...facts]) => {
		expectText(textOf(code, problem), facts);
	});

	it.each(entries(ARCHITECTURES))('names that look like %s', (hint, fact) => {
		const keys = listKeys(['a']);
		expectText(textOf('unknown-architecture', { keys, hint }), ['one tensor', ': a.', fact]);
	});

	it('says nothing of looks where there are none, nor of names', () => {
		const [named, unnamed] = [listKeys(['a', 'b']), listKeys([])].map((keys) =>
			textOf('unknown-architecture', { keys, hint: null })
		);
		expectText(named!, ['a, b.']);
		expectText(unnamed!, ['no tensors']);
		for (const text of [named, unnamed]) expect(text).not.toContain('look like');
	});

	it('lists ten names, and counts the rest', () => {
		const names = Array.from({ length: 1234 }, (_, index) => `layer${index}.weight`);
		const [none, many] = [listKeys([]), listKeys(names)];
		const missing = textOf('wrong-keys', { missing: many, unexpected: none });
		expectText(missing, ['lacks 1,234 tensors', 'layer9.weight and 1,224 more']);
		expect(missing).not.toContain('layer10.weight');
		expect(missing).not.toContain('does not');
		const unexpected = textOf('wrong-keys', { missing: none, unexpected: many });
		expectText(unexpected, ['has 1,234 tensors', 'layer9.weight and 1,224 more']);
		expect(unexpected).not.toContain('lacks');
	});

	it('says nothing of another tensor where the architecture asks for a shape', () => {
		const shapes = { expected: [16], found: [8], reference: null };
		const text = textOf('wrong-shape', { tensor: 'w', ...shapes });
		expectText(text, ['(8)', '(16)']);
		expect(text).not.toContain('going by');
	});

	it.each([
		{ measure: 'stages', fact: '1,000 stages' },
		{ measure: 'blocks', fact: '1,000 blocks' },
		{ measure: 'values', fact: '1,000 weights' }
	] as const)('too many $measure', ({ measure, fact }) => {
		const problem = { code: 'too-large', measure, found: 1000, limit: 999 } as const;
		expectText(checkpointProblemText(problem), [fact, '999']);
	});

	it('shows names as they are', () => {
		const tensor = '<b>{x}</b> "ä"';
		const text = textOf('unsupported-dtype', { tensor, dtype: 'U8' });
		expect(text).toContain(`“${tensor}”`);
	});
});

it.each([
	['too-large', '64 million pixels'],
	['no-size', 'no pixels'],
	['wrong-length', 'no pixels'],
	['bad-target', 'no pixels']
] satisfies [PictureProblem, string][])('a picture with the problem %s', (problem, fact) => {
	expectText(pictureProblemText(problem), [fact]);
});
