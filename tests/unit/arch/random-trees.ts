import fc from 'fast-check';
import { branches, op, sequential, type Join, type ModuleNode, type Role } from '$lib/arch/module';
import type { ConvOp, Op, Pair } from '$lib/arch/op';
import type { Shape } from '$lib/arch/shapes';
import { linearOp, normOp } from './forms';

/** A tree, and what it reads. */
export interface RandomTree {
	readonly root: ModuleNode;
	readonly inputShape: Shape;
}

/** A node that has no name yet. */
type Seedling = (name: string) => ModuleNode;

/** What a node does to an image's channels and sides. */
interface ImageStep {
	readonly from: number;
	readonly to: number;
	readonly stride: Pair;
	/** Twice the padding, less the kernel, of every convolution that takes this step. */
	readonly overhang: Pair;
}

const keeping = (channels: number): ImageStep => ({
	from: channels,
	to: channels,
	stride: [1, 1],
	overhang: [-1, -1]
});

/**
 * Small trees in which everything stands beside and behind everything else, as far as shapes fit: all
 * ops and joins, rows within rows, and roles here and there.
 */
export function arbitraryTree(): fc.Arbitrary<RandomTree> {
	const channels = fc.constantFrom(2, 3, 4, 6);
	const pair = (...values: readonly number[]): fc.Arbitrary<Pair> =>
		fc.tuple(fc.constantFrom(...values), fc.constantFrom(...values));
	const step = fc.record({
		from: channels,
		to: channels,
		stride: fc.oneof(fc.constant([1, 1] as const), pair(1, 2)),
		overhang: fc.oneof(fc.constant([-1, -1] as const), pair(-3, -2, -1, 1))
	});
	return fc
		.tuple(step, channels, fc.boolean())
		.chain(([step, classes, hasHead]) =>
			fc.record({
				root: hasHead
					? rows([image(step, 2), POOL, FLATTEN, features(step.to, classes, 1)])
					: image(step, 3),
				inputShape: fc.constant([2, step.from, 7, 8])
			})
		)
		.map(({ root, inputShape }) => ({ root: root('network'), inputShape }));
}

/** Anything that takes a step from one image to another. */
function image(step: ImageStep, depth: number): fc.Arbitrary<Seedling> {
	const { from, to } = step;
	const conv = leaf(convs(step));
	const flat = fc.oneof(
		conv,
		rows([conv, norm(to)]),
		rows([norm(from), conv]),
		...(isKeeping(step) ? [norm(from), SKIP, ACTIVATION] : [])
	);
	if (depth === 0) return flat;
	const inner = fc.constant(null).chain(() => image(step, depth - 1));
	const before = fc.constant(null).chain(() => image(keeping(from), depth - 1));
	const behind = fc.constant(null).chain(() => image(keeping(to), depth - 1));
	const gate = rows([
		inner,
		POOL,
		leaf(convs(keeping(to))),
		leaf(fc.constant({ type: 'sigmoid' }))
	]);
	return fc.oneof(
		flat,
		rows([before, inner]),
		rows([inner, behind]),
		rows([inner, norm(to)]),
		rows([before, inner, behind]),
		joined('add', [inner, inner]),
		joined('add', [inner, flat, flat]),
		joined('mean', [inner, inner]),
		joined('mul', [inner, gate]),
		...splits(to).map((widths) =>
			joined(
				'concat',
				widths.map((width) => image({ ...step, to: width }, depth - 1))
			)
		)
	);
}

/** Anything from one list of features to another. */
function features(from: number, to: number, depth: number): fc.Arbitrary<Seedling> {
	const linear = leaf(fc.boolean().map((bias) => linearOp(from, to, bias)));
	const flat = fc.oneof(
		linear,
		rows([norm(from), linear]),
		rows([linear, norm(to)]),
		...(from === to ? [norm(from), SKIP, ACTIVATION] : [])
	);
	if (depth === 0) return flat;
	const inner = features(from, to, depth - 1);
	return fc.oneof(
		flat,
		rows([features(from, from, depth - 1), inner]),
		rows([inner, features(to, to, depth - 1)]),
		...(['add', 'mean', 'mul'] as const).map((join) => joined(join, [inner, inner])),
		...splits(to).map((widths) =>
			joined(
				'concat',
				widths.map((width) => features(from, width, depth - 1))
			)
		)
	);
}

/** Widths of which a concatenation makes up a width: none for a single channel. */
function splits(width: number): readonly (readonly number[])[] {
	return width > 1 ? [[width - 1, 1]] : [];
}

function convs({ from, to, stride, overhang }: ImageStep): fc.Arbitrary<ConvOp> {
	const kernelAlong = (axis: 0 | 1) =>
		fc.integer({ min: 0, max: 2 }).map((more) => {
			const least = Math.max(-overhang[axis], 1);
			return least + 2 * more;
		});
	return fc
		.record({
			kernel: fc.tuple(kernelAlong(0), kernelAlong(1)),
			groups: fc.constantFrom(...[1, 2, 3, 6].filter((n) => from % n === 0 && to % n === 0)),
			bias: fc.boolean()
		})
		.map(({ kernel, groups, bias }) => ({
			type: 'conv',
			inChannels: from,
			outChannels: to,
			kernel,
			stride,
			padding: [(kernel[0] + overhang[0]) / 2, (kernel[1] + overhang[1]) / 2],
			groups,
			bias
		}));
}

function isKeeping({ from, to, stride, overhang }: ImageStep): boolean {
	return from === to && stride.every((side) => side === 1) && overhang.every((side) => side === -1);
}

const ROLES: readonly Role[] = ['stem', 'block', 'token-mixer', 'channel-mixer', 'classifier'];
const role = fc.option(fc.constantFrom(...ROLES), { freq: 3, nil: undefined });

function leaf(operation: fc.Arbitrary<Op>): fc.Arbitrary<Seedling> {
	return fc.tuple(operation, role).map(
		([operation, role]) =>
			(name) =>
				op(name, operation, role)
	);
}

function norm(channels: number): fc.Arbitrary<Seedling> {
	return leaf(fc.constantFrom(1e-5, 1e-3).map((epsilon) => normOp(channels, epsilon)));
}

const SKIP = leaf(fc.constant({ type: 'identity' }));
const POOL = leaf(fc.constant({ type: 'globalAvgPool' }));
const FLATTEN = leaf(fc.constant({ type: 'flatten' }));
const ACTIVATION = leaf(
	fc
		.constantFrom('gelu', 'relu', 'hardSwish', 'sigmoid', 'hardSigmoid')
		.map((type) => ({ type }) as const)
);

function rows(children: readonly fc.Arbitrary<Seedling>[]): fc.Arbitrary<Seedling> {
	return fc.tuple(fc.tuple(...children), role).map(
		([children, role]) =>
			(name) =>
				sequential(name, children.map(planted), role)
	);
}

function joined(join: Join, children: readonly fc.Arbitrary<Seedling>[]): fc.Arbitrary<Seedling> {
	return fc.tuple(fc.tuple(...children), role).map(
		([children, role]) =>
			(name) =>
				branches(name, join, children.map(planted), role)
	);
}

/** Siblings are a, b, c: the same names recur in every row. */
function planted(child: Seedling, index: number): ModuleNode {
	return child(String.fromCharCode('a'.charCodeAt(0) + index));
}
