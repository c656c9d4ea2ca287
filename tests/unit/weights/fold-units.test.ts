import { describe, expect, it } from 'vitest';
import { branches, childPath, op, ops, sequential, type ModuleNode } from '$lib/arch/module';
import { reparameterize } from '$lib/arch/reparameterize/reparameterize';
import { volume, type Shape } from '$lib/arch/shapes';
import { foldedWeights } from '$lib/weights/fold';
import { opTensors, type WeightSource } from '$lib/weights/source';
import units from '../../reference/units.json';
import { convOp, linearOp, normOp } from '../arch/forms';
import { interpret, type Tensor } from '../arch/interpreter';

/**
 * Absolute, for figures of up to about 20. PyTorch fused in float32, this project in double, and the
 * reference's own two forms differ by up to 9e-6.
 */
const TOLERANCE = 1e-5;

interface Stored {
	readonly shape: Shape;
	readonly data: readonly number[];
}

type State = Readonly<Record<string, Stored>>;

interface Unit {
	readonly state: State;
	readonly input: Stored;
	readonly output: Stored;
	readonly fused_state?: State;
}

interface Module {
	readonly name: string;
	readonly unit: Unit;
	/** The module as it is trained. */
	readonly root: ModuleNode;
	/** Ops with weights that are left, by path. */
	readonly left: readonly string[];
}

const norm = (channels: number, name = 'bn') => op(name, normOp(channels));
const skip = op('skip', { type: 'identity' });
const relu = op('act', { type: 'relu' });
const depthwise = convOp({ kernel: [3, 3], groups: 4 });
const depthwisePoint = convOp({ groups: 4 });

/** A convolution and its BatchNorm, in the words of RepViT's code (`c`) or of timm's (`conv`). */
function convNorm(name: string, conv: ReturnType<typeof convOp>, convName: 'c' | 'conv' = 'c') {
	return sequential(name, [op(convName, conv), norm(conv.outChannels)]);
}

/** A parameter's name in the reference, which has a level less where branches have a name of their own. */
function referenceName(path: string, name: string): string {
	return childPath(path, name)
		.replace(/^(reparam_conv|sum|excite)\.(?=\w+\.)/, '')
		.replace(/^conv_kxk(?=\d)/, 'conv_kxk.');
}

