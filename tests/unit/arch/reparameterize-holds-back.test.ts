import { describe, expect, it } from 'vitest';
import { branches, op, residual, sequential, type Join, type ModuleNode } from '$lib/arch/module';
import type { ConvOp } from '$lib/arch/op';
import { reparameterize } from '$lib/arch/reparameterize/reparameterize';
import { inferShapes, ShapeError, type Shape } from '$lib/arch/shapes';
import { bothForms, convOp, linearOp, normOp } from './forms';

const IMAGE = [1, 4, 9, 9] as const;
const PIXEL = [1, 4, 1, 1] as const;
const FEATURES = [2, 4] as const;

const skip = op('skip', { type: 'identity' });
const relu = op('relu', { type: 'relu' });
const sigmoid = op('sigmoid', { type: 'sigmoid' });
const bn = op('bn', normOp(4));
const conv3x3 = convOp({ kernel: [3, 3] });
const padded = op('c', conv3x3);
const pointwise = op('pointwise', convOp());
const linear = op('l', linearOp(4, 4));

const pairOf = (join: Join, a: Partial<ConvOp>, b: Partial<ConvOp>) =>
	branches('net', join, [op('a', convOp(a)), op('b', convOp(b))]);
const row = (...children: ModuleNode[]) => sequential('net', children);

/** Nothing in these may be folded: the tree comes back as it was, and with it the weights. */
const kept: Readonly<Record<string, readonly (readonly [string, ModuleNode, Shape])[]>> = {
	'convolutions side by side': [
		[
			'of different strides (one pixel does not tell them apart)',
			pairOf('add', { kernel: [3, 3] }, { kernel: [3, 3], stride: [2, 2] }),
			PIXEL
		],
		[
			'of different strides along one axis',
			pairOf('add', { kernel: [3, 3], stride: [2, 2] }, { kernel: [3, 3], stride: [2, 1] }),
			[1, 4, 9, 1]
		],
		['of different groups', pairOf('add', conv3x3, { ...conv3x3, groups: 2 }), IMAGE],
		[
			'not on one centre: 3x3 padded by 1, 5x5 padded by 1',
			pairOf(
				'add',
				{ kernel: [3, 3], stride: [3, 3] },
				{ kernel: [5, 5], stride: [3, 3], padding: [1, 1] }
			),
			IMAGE
		],
		[
			'on one centre along one axis only',
			pairOf(
				'add',
				{ kernel: [3, 3], stride: [3, 3] },
				{ kernel: [5, 5], stride: [3, 3], padding: [2, 1] }
			),
			IMAGE
		],
		[
			'with centres half a pixel apart: 3x3 and 2x2',
			pairOf(
				'add',
				{ kernel: [3, 3], stride: [2, 2] },
				{ kernel: [2, 2], stride: [2, 2], padding: [0, 0] }
			),
			[1, 4, 8, 8]
		],
		[
			'none of which has room for the other: 3x1 and 1x3',
			pairOf('add', { kernel: [3, 1] }, { kernel: [1, 3] }),
			IMAGE
		],
		['that are averaged', pairOf('mean', conv3x3, conv3x3), IMAGE],
		['that are multiplied', pairOf('mul', conv3x3, conv3x3), IMAGE],
		['that are concatenated', pairOf('concat', conv3x3, conv3x3), IMAGE]
	],
	'a skip': [
		[
			'beside a strided convolution (one pixel does not tell)',
			branches('net', 'add', [skip, op('c', { ...conv3x3, stride: [2, 2] })]),
			PIXEL
		],
		['beside a row with an activation', residual('net', sequential('body', [padded, relu])), IMAGE],
		['beside a skip', branches('net', 'add', [skip, op('again', { type: 'identity' })]), IMAGE],
		['beside a linear layer', branches('net', 'add', [skip, linear]), FEATURES],
		['times a convolution', branches('net', 'mul', [skip, padded]), IMAGE],
		['averaged with a convolution', branches('net', 'mean', [skip, padded]), IMAGE]
	],
	'a BatchNorm': [
		['alone', bn, IMAGE],
		['behind an activation and before one', row(sigmoid, bn, relu), IMAGE],
		['in front of a padded convolution', row(bn, padded), IMAGE],
		[
			'in front of a convolution padded along one axis',
			row(bn, op('c', convOp({ kernel: [1, 3] }))),
			IMAGE
		],
		[
			'in front of a 1x1 convolution padded all the same',
			row(bn, op('c', convOp({ padding: [1, 1] }))),
			IMAGE
		],
		['with an activation between it and the convolution', row(padded, relu, bn), IMAGE],
		['with an activation between it and the linear layer', row(bn, relu, linear), FEATURES],
		[
			'beside a skip, both reading a convolution',
			row(padded, branches('sum', 'add', [bn, skip])),
			IMAGE
		],
		[
			'beside a skip, both read by a convolution',
			row(branches('sum', 'add', [bn, skip]), pointwise),
			IMAGE
		],
		[
			'read by a convolution and a skip',
			row(bn, residual('sum', sequential('body', [pointwise, relu]))),
			IMAGE
		],
		[
			'behind and in front of another one',
			row(relu, bn, op('bn2', normOp(4, 1e-3)), sigmoid),
			IMAGE
		],
		['beside another one', branches('net', 'add', [bn, op('bn2', normOp(4, 1e-3))]), IMAGE],
		[
			'behind a row beside its skip',
			row(residual('mixer', sequential('body', [padded, relu, pointwise])), bn),
			IMAGE
		],
		[
			'behind the sum of a convolution and an activation',
			row(branches('sum', 'add', [padded, relu]), bn),
			IMAGE
		],
		[
			'behind a gate',
			row(branches('se', 'mul', [padded, sequential('gate', [pointwise, sigmoid])]), bn),
			IMAGE
		],
		['behind a product of convolutions', row(branches('x', 'mul', [padded, pointwise]), bn), IMAGE],
		[
			'behind convolutions side by side',
			row(branches('x', 'concat', [padded, pointwise]), op('bn', normOp(8))),
			IMAGE
		],
		['behind a pool', row(padded, op('pool', { type: 'globalAvgPool' }), bn), IMAGE]
	],
	'linear layers': [
		['that are multiplied', branches('net', 'mul', [linear, op('l2', linearOp(4, 4))]), FEATURES],
		[
			'that are concatenated',
			branches('net', 'concat', [linear, op('l2', linearOp(4, 6))]),
			FEATURES
		],
		['averaged with an activation', branches('net', 'mean', [linear, relu]), FEATURES],
		['one behind the other', row(linear, op('l2', linearOp(4, 2))), FEATURES]
	]
};

