import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { branches, op, sequential, type Join, type ModuleNode } from '$lib/arch/module';
import type { ConvOp, Op, Pair } from '$lib/arch/op';
import { bothForms, convOp, linearOp, normOp, TOLERANCE, type Forms } from './forms';

// Convolutions by their definition, a hundred times over.
vi.setConfig({ testTimeout: 30_000 });

const CHANNELS = 12;
const IMAGE = [1, CHANNELS, 8, 9] as const;
const FEATURES = [4, CHANNELS] as const;

const seeds = fc.integer({ min: 0, max: 2 ** 30 });
const epsilons = fc.constantFrom(1e-5, 1e-3);
const groupings = fc.constantFrom(1, 2, 3, CHANNELS);
const widths = fc.integer({ min: 1, max: 3 }).map((dozens) => dozens * CHANNELS);

const skip = op('skip', { type: 'identity' });
const relu = op('relu', { type: 'relu' });

function pairs(min: number, max: number): fc.Arbitrary<Pair> {
	const value = fc.integer({ min, max });
	return fc.tuple(value, value);
}

/** Any convolution of the image, but for what is fixed: kernels even and oblong, few or many groups. */
function convs(fixed: Partial<ConvOp> = {}): fc.Arbitrary<ConvOp> {
	return fc
		.record({
			outChannels: widths,
			kernel: pairs(1, 7),
			stride: pairs(1, 3),
			padding: pairs(0, 4),
			groups: groupings,
			bias: fc.boolean()
		})
		.map((options) => convOp({ inChannels: CHANNELS, ...options, ...fixed }));
}

/** A convolution, and more that differ in the size of a kernel on the same centre, and in their bias. */
function centredConvs(fixed: Partial<ConvOp> = {}): fc.Arbitrary<ConvOp[]> {
	const smaller = fc.record({ less: pairs(0, 3), bias: fc.boolean() });
	return fc
		.tuple(convs(fixed), fc.array(smaller, { minLength: 1, maxLength: 3 }))
		.map(([conv, others]) => [
			conv,
			...others.map(({ less, bias }): ConvOp => {
				const shrink = (axis: 0 | 1) =>
					Math.min(less[axis], conv.padding[axis], (conv.kernel[axis] - 1) >> 1);
				const [top, left] = [shrink(0), shrink(1)];
				return {
					...conv,
					kernel: [conv.kernel[0] - 2 * top, conv.kernel[1] - 2 * left],
					padding: [conv.padding[0] - top, conv.padding[1] - left],
					bias
				};
			})
		])
		.chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));
}

/** Convolutions that keep the image's shape, so that the image itself can stand beside them. */
const keepingConvs = fc
	.tuple(convs(), pairs(0, 3))
	.map(([conv, padding]) =>
		convOp({ ...conv, outChannels: CHANNELS, stride: [1, 1], kernel: sidesOf(padding), padding })
	);

function sidesOf([vertical, horizontal]: Pair): Pair {
	return [2 * vertical + 1, 2 * horizontal + 1];
}

function expectFold(
	{ root, error, opsSaved }: Forms,
	expected: { readonly saved: number; readonly root: ModuleNode }
): void {
	expect(root).toEqual(expected.root);
	expect(opsSaved).toBe(expected.saved);
	expect(error).toBeLessThan(TOLERANCE.float32);
}

const named = (prefix: string, operations: readonly Op[]) =>
	operations.map((operation, index) => op(`${prefix}${index}`, operation));