// FastViT's RepMixer is missing, x + gamma * (mixer(x) - norm(x)): no op here subtracts or scales by a
// learned factor, and a tree that only had its name would prove nothing.
const MODULES: readonly Module[] = [
	{
		name: 'convolution and BatchNorm, stride 2',
		unit: units.conv_bn_3x3_s2,
		root: convNorm(
			'unit',
			convOp({ inChannels: 3, outChannels: 4, kernel: [3, 3], stride: [2, 2] })
		),
		left: ['']
	},
	{
		name: 'depthwise convolution and BatchNorm, stride 2',
		unit: units.conv_bn_dw_3x3_s2,
		root: convNorm('unit', { ...depthwise, stride: [2, 2] }),
		left: ['']
	},
	{
		name: "RepViT's depthwise convolution",
		unit: units.repvggdw,
		root: sequential('unit', [
			branches('sum', 'add', [
				convNorm('conv', depthwise),
				op('conv1', { ...depthwisePoint, bias: true }),
				skip
			]),
			norm(4)
		]),
		left: ['']
	},
	{
		name: "RepViT's depthwise convolution, first release",
		unit: units.repvggdw_legacy,
		root: branches('unit', 'add', [
			convNorm('conv', depthwise),
			convNorm('conv1', depthwisePoint),
			skip
		]),
		left: ['']
	},
	{
		name: "RepViT's channel mixer",
		unit: units.channel_mixer,
		root: sequential('unit', [
			convNorm('conv1', convOp({ outChannels: 8 })),
			op('act', { type: 'gelu' }),
			convNorm('conv2', convOp({ inChannels: 8, outChannels: 4 }))
		]),
		left: ['conv1', 'conv2']
	},
	{
		name: 'BatchNorm and linear layer',
		unit: units.bn_linear,
		root: sequential('unit', [norm(8), op('l', linearOp(8, 5))]),
		left: ['']
	},
	{
		name: "RepViT's two heads",
		unit: units.classifier_2head,
		root: branches('unit', 'mean', [
			sequential('classifier', [norm(8), op('l', linearOp(8, 5))]),
			sequential('classifier_dist', [norm(8), op('l', linearOp(8, 5))])
		]),
		left: ['']
	},
	{
		name: "MobileOne's depthwise block",
		unit: units.mobileone_block_s1,
		root: sequential('unit', [
			branches('reparam_conv', 'add', [
				norm(4, 'identity'),
				convNorm('conv_scale', depthwisePoint, 'conv'),
				convNorm('conv_kxk0', depthwise, 'conv'),
				convNorm('conv_kxk1', depthwise, 'conv')
			]),
			relu
		]),
		left: ['reparam_conv']
	},
	{
		name: "MobileOne's 1x1 block",
		unit: units.mobileone_block_pw,
		root: sequential('unit', [
			branches('reparam_conv', 'add', [
				convNorm('conv_kxk0', convOp({ outChannels: 8 }), 'conv'),
				convNorm('conv_kxk1', convOp({ outChannels: 8 }), 'conv')
			]),
			relu
		]),
		left: ['reparam_conv']
	},
	{
		name: "FastViT's large kernel",
		unit: units.fastvit_large_kernel,
		root: sequential('unit', [
			branches('reparam_conv', 'add', [
				convNorm('large_conv', convOp({ outChannels: 8, kernel: [7, 7], stride: [2, 2] }), 'conv'),
				convNorm('small_conv', convOp({ outChannels: 8, kernel: [3, 3], stride: [2, 2] }), 'conv')
			])
		]),
		left: ['reparam_conv']
	},
	{
		name: "FastViT's positional encoding",
		unit: units.fastvit_cpe,
		root: sequential('unit', [
			branches('reparam_conv', 'add', [
				op('pos_enc', convOp({ kernel: [7, 7], groups: 4, bias: true })),
				skip
			])
		]),
		left: ['reparam_conv']
	},
	{
		name: 'squeeze-and-excitation',
		unit: units.squeeze_excite,
		root: branches('unit', 'mul', [
			skip,
			sequential('excite', [
				op('pool', { type: 'globalAvgPool' }),
				op('fc1', convOp({ inChannels: 16, outChannels: 8, bias: true })),
				relu,
				op('fc2', convOp({ inChannels: 8, outChannels: 16, bias: true })),
				op('gate', { type: 'sigmoid' })
			])
		]),
		left: ['excite.fc1', 'excite.fc2']
	},
	{
		name: 'BatchNorm in front of a padded convolution',
		unit: units.bn_then_padded_conv,
		root: sequential('unit', [norm(4, '0'), op('1', convOp({ kernel: [3, 3], bias: true }))]),
		left: ['0', '1']
	}
];

describe.each(MODULES)('$name', ({ unit, root, left }) => {
	const input: Tensor = { shape: unit.input.shape, data: Float64Array.from(unit.input.data) };
	const source: WeightSource = ({ path, name }, target) => {
		target.set(find(unit.state, referenceName(path, name)).data);
	};
	const folded = reparameterize(root);
	const foldedSource = foldedWeights(folded, source);

	it('gives what PyTorch gives, as it is trained', () => {
		expectClose(interpret(root, source, input), unit.output);
	});

	it('gives what PyTorch gives, re-parameterised', () => {
		expectClose(interpret(folded.root, foldedSource, input), unit.output);
	});

	it('has the fused weights of the reference', () => {
		const weighted = [...ops(folded.root)].filter(({ node }) => opTensors(node.op).length > 0);
		expect(weighted.map(({ path }) => path)).toEqual(left);
		// A module without a fused form comes out as it went in.
		const expected = unit.fused_state ?? unit.state;
		for (const { path, node } of weighted) {
			for (const spec of opTensors(node.op)) {
				const values = new Float32Array(volume(spec.shape));
				foldedSource({ path, ...spec }, values);
				expectClose(
					{ shape: spec.shape, data: values },
					find(expected, referenceName(path, spec.name))
				);
			}
		}
	});
});

function find(state: State, key: string): Stored {
	const stored = state[key];
	if (!stored) throw new Error(`The reference has no ${key}.`);
	return stored;
}

function expectClose(
	actual: { readonly shape: Shape; readonly data: ArrayLike<number> },
	expected: Stored
): void {
	expect(actual.shape).toEqual(expected.shape);
	const differences = expected.data.map((x, i) => Math.abs(x - actual.data[i]!));
	expect(Math.max(...differences)).toBeLessThan(TOLERANCE);
}
