import { describe, expect, it } from 'vitest';
import { analyseDesign } from '$lib/arch/analysis';
import { nodeAt } from '$lib/arch/module';
import { ROADMAP } from '$lib/arch/roadmap';
import { nodeName } from '$lib/diagram/label-text';
import { layoutDiagram } from '$lib/diagram/layout/layout';
import { defaultOpen } from '$lib/diagram/layout/visible';
import { countText, detailLines, spokenText, tensorText } from '$lib/diagram/node-text';

const [step0, step8] = [ROADMAP[0]!, ROADMAP[8]!].map(({ design }) => analyseDesign(design)) as [
	ReturnType<typeof analyseDesign>,
	ReturnType<typeof analyseDesign>
];

describe('names', () => {
	it.each([
		['', 'Network'],
		['stem', 'Stem'],
		['stem.conv1', '3×3 convolution, stride 2'],
		['stages.2', 'Stage 3'],
		['stages.2.blocks.4', 'Block 5'],
		['stages.2.downsample', 'Downsampling'],
		['stages.2.downsample.pre_block', 'Pre-block'],
		['stages.2.downsample.spatial_downsample', '3×3 depthwise, stride 2'],
		['stages.2.downsample.ffn', 'Feed-forward'],
		['stages.2.blocks.4.token_mixer', 'Token mixer'],
		['stages.2.blocks.4.token_mixer.conv', '3×3 depthwise'],
		['stages.2.blocks.4.se', 'Squeeze-and-excitation'],
		['stages.2.blocks.4.se.excite.gate', 'sigmoid'],
		['stages.2.blocks.4.channel_mixer.body.conv1', '1×1 convolution'],
		['stages.2.blocks.4.channel_mixer.body.act', 'GELU'],
		['head', 'Classifier'],
		['head.linear', 'Linear']
	])('%s is called %s', (path, name) => {
		expect(nodeName(nodeAt(step8.root, path)!, path)).toBe(name);
	});

	it('counts the blocks of the old stem from 1, as their paths do', () => {
		expect(nodeName(nodeAt(step0.root, 'stem.block1')!, 'stem.block1')).toBe('Block 1');
	});
});

describe('quiet lines', () => {
	const partsOf = ({ root, shapes }: typeof step8, depth: number) => {
		const { parts } = layoutDiagram({ root, shapes, open: defaultOpen(root, depth) });
		return new Map(parts.map((part) => [part.path, part]));
	};
	const [closed, blocks, all] = [0, 1, Infinity].map((depth) => partsOf(step8, depth)) as [
		ReturnType<typeof partsOf>,
		ReturnType<typeof partsOf>,
		ReturnType<typeof partsOf>
	];

	it('tell operation, channels and resolution', () => {
		const line = (from: typeof all, path: string) => detailLines(from.get(path)!)[0];
		expect(line(all, 'stages.2.blocks.0.token_mixer')).toBe('3×3 dw · 192 → 192 · 14×14');
		expect(line(all, 'stages.2.downsample.spatial_downsample')).toBe('96 · 28×28 → 14×14');
		expect(line(all, 'stages.2.blocks.0.channel_mixer.body.conv1')).toBe('192 → 384 · 14×14');
		expect(line(blocks, 'stages.2.blocks.0')).toBe('3×3 dw · SE · 192 · 14×14');
		expect(line(all, 'stages.2.blocks.0.se')).toBe('192 → 48 → 192');
		expect(line(all, 'head.linear')).toBe('384 → 1000');
	});

	it('tell how many blocks of a closed stage have SE or large kernels', () => {
		const stage = closed.get('stages.2')!;
		expect(countText(stage)).toBe('14 blocks');
		expect(detailLines(stage)).toEqual(['96 → 192 · 28×28 → 14×14', 'SE in 7']);
		const old = partsOf(step0, 0);
		expect(detailLines(old.get('stages.1')!)[1]).toBe('SE in 2 · 5×5 in 2');
		expect(detailLines(old.get('stages.0')!)[1]).toBe('no SE');
	});

	it('tell of a training form which norm stands with which op, and what is in it only', () => {
		const trained = analyseDesign({ ...ROADMAP[8]!.design, form: 'training', heads: 2 });
		const [mixers, ops] = [partsOf(trained, 2), partsOf(trained, Infinity)];
		const texts = (path: string) => {
			const part = mixers.get(path)!;
			return [nodeName(part.node, path), detailLines(part)[0]];
		};
		expect(texts('stem.conv1')).toEqual(['3×3 conv, stride 2 · BN', '3 → 24 · 224×224 → 112×112']);
		expect(texts('stages.1.downsample.channel_downsample')[0]).toBe('1×1 conv · BN');
		expect(texts('head.linear.head_dist')).toEqual(['BN · Linear', '384 → 1000']);
		const mixer = 'stages.2.blocks.1.token_mixer';
		expect(texts(mixer)).toEqual(['Token mixer', '3×3 dw · 192 → 192 · 14×14']);
		expect(spokenText(mixers.get(mixer)!)).toMatch(/^Token mixer: .* · 3 branches$/);
		const branch = ops.get(`${mixer}.conv.branches.pointwise`)!;
		expect(spokenText(branch, { folds: true })).toBe(
			'1×1 depthwise: 192 → 192 · 14×14; in training only'
		);
		expect(nodeName(ops.get(`${mixer}.conv.bn`)!.node, `${mixer}.conv.bn`)).toBe('BatchNorm');
	});

	it('tell a strided mixer of a training form as that of the deploy form', () => {
		const trained = analyseDesign({ ...ROADMAP[1]!.design, form: 'training' });
		const mixer = partsOf(trained, 2).get('stages.1.downsample.token_mixer')!;
		expect(nodeName(mixer.node, mixer.path)).toBe('Token mixer');
		expect(detailLines(mixer)[0]).toBe('5×5 dw · BN · 24 · 56×56 → 28×28');
	});

	it('speak name, shape and cost, and the mark first', () => {
		const part = blocks.get('stages.2.blocks.0')!;
		const cost = step8.costs.get(part.path)!;
		expect(spokenText(part, { cost })).toBe(
			'Block 1: 3×3 dw · SE · 192 · 14×14; 169\u00a0k parameters, 29.3\u00a0M MACs'
		);
		expect(spokenText(part, { heat: '3 %' })).toBe('Block 1: 3 % · 3×3 dw · SE · 192 · 14×14');
		expect(spokenText(part, { mark: 'added' })).toBe('Added. Block 1: 3×3 dw · SE · 192 · 14×14');
	});

	it('write a tensor as channels, height, width', () => {
		expect(tensorText([1, 48, 56, 56])).toBe('48 × 56 × 56');
		expect(tensorText([1, 1000])).toBe('1000');
	});
});