describe('norm(W x + b) = (s W) x + (s b + t): a BatchNorm behind', () => {
	it('any convolution becomes a part of it', () => {
		fc.assert(
			fc.property(convs(), epsilons, seeds, (conv, epsilon, seed) => {
				const before = sequential('net', [
					op('c', conv),
					op('bn', normOp(conv.outChannels, epsilon))
				]);
				expectFold(bothForms(before, IMAGE, seed), {
					root: op('net', { ...conv, bias: true }),
					saved: 1
				});
			})
		);
	});

	it('a linear layer becomes a part of it', () => {
		fc.assert(
			fc.property(widths, fc.boolean(), epsilons, seeds, (width, bias, epsilon, seed) => {
				const before = sequential('net', [
					op('l', linearOp(CHANNELS, width, bias)),
					op('bn', normOp(width, epsilon)),
					relu
				]);
				const root = sequential('net', [op('l', linearOp(CHANNELS, width, true)), relu]);
				expectFold(bothForms(before, FEATURES, seed), { root, saved: 1 });
			})
		);
	});

	it('another BatchNorm goes the same way', () => {
		fc.assert(
			fc.property(convs(), seeds, (conv, seed) => {
				const norms = [1e-5, 1e-3].map((epsilon) => normOp(conv.outChannels, epsilon));
				const before = sequential('net', [op('c', conv), ...named('bn', norms)]);
				expectFold(bothForms(before, IMAGE, seed), {
					root: op('net', { ...conv, bias: true }),
					saved: 2
				});
			})
		);
	});

	it('a row becomes a part of the convolution at its end, whatever the names in it', () => {
		fc.assert(
			fc.property(convs(), fc.constantFrom('norm', 'c', 'relu'), seeds, (conv, name, seed) => {
				const row = (last: Op) => [relu, op('c', last)];
				const before = sequential('net', [
					skip,
					sequential('outer', [sequential('row', row(conv))]),
					op(name, normOp(conv.outChannels))
				]);
				const root = sequential('net', [
					skip,
					sequential('outer', [sequential('row', row({ ...conv, bias: true }))])
				]);
				expectFold(bothForms(before, IMAGE, seed), { root, saved: 1 });
			})
		);
	});
});

describe('W norm(x) + b = (W diag(s)) x + (b + W t): a BatchNorm in front of', () => {
	it('a convolution without padding becomes a part of it', () => {
		fc.assert(
			fc.property(convs({ padding: [0, 0] }), epsilons, seeds, (conv, epsilon, seed) => {
				const before = sequential('net', [op('bn', normOp(CHANNELS, epsilon)), op('c', conv)]);
				expectFold(bothForms(before, IMAGE, seed), {
					root: op('net', { ...conv, bias: true }),
					saved: 1
				});
			})
		);
	});

	it('a linear layer becomes a part of it', () => {
		fc.assert(
			fc.property(widths, fc.boolean(), epsilons, seeds, (width, bias, epsilon, seed) => {
				const before = sequential('net', [
					relu,
					op('bn', normOp(CHANNELS, epsilon)),
					op('l', linearOp(CHANNELS, width, bias))
				]);
				const root = sequential('net', [relu, op('l', linearOp(CHANNELS, width, true))]);
				expectFold(bothForms(before, FEATURES, seed), { root, saved: 1 });
			})
		);
	});

	it('a sum that has become a convolution, of the input and a BatchNorm too', () => {
		fc.assert(
			fc.property(groupings, epsilons, seeds, (groups, epsilon, seed) => {
				const conv = convOp({ inChannels: CHANNELS, groups });
				const before = sequential('net', [
					op('bn', normOp(CHANNELS, epsilon)),
					branches('sum', 'add', [op('c', conv), skip, op('bn', normOp(CHANNELS))])
				]);
				expectFold(bothForms(before, IMAGE, seed), {
					root: op('net', { ...conv, bias: true }),
					saved: 3
				});
			})
		);
	});

	it('a convolution with a BatchNorm behind it as well', () => {
		fc.assert(
			fc.property(convs({ padding: [0, 0] }), seeds, (conv, seed) => {
				const before = sequential('net', [
					op('first', normOp(CHANNELS)),
					op('c', conv),
					op('second', normOp(conv.outChannels))
				]);
				expectFold(bothForms(before, IMAGE, seed), {
					root: op('net', { ...conv, bias: true }),
					saved: 2
				});
			})
		);
	});
});

