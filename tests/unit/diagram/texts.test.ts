import { describe, expect, it } from 'vitest';
import { analyseDesign } from '$lib/arch/analysis';
import { nodeAt } from '$lib/arch/module';
import { ROADMAP } from '$lib/arch/roadmap';
import { nodeName } from '$lib/diagram/label-text';
import { layoutDiagram } from '$lib/diagram/layout/layout';
import { defaultOpen } from '$lib/diagram/layout/visible';
import { blockCountText, detailLines, spokenText, tensorText } from '$lib/diagram/node-text';

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
		expect(stage.kind === 'box' && blockCountText(stage)).toBe('14 blocks');
		expect(detailLines(stage)).toEqual(['96 → 192 · 28×28 → 14×14', 'SE in 7']);
		const old = partsOf(step0, 0);
		expect(detailLines(old.get('stages.1')!)[1]).toBe('SE in 2 · 5×5 in 2');
		expect(detailLines(old.get('stages.0')!)[1]).toBe('no SE');
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