for (const [what, cases] of Object.entries(kept)) {
	describe(`is left alone: ${what}`, () => {
		it.each(cases)('%s', (_, root, shape) => {
			const forms = bothForms(root, shape, 7);
			expect(forms.root).toEqual(root);
			expect(forms.error).toBe(0);
		});
	});
}

describe('a tree whose shapes do not fit is left to the check of shapes', () => {
	const misfits: readonly (readonly [string, ModuleNode, Shape])[] = [
		[
			'a skip beside a widening convolution',
			residual('net', op('c', convOp({ outChannels: 8 }))),
			IMAGE
		],
		[
			'convolutions of different widths',
			pairOf('add', conv3x3, { ...conv3x3, outChannels: 8 }),
			IMAGE
		],
		[
			'convolutions of different inputs',
			pairOf('add', convOp(), { inChannels: 8, outChannels: 4 }),
			IMAGE
		],
		['a BatchNorm wider than the convolution before it', row(padded, op('bn', normOp(8))), IMAGE],
		[
			'a BatchNorm wider than the convolution behind it',
			row(op('bn', normOp(8)), pointwise),
			IMAGE
		],
		[
			'a BatchNorm wider than a convolution beside it',
			branches('net', 'add', [padded, op('bn', normOp(8))]),
			IMAGE
		],
		[
			'linear layers of different widths',
			branches('net', 'mean', [linear, op('l2', linearOp(4, 5))]),
			FEATURES
		]
	];
	it.each(misfits)('%s', (_, root, shape) => {
		expect(() => inferShapes(root, shape)).toThrow(ShapeError);
		expect(reparameterize(root).root).toEqual(root);
	});
});