describe('Σ (Wᵢ x + bᵢ) = (Σ Wᵢ) x + Σ bᵢ: summed side by side', () => {
	it('convolutions on one centre become the largest of them', () => {
		fc.assert(
			fc.property(centredConvs(), seeds, (all, seed) => {
				const largest = all.reduce((a, b) => (b.kernel[0] >= a.kernel[0] ? b : a));
				const kernel: Pair = [
					Math.max(...all.map(({ kernel }) => kernel[0])),
					Math.max(...all.map(({ kernel }) => kernel[1]))
				];
				const padding: Pair = [
					Math.max(...all.map(({ padding }) => padding[0])),
					Math.max(...all.map(({ padding }) => padding[1]))
				];
				const before = branches('net', 'add', named('c', all));
				expectFold(bothForms(before, IMAGE, seed), {
					root: op('net', { ...largest, kernel, padding, bias: true }),
					saved: all.length
				});
			})
		);
	});

	it('with x = I x, the input becomes a part of the convolution', () => {
		fc.assert(
			fc.property(keepingConvs, seeds, (conv, seed) => {
				const before = branches('net', 'add', [skip, op('c', conv)]);
				expectFold(bothForms(before, IMAGE, seed), {
					root: op('net', { ...conv, bias: true }),
					saved: 1
				});
			})
		);
	});

	it('with norm(x) = diag(s) x + t, so does a BatchNorm alone on its branch', () => {
		fc.assert(
			fc.property(keepingConvs, epsilons, seeds, (conv, epsilon, seed) => {
				const before = branches('net', 'add', [op('c', conv), op('bn', normOp(CHANNELS, epsilon))]);
				expectFold(bothForms(before, IMAGE, seed), {
					root: op('net', { ...conv, bias: true }),
					saved: 2
				});
			})
		);
	});

	it('all of these at once, with BatchNorms in front, behind and behind the sum', () => {
		fc.assert(
			fc.property(keepingConvs, seeds, (conv, seed) => {
				const pointwise = convOp({ inChannels: CHANNELS, groups: conv.groups });
				const before = sequential('net', [
					branches('sum', 'add', [
						op('alone', normOp(CHANNELS)),
						sequential('large', [op('c', conv), op('bn', normOp(CHANNELS))]),
						sequential('point', [op('bn', normOp(CHANNELS)), op('c', pointwise)]),
						skip,
						branches('points', 'add', [op('a', pointwise), op('b', pointwise)])
					]),
					op('bn', normOp(CHANNELS))
				]);
				expectFold(bothForms(before, IMAGE, seed), {
					root: op('net', { ...conv, bias: true }),
					saved: 9
				});
			})
		);
	});

	it('what is not alike stays beside', () => {
		fc.assert(
			fc.property(keepingConvs, seeds, (conv, seed) => {
				const other = sequential('other', [relu, op('c', conv)]);
				const before = branches('net', 'add', [skip, other, op('c', conv)]);
				expectFold(bothForms(before, IMAGE, seed), {
					root: branches('net', 'add', [other, op('c', { ...conv, bias: true })]),
					saved: 0
				});
			})
		);
	});

	it.each<Join>(['add', 'mean'])('linear layers become one (%s)', (join) => {
		const layers = fc.array(fc.boolean(), { minLength: 2, maxLength: 4 });
		fc.assert(
			fc.property(layers, widths, seeds, (biases, width, seed) => {
				const linears = biases.map((bias) => linearOp(CHANNELS, width, bias));
				const before = branches('net', join, named('l', linears));
				expectFold(bothForms(before, FEATURES, seed), {
					root: op('net', linearOp(CHANNELS, width, true)),
					saved: linears.length
				});
			})
		);
	});

	it('heads with a BatchNorm each are averaged into one', () => {
		fc.assert(
			fc.property(widths, epsilons, seeds, (width, epsilon, seed) => {
				const head = (name: string) =>
					sequential(name, [
						op('bn', normOp(CHANNELS, epsilon)),
						op('l', linearOp(CHANNELS, width))
					]);
				const before = branches('net', 'mean', [head('head'), head('head_dist')]);
				expectFold(bothForms(before, FEATURES, seed), {
					root: op('net', linearOp(CHANNELS, width)),
					saved: 4
				});
			})
		);
	});
});

describe('norm(Σ fᵢ) = (s f₁ + t) + Σ s fᵢ: a BatchNorm behind a sum', () => {
	it('of convolutions that stay apart becomes a part of each', () => {
		fc.assert(
			fc.property(convs(), fc.boolean(), epsilons, seeds, (conv, isInRow, epsilon, seed) => {
				const groups = conv.groups === 1 ? 2 : 1;
				const sum = (biased: ConvOp) =>
					branches('sum', 'add', [op('a', biased), op('b', { ...conv, groups })]);
				const wrap = (node: ModuleNode) => (isInRow ? sequential('row', [relu, node]) : node);
				const before = sequential('net', [
					wrap(sum(conv)),
					op('bn', normOp(conv.outChannels, epsilon))
				]);
				expectFold(bothForms(before, IMAGE, seed), {
					root: { ...wrap(sum({ ...conv, bias: true })), name: 'net' },
					saved: 1
				});
			})
		);
	});
});
