import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAMILY, MOBILENETV3_LARGE } from '$lib/arch/family';
import { resolveDesign } from '$lib/arch/models/resolve';
import type { BlockPlan, DeeperDownsamplingPlan, NetworkPlan } from '$lib/arch/plan';
import { CheckpointError } from '$lib/weights/checkpoint/errors';
import { identifyCheckpoint } from '$lib/weights/checkpoint/identify';
import type { CheckpointProblem } from '$lib/weights/checkpoint/problem';
import type { CheckpointTensors, TensorHeader } from '$lib/weights/checkpoint/types';
import { arbitraryMobileNetV3, arbitraryRepViT } from './checkpoint-plans';
import { tensorTable, type TableOptions } from './checkpoint-tables';

/** What a file is refused for; anything but a CheckpointError is thrown on. */
function problemOf(tensors: CheckpointTensors): CheckpointProblem {
	try {
		identifyCheckpoint(tensors);
	} catch (error) {
		if (!(error instanceof CheckpointError)) throw error;
		expect(error.message).toMatch(/^[A-Z"].*\.$/);
		return error.problem;
	}
	throw new Error('There was no error.');
}

/** Tensors with these keys, all of one harmless shape. */
function keyed(...keys: readonly string[]): Map<string, TensorHeader> {
	return new Map(keys.map((key) => [key, { dtype: 'F32', shape: [8] }]));
}

const m0_6 = resolveDesign(FAMILY[0]!.design);
const m0_6Table = (options: Partial<TableOptions> = {}) =>
	tensorTable(m0_6, { naming: 'timm', form: 'training', ...options });
const mobileTable = () =>
	tensorTable(resolveDesign(MOBILENETV3_LARGE.design), {
		naming: 'timm-mobilenetv3',
		form: 'training'
	});

describe('one edit is found, and the key it was made to is named', () => {
	interface Table extends TableOptions {
		readonly plan: NetworkPlan;
	}
	// Widths differ from stage to stage: where they do not, a fused row that has half of what makes
	// it a strided one could be either.
	const repViTs: fc.Arbitrary<Table> = fc.record({
		plan: arbitraryRepViT({ isOdd: false }),
		naming: fc.constantFrom('timm' as const, 'official' as const),
		form: fc.constantFrom('training' as const, 'deploy' as const),
		prefix: fc.constantFrom('', 'module.')
	});
	const tables: fc.Arbitrary<Table> = fc.oneof(
		{ weight: 3, arbitrary: repViTs },
		fc.record({
			plan: arbitraryMobileNetV3(),
			naming: fc.constant('timm-mobilenetv3' as const),
			form: fc.constant('training' as const),
			prefix: fc.constantFrom('', 'module.')
		})
	);
	const isCounter = (key: string) => key.endsWith('.num_batches_tracked');
	/** One of a table's keys, counters left out: nothing depends on them. */
	const arbitraryKey = (table: CheckpointTensors) =>
		fc.constantFrom(...[...table.keys()].filter((key) => !isCounter(key)));

	it('a key that is gone', () => {
		fc.assert(
			fc.property(
				tables.chain((table) => {
					const tensors = tensorTable(table.plan, table);
					return fc.tuple(fc.constant(tensors), arbitraryKey(tensors));
				}),
				([tensors, key]) => {
					tensors.delete(key);
					expect(problemOf(tensors)).toEqual({
						code: 'wrong-keys',
						missing: { first: [key], count: 1 },
						unexpected: { first: [], count: 0 }
					});
				}
			)
		);
	});

	it('a key too many, be it one that a relative of the network has', () => {
		fc.assert(
			fc.property(
				tables.chain((table) => {
					const tensors = tensorTable(table.plan, table);
					const foreign = relativesOf(table.plan)
						.flatMap((plan) => [
							...tensorTable(plan, table),
							...tensorTable(plan, { ...table, form: 'training' }),
							...(plan.classifier.kind === 'simple'
								? tensorTable(plan, { ...table, form: 'deploy' })
								: [])
						])
						.filter(([key]) => !tensors.has(key) && !isCounter(key));
					const made = fc
						.tuple(arbitraryKey(tensors), fc.constantFrom('.extra', '.0', '.', ' '))
						.map(([key, end]): [string, TensorHeader] => [key + end, tensors.get(key)!]);
					return fc.tuple(
						fc.constant(tensors),
						foreign.length === 0 ? made : fc.oneof(made, fc.constantFrom(...foreign))
					);
				}),
				([tensors, [key, tensor]]) => {
					tensors.set(key, tensor);
					expect(problemOf(tensors)).toEqual({
						code: 'wrong-keys',
						missing: { first: [], count: 0 },
						unexpected: { first: [key], count: 1 }
					});
				}
			),
			{ numRuns: 200 }
		);
	});

	it('a size that is another', () => {
		fc.assert(
			fc.property(
				tables.chain((table) => {
					const tensors = tensorTable(table.plan, table);
					return fc.tuple(
						fc.constant(tensors),
						arbitraryKey(tensors),
						fc.nat(),
						fc.constantFrom(
							(size: number) => size + 1,
							(size: number) => size + 2,
							(size: number) => 2 * size,
							() => 0,
							() => -1,
							() => 0.5,
							() => Infinity,
							() => 2 ** 40
						)
					);
				}),
				([tensors, key, at, change]) => {
					const { dtype, shape } = tensors.get(key)!;
					const axis = at % shape.length;
					const changed = shape.with(axis, change(shape[axis]!));
					tensors.set(key, { dtype, shape: changed });
					const problem = problemOf(tensors);
					if (problem.code === 'wrong-shape' && problem.tensor !== key) {
						// Two tensors that do not agree, and no third: either may be the wrong one.
						expect(problem.reference).toBe(key);
					} else {
						expect(problem).toMatchObject({ tensor: key, found: changed });
					}
				}
			),
			{ numRuns: 200 }
		);
	});

	it('a shape with a size more or less', () => {
		fc.assert(
			fc.property(
				tables.chain((table) => {
					const tensors = tensorTable(table.plan, table);
					return fc.tuple(fc.constant(tensors), arbitraryKey(tensors), fc.boolean());
				}),
				([tensors, key, isMore]) => {
					const { dtype, shape } = tensors.get(key)!;
					const found = isMore ? [...shape, 1] : shape.slice(1);
					tensors.set(key, { dtype, shape: found });
					expect(problemOf(tensors)).toMatchObject({ code: 'wrong-shape', tensor: key, found });
				}
			)
		);
	});

	it('a type that is none of weights', () => {
		fc.assert(
			fc.property(
				tables.chain((table) => {
					const tensors = tensorTable(table.plan, table);
					return fc.tuple(fc.constant(tensors), arbitraryKey(tensors));
				}),
				fc.constantFrom('I64', 'F64', 'F8_E4M3', 'BOOL', 'constructor'),
				([tensors, key], dtype) => {
					tensors.set(key, { ...tensors.get(key)!, dtype });
					expect(problemOf(tensors)).toEqual({ code: 'unsupported-dtype', tensor: key, dtype });
				}
			)
		);
	});
});

/** Networks that differ a little from a RepViT: their keys are what may have got into its file. */
function relativesOf(plan: NetworkPlan): NetworkPlan[] {
	if (plan.classifier.kind !== 'simple') return [];
	const mapBlocks = (change: (block: BlockPlan) => BlockPlan): NetworkPlan => ({
		...plan,
		stages: plan.stages.map(({ downsampling, blocks }) => ({
			downsampling: downsampling && {
				...(downsampling as DeeperDownsamplingPlan),
				preBlock: change((downsampling as DeeperDownsamplingPlan).preBlock),
				squeezeChannels: 4
			},
			blocks: blocks.map(change)
		}))
	});
	const [first] = plan.stages;
	return [
		mapBlocks((block) => ({ ...block, squeezeChannels: 4 })),
		mapBlocks((block) => ({
			...block,
			branches: block.branches === 'current' ? 'first-release' : 'current'
		})),
		{ ...plan, classifier: { ...plan.classifier, heads: 2 } },
		// A block more in each stage, and a stage more.
		{
			...plan,
			stages: [
				...plan.stages.map((stage) => ({
					...stage,
					blocks: [...stage.blocks, ...first!.blocks]
				})),
				...plan.stages.slice(-1)
			]
		}
	];
}

describe('no input brings anything but a CheckpointError', () => {
	it('keys that resemble those of networks, with any shapes', () => {
		const part = fc.constantFrom(
			...['stages', 'blocks', 'features', 'token_mixer', 'channel_mixer', 'm', 'conv1', 'conv'],
			...[
				'downsample',
				'pre_block',
				'ffn',
				'se',
				'fc1',
				'c',
				'bn',
				'weight',
				'bias',
				'running_mean'
			],
			...['stem', 'head', 'head_dist', 'classifier', 'conv_stem', 'conv_dw', 'conv_pw', 'module'],
			...['0', '1', '2', '3', '6', '00', '-1', '1e9', '999999', '999999999', '', '__proto__']
		);
		const key = fc.array(part, { minLength: 1, maxLength: 8 }).map((parts) => parts.join('.'));
		const tensor = fc.record({
			dtype: fc.constantFrom('F32', 'I64', ''),
			shape: fc.array(fc.nat(2 ** 20), { maxLength: 5 })
		});
		fc.assert(
			fc.property(fc.array(fc.tuple(key, tensor), { maxLength: 40 }), (entries) => {
				expect(problemOf(new Map(entries)).code).toBeTypeOf('string');
			}),
			{ numRuns: 500 }
		);
	});

	it('networks of which a part is gone and a part renamed', () => {
		fc.assert(
			fc.property(
				arbitraryRepViT({ isOdd: true }),
				fc.constantFrom('timm' as const, 'official' as const),
				fc.constantFrom('training' as const, 'deploy' as const),
				fc.infiniteStream(fc.nat(99)),
				(plan, naming, form, dice) => {
					const entries = [...tensorTable(plan, { naming, form })].flatMap(
						([key, tensor]): [string, TensorHeader][] => {
							const die = dice.next().value as number;
							if (die < 5) return [];
							if (die < 10) return [[key.replace(/\d+/, (index) => `${index}${die}`), tensor]];
							if (die < 15) return [[key.replace('.c.', '.').replace('.bn.', '.'), tensor]];
							if (die < 20) return [[key, { ...tensor, shape: [die - 15, ...tensor.shape] }]];
							return [[key, tensor]];
						}
					);
					// A part of nothing may be gone by chance: then all is well.
					const tensors = new Map(entries);
					try {
						expect(identifyCheckpoint(tensors).naming).toBe(naming);
					} catch (error) {
						expect(error).toBeInstanceOf(CheckpointError);
					}
				}
			)
		);
	});
});

describe('other networks', () => {
	it.each([
		[['conv1.weight', 'layer1.0.conv1.weight'], 'resnet', 'ResNet'],
		[['cls_token', 'blocks.0.attn.qkv.weight'], 'vision-transformer', 'Vision Transformer'],
		[
			['features.0.0.weight', 'features.1.block.0.0.weight'],
			'torchvision-mobilenet',
			'torchvision'
		],
		[['conv_stem.weight', 'blocks.0.0.conv_dw.weight', 'bn2.weight'], 'timm-efficientnet', 'timm'],
		[['model.layers.0.self_attn.q_proj.weight'], 'text-transformer', 'language model'],
		[['stem.0.weight', 'stages.0.blocks.0.conv_dw.weight'], 'convnext', 'ConvNeXt'],
		[['stages.0.blocks.0.token_mixer.pool.weight'], 'metaformer', 'token mixers'],
		[['encoder.embed.weight'], 'encoder', 'encoder'],
		[['backbone.features.1.channel_mixer.m.0.c.weight'], 'part-of-larger', 'detector'],
		[['image_encoder.features.1.channel_mixer.m.0.c.weight'], 'part-of-larger', 'SAM']
	] as const)('%j look like %s', (keys, hint, text) => {
		expect(problemOf(keyed(...keys))).toEqual({
			code: 'unknown-architecture',
			keys: { first: keys, count: keys.length },
			hint
		});
		expect(() => identifyCheckpoint(keyed(...keys))).toThrow(text);
	});

	it('the small MobileNetV3 of timm has six stages, so its strides are others', () => {
		const small = new Map(
			[...mobileTable()].flatMap(([key, tensor]) => {
				if (key.startsWith('blocks.5.')) return [];
				return [[key.replace('blocks.6.', 'blocks.5.'), tensor] as const];
			})
		);
		expect(problemOf(small)).toMatchObject({
			code: 'unknown-architecture',
			hint: 'timm-efficientnet'
		});
	});

	it('wrappers without end', () => {
		const endless = Array.from({ length: 20 }, (_, index) => `${'module.'.repeat(20_000)}${index}`);
		expect(problemOf(keyed(...endless))).toMatchObject({ code: 'unknown-architecture' });
	});

	it('no tensors, or ever so many of an unknown kind', () => {
		expect(problemOf(new Map())).toEqual({
			code: 'unknown-architecture',
			keys: { first: [], count: 0 },
			hint: null
		});
		const many = Array.from(
			{ length: 5000 },
			(_, index) => `tensor${index}\u001b[2J${'x'.repeat(500)}`
		);
		const problem = problemOf(keyed(...many));
		expect(problem).toMatchObject({ code: 'unknown-architecture', keys: { count: 5000 } });
		expect(() => identifyCheckpoint(keyed(...many))).toThrow('and 4990 more');
		const { message } = errorOf(keyed(...many));
		expect(message).not.toContain('\u001b');
		expect(message.length).toBeLessThan(2500);
	});
});

function errorOf(tensors: CheckpointTensors): Error {
	try {
		identifyCheckpoint(tensors);
	} catch (error) {
		return error as Error;
	}
	throw new Error('There was no error.');
}

describe('indices', () => {
	const withKeys = (from: CheckpointTensors, rename: (key: string) => string) =>
		new Map([...from].map(([key, tensor]) => [rename(key), tensor]));

	it('names a block that is left out', () => {
		const tensors = withKeys(m0_6Table(), (key) =>
			key.replace(
				/^stages\.2\.blocks\.([67])\./,
				(_, index: string) => `stages.2.blocks.${Number(index) + 1}.`
			)
		);
		expect(problemOf(tensors)).toMatchObject({ code: 'gap', missing: 'stages.2.blocks.6' });
		expect(errorOf(tensors).message).toContain('"stages.2.blocks.8.');
	});

	it.each(['stages.4', 'stages.999999'])('names a stage that is left out, for it is %s', (name) => {
		const tensors = withKeys(m0_6Table(), (key) => key.replace('stages.3', name));
		expect(problemOf(tensors)).toMatchObject({ code: 'gap', missing: 'stages.3' });
	});

	it.each([
		'stages.1000000',
		'stages.999999999',
		'stages.1e9',
		'stages.03',
		'stages.-3',
		'stages.'
	])('takes %s for no index, but for names that nothing expects', (name) => {
		const tensors = withKeys(m0_6Table(), (key) => key.replace('stages.3', name));
		const [first] = [...tensors.keys()].filter((key) => key.startsWith(`${name}.`));
		const problem = problemOf(tensors);
		expect(problem).toMatchObject({ code: 'wrong-keys', missing: { count: 0 } });
		expect(problem).toHaveProperty('unexpected.first.0', first);
	});

	it.each(['999999', '999999999', '-1', '012'])(
		'names a row that is left out of the official list, for it is %s',
		(index) => {
			const tensors = withKeys(m0_6Table({ naming: 'official' }), (key) =>
				key.replace(/^features\.12\./, `features.${index}.`)
			);
			expect(problemOf(tensors)).toMatchObject({ code: 'gap', missing: 'features.12' });
		}
	);

	it('refuses thousands of stages', () => {
		const [first, second] = m0_6.stages;
		const plan: NetworkPlan = { ...m0_6, stages: [first!, ...Array(3000).fill(second!)] };
		for (const naming of ['timm', 'official'] as const) {
			expect(problemOf(tensorTable(plan, { naming, form: 'training' }))).toEqual({
				code: 'too-large',
				measure: 'stages',
				found: 3001,
				limit: 10
			});
		}
	});

	it('refuses thousands of blocks, each of which three keys claim', () => {
		for (const list of ['stages.0.blocks', 'features']) {
			const keys = Array.from({ length: 30_000 }, (_, index) => {
				const part = list === 'features' ? 'channel_mixer.m.0' : 'channel_mixer.conv1';
				return `${list}.${Math.floor(index / 3)}.${part}.${index}`;
			});
			expect(problemOf(keyed(...keys))).toMatchObject({
				code: 'too-large',
				measure: 'blocks',
				limit: 1000
			});
		}
	});

	it('does not count up to an index that a file merely claims', () => {
		const keys = ['weight', 'bias', 'other'].map((name) => `stages.0.blocks.999999.${name}`);
		const tensors = new Map([...m0_6Table(), ...keyed(...keys)]);
		expect(problemOf(tensors)).toEqual({
			code: 'gap',
			missing: 'stages.0.blocks.1',
			present: keys[0]
		});
	});
});

describe('structures', () => {
	it('names a layer of each form where some are fused', () => {
		const fused = m0_6Table({ form: 'deploy' });
		const tensors = new Map([
			...[...m0_6Table()].filter(([key]) => !key.startsWith('stem.conv2.')),
			...[...fused].filter(([key]) => key.startsWith('stem.conv2.'))
		]);
		expect(problemOf(tensors)).toEqual({
			code: 'mixed-forms',
			training: 'stem.conv1.c.weight',
			fused: 'stem.conv2.weight'
		});
	});

	it('names a strided row of the official list that no block precedes', () => {
		const tensors = new Map(
			[...m0_6Table({ naming: 'official' })].flatMap(([key, tensor]) => {
				const row = Number(/^features\.(\d+)\./.exec(key)?.[1] ?? 0);
				if (row === 1 || row === 2) return [];
				return [[row > 2 ? key.replace(/\d+/, String(row - 2)) : key, tensor] as const];
			})
		);
		expect(problemOf(tensors)).toEqual({ code: 'no-pre-block', row: 'features.1' });
	});

	it('lists ten keys at most, and counts all', () => {
		const tensors = m0_6Table();
		const gone = [...tensors.keys()].filter((key) => key.endsWith('.running_mean'));
		gone.forEach((key) => tensors.delete(key));
		tensors.set('optimizer.step', { dtype: 'I64', shape: [] });
		expect(problemOf(tensors)).toEqual({
			code: 'wrong-keys',
			missing: { first: gone.slice(0, 10), count: gone.length },
			unexpected: { first: ['optimizer.step'], count: 1 }
		});
	});

	it('does not take a counter for one where there is no BatchNorm', () => {
		const tensors = m0_6Table({ form: 'deploy' });
		tensors.set('stem.conv1.bn.num_batches_tracked', { dtype: 'I64', shape: [] });
		expect(problemOf(tensors)).toMatchObject({
			code: 'wrong-keys',
			unexpected: { first: ['stem.conv1.bn.num_batches_tracked'] }
		});
	});
});

describe('sizes', () => {
	it.each([
		[1, 1],
		[2, 2],
		[4, 4]
	])('a depthwise kernel of %ix%i', (height, width) => {
		const key = 'stages.0.blocks.0.token_mixer.conv.c.weight';
		const tensors = m0_6Table().set(key, { dtype: 'F32', shape: [40, 1, height, width] });
		expect(problemOf(tensors)).toEqual({
			code: 'unsupported-kernel',
			tensor: key,
			found: [40, 1, height, width]
		});
	});

	it('neighbours that do not fit: the tensor, what was expected, and on whose word', () => {
		const tensors = m0_6Table();
		for (const [key, { dtype, shape }] of tensors) {
			// The last stage is wider than its head.
			if (!key.startsWith('head.')) continue;
			tensors.set(key, { dtype, shape: shape.map((size) => (size === 320 ? 300 : size)) });
		}
		const problem = problemOf(tensors);
		expect(problem).toEqual({
			code: 'wrong-shape',
			tensor: 'head.head.bn.weight',
			expected: [320],
			found: [300],
			reference: 'stages.3.downsample.channel_downsample.c.weight'
		});
		expect(errorOf(tensors).message).toBe(
			'"head.head.bn.weight" has the shape (300), and (320) is expected, going by "stages.3.downsample.channel_downsample.c.weight". Pick a checkpoint whose layers fit each other.'
		);
	});

	it('says which sizes may be any where their number is wrong', () => {
		const key = 'stem.conv1.c.weight';
		const tensors = m0_6Table().set(key, { dtype: 'F32', shape: [20] });
		expect(problemOf(tensors)).toEqual({
			code: 'wrong-shape',
			tensor: key,
			expected: [null, 3, 3, 3],
			found: [20],
			reference: null
		});
		expect(errorOf(tensors).message).toContain('(any, 3, 3, 3)');
	});

	it('more values than fit into a file', () => {
		const wide: NetworkPlan = {
			...m0_6,
			classifier: { kind: 'simple', inChannels: 320, classes: 2 ** 20, heads: 1 }
		};
		expect(problemOf(tensorTable(wide, { naming: 'timm', form: 'training' }))).toMatchObject({
			code: 'too-large',
			measure: 'values',
			limit: 2 ** 28
		});
	});

	it('a MobileNetV3 block that expands by nothing, which leaves its first convolution over', () => {
		const tensors = mobileTable();
		for (const [key, { dtype, shape }] of tensors) {
			if (!key.startsWith('blocks.1.0.')) continue;
			tensors.set(key, { dtype, shape: shape.map((size) => (size === 64 ? 16 : size)) });
		}
		expect(problemOf(tensors)).toMatchObject({
			code: 'wrong-keys',
			unexpected: { first: expect.arrayContaining(['blocks.1.0.conv_pw.weight']) as unknown }
		});
	});
});
