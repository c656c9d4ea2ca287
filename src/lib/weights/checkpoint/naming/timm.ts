import type { CheckpointTensors } from '../types';
import { byIndex, isWhole, listLength, rename } from './lists';
import type { Naming, Outline } from './naming';
import {
	hasSqueezeExcite,
	readBlock,
	repViTPlan,
	type BlockParts,
	type RepViTOutline,
	type StageOutline
} from './repvit';

const OWN = /^stages\.\d+\.(?:blocks\.\d+|downsample\.pre_block)\.channel_mixer\.conv[12]\./;

/** timm's `repvit_*`: `stages.2.blocks.5.token_mixer.conv.c.weight`. */
export const TIMM: Naming = {
	name: 'timm',
	countOwn: (names) => names.filter((name) => OWN.test(name)).length,
	read
};

const PARTS: BlockParts = {
	squeezeExcite: 'se',
	pointwise: 'token_mixer.conv1',
	norm: 'token_mixer.bn'
};

function read(tensors: CheckpointTensors): Outline {
	const names = [...tensors.keys()];
	const stages = byIndex(names, 'stages');
	// A first stage without blocks has no names at all: only the next one's downsampling shows it.
	const count = Math.max(1, listLength(stages, 'stages', 1));
	const outline: RepViTOutline = {
		stages: Array.from({ length: count }, (_, stage) => readStage(stages.get(stage) ?? [], stage)),
		heads: isWhole(behind(names, 'head.head_dist.')) ? 2 : 1
	};
	return {
		plan: (sizeOf) => repViTPlan(outline, sizeOf),
		nameOf: ({ path, name }) => `${rename(path, RENAMES)}.${name}`,
		isFusible: true,
		shapeOf: ({ shape }) => shape
	};
}

function readStage(names: readonly string[], stage: number): StageOutline {
	const blocks = byIndex(names, 'blocks');
	const downsample = behind(names, 'downsample.');
	return {
		downsampling:
			stage === 0
				? null
				: {
						preBlock: readBlock(behind(downsample, 'pre_block.'), PARTS),
						hasSqueezeExcite: hasSqueezeExcite(downsample, 'se')
					},
		blocks: Array.from({ length: listLength(blocks, `stages.${stage}.blocks`) }, (_, index) =>
			readBlock(blocks.get(index)!, PARTS)
		)
	};
}

/** What names hold behind a prefix. */
function behind(names: readonly string[], prefix: string): string[] {
	return names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
}

const RENAMES: readonly (readonly [RegExp, string])[] = [
	[/\.token_mixer\.conv(?:\.branches)?\.depthwise/, '.token_mixer.conv'],
	[/\.token_mixer\.conv(?:\.branches)?\.pointwise/, '.token_mixer.conv1'],
	[/\.token_mixer\.conv\.bn$/, '.token_mixer.bn'],
	[/\.token_mixer\.conv$/, '.token_mixer'],
	[/\.se\.excite\./, '.se.'],
	[/\.(channel_mixer|ffn)\.body\./, '.$1.'],
	[/^head\.linear(?:\.head)?\.(bn|l)$/, 'head.head.$1'],
	[/^head\.linear\.head_dist\./, 'head.head_dist.'],
	[/^head\.linear$/, 'head']
];
