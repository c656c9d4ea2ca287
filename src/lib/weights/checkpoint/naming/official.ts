import { CheckpointError } from '../errors';
import type { CheckpointTensors } from '../types';
import { byIndex, convNames, convNormNames, isWhole, listLength, rename, shareOf } from './lists';
import type { Naming, Outline } from './naming';
import {
	readBlock,
	repViTPlan,
	type BlockOutline,
	type BlockParts,
	type StageOutline
} from './repvit';

const OWN = /^features\.\d+\.channel_mixer\.m\.[02]\./;

/**
 * The official code's: one list of rows, the stem first. A row is a block or has stride 2; together
 * with the block right before it, which is at the old width, that is one downsampling layer here.
 */
export const OFFICIAL: Naming = {
	name: 'official',
	countOwn: (names) => names.filter((name) => OWN.test(name)).length,
	read
};

const PARTS: BlockParts = {
	squeezeExcite: 'token_mixer.1',
	pointwise: 'token_mixer.0.conv1',
	norm: 'token_mixer.0.bn'
};

interface Row {
	readonly path: string;
	readonly names: readonly string[];
	readonly outline: BlockOutline;
}

function read(tensors: CheckpointTensors): Outline {
	const names = [...tensors.keys()];
	const stages: StageOutline[] = [];
	/** Row paths by those of blocks and downsampling layers. */
	const rowPaths = new Map<string, string>();
	let downsampling: StageOutline['downsampling'] = null;
	let blocks: Row[] = [];
	const endStage = () => {
		blocks.forEach(({ path }, index) =>
			rowPaths.set(`stages.${stages.length}.blocks.${index}`, path)
		);
		stages.push({ downsampling, blocks: blocks.map(({ outline }) => outline) });
	};
	for (const row of readRows(names)) {
		if (!isStrided(row, tensors)) {
			blocks.push(row);
			continue;
		}
		const preBlock = blocks.pop();
		if (!preBlock) throw new CheckpointError({ code: 'no-pre-block', row: row.path });
		endStage();
		const path = `stages.${stages.length}.downsample`;
		rowPaths.set(path, row.path).set(`${path}.pre_block`, preBlock.path);
		downsampling = {
			preBlock: preBlock.outline,
			hasSqueezeExcite: row.outline.hasSqueezeExcite
		};
		blocks = [];
	}
	endStage();
	const hasTwoHeads = isWhole(
		names.filter((name) => name.startsWith('classifier.classifier_dist.'))
	);
	const outline = { stages, heads: hasTwoHeads ? 2 : 1 } as const;
	return {
		plan: (sizeOf) => repViTPlan(outline, sizeOf),
		nameOf: ({ path, name }) => `${pathInFile(path, rowPaths)}.${name}`,
		isFusible: true,
		shapeOf: ({ shape }) => shape
	};
}

function readRows(names: readonly string[]): Row[] {
	const rows = byIndex(names, 'features');
	// Row 0 is the stem.
	const count = Math.max(0, listLength(rows, 'features', 1) - 1);
	return Array.from({ length: count }, (_, index) => {
		const rowNames = rows.get(index + 1)!;
		return {
			path: `features.${index + 1}`,
			names: rowNames,
			outline: readBlock(rowNames, PARTS)
		};
	});
}

/** Where the width changes, behind the strided depthwise convolution. */
const CHANNEL_DOWNSAMPLE = 'token_mixer.2';

function isStrided({ path, names }: Row, tensors: CheckpointTensors): boolean {
	const share = Math.max(
		shareOf(convNormNames(CHANNEL_DOWNSAMPLE), names),
		shareOf(convNames(CHANNEL_DOWNSAMPLE), names)
	);
	if (share !== 0.5) return share > 0.5;
	// One of a fused row's two names: there is one too few, or one too many. Its widths settle that.
	const entering = tensors.get(`${path}.token_mixer.0.weight`)?.shape[0];
	const mixed = tensors.get(`${path}.channel_mixer.m.0.weight`)?.shape[1];
	return entering !== mixed;
}

const ROW = /^(stages\.\d+\.(?:blocks\.\d+|downsample(?:\.pre_block)?))\.(.+)$/;

function pathInFile(path: string, rowPaths: ReadonlyMap<string, string>): string {
	const [, row, rest] = ROW.exec(path) ?? [];
	if (row === undefined || rest === undefined) return rename(path, ENDS);
	const rowPath = rowPaths.get(row);
	if (rowPath === undefined) throw new Error(`The network has no "${row}".`);
	return `${rowPath}.${rename(rest, WITHIN_ROW)}`;
}

const WITHIN_ROW: readonly (readonly [RegExp, string])[] = [
	[/^token_mixer\.conv(?:\.branches)?\.depthwise/, 'token_mixer.0.conv'],
	[/^token_mixer\.conv(?:\.branches)?\.pointwise/, 'token_mixer.0.conv1'],
	[/^token_mixer\.conv\.bn$/, 'token_mixer.0.bn'],
	[/^token_mixer\.conv$/, 'token_mixer.0'],
	[/^spatial_downsample/, 'token_mixer.0'],
	[/^se\.excite\./, 'token_mixer.1.'],
	[/^channel_downsample/, CHANNEL_DOWNSAMPLE],
	[/^(?:channel_mixer|ffn)\.body\.conv1/, 'channel_mixer.m.0'],
	[/^(?:channel_mixer|ffn)\.body\.conv2/, 'channel_mixer.m.2']
];

const ENDS: readonly (readonly [RegExp, string])[] = [
	[/^stem\.conv1/, 'features.0.0'],
	[/^stem\.conv2/, 'features.0.2'],
	[/^head\.linear(?:\.head)?\.(bn|l)$/, 'classifier.classifier.$1'],
	[/^head\.linear\.head_dist\./, 'classifier.classifier_dist.'],
	[/^head\.linear$/, 'classifier']
];
