import { indexTree, type Entry } from './matching/tree-index';
import type { ModuleNode } from './module';
import { isPointwise } from './op';

/** What a stage is, in the terms that readers compare stages in. */
export interface StageFacts {
	readonly path: string;
	/** From 0. */
	readonly index: number;
	/** Paths of its blocks, downsampling not counted. */
	readonly blocks: readonly string[];
	/** Channels that the blocks give, each width once, in the order of the blocks. */
	readonly widths: readonly number[];
	/** Channels between the two 1x1 convolutions of their channel mixers, likewise. */
	readonly hidden: readonly number[];
}

/** The facts of every stage, in order. */
export function stageFacts(root: ModuleNode): StageFacts[] {
	return indexTree(root)
		.entries.filter(({ node }) => node.role === 'stage')
		.map((stage, index) => {
			const blocks = blocksIn(stage);
			const mixers = blocks.map(channelMixerConvs);
			return {
				path: stage.path,
				index,
				blocks: blocks.map(({ path }) => path),
				widths: distinct(mixers.flatMap((convs) => convs.at(-1)?.outChannels ?? [])),
				hidden: distinct(
					mixers.map((convs) =>
						Math.max(0, ...convs.flatMap((conv) => [conv.inChannels, conv.outChannels]))
					)
				)
			};
		});
}

function blocksIn(entry: Entry): Entry[] {
	return entry.children.flatMap((child) => {
		if (child.node.role === 'block') return [child];
		return child.node.role === 'downsampling' ? [] : blocksIn(child);
	});
}

function channelMixerConvs({ node, role, children }: Entry): {
	readonly inChannels: number;
	readonly outChannels: number;
}[] {
	if (node.kind !== 'op') return children.flatMap(channelMixerConvs);
	return role === 'channel-mixer' && node.op.type === 'conv' && isPointwise(node.op)
		? [node.op]
		: [];
}

function distinct(values: readonly number[]): number[] {
	return [...new Set(values)];
}
