import { stripBlocks, type StripBlock, type StripStage } from './stages';

/**
 * The cell that a key leads to from another: left and right along the data, up and down to the same
 * place of the next stage, Home and End to the ends. Null for any other key and at the edges.
 */
export function stripKey(
	key: string,
	from: StripBlock,
	stages: readonly StripStage[]
): StripBlock | null {
	const all = stripBlocks(stages);
	const index = all.findIndex(({ path }) => path === from.path);
	switch (key) {
		case 'ArrowRight':
			return all[index + 1] ?? null;
		case 'ArrowLeft':
			return all[index - 1] ?? null;
		case 'ArrowDown':
			return inStage(stages[from.stage], from.number);
		case 'ArrowUp':
			return inStage(stages[from.stage - 2], from.number);
		case 'Home':
			return all[0] ?? null;
		case 'End':
			return all.at(-1) ?? null;
		default:
			return null;
	}
}

/** The block of this number, the last where there are fewer; downsampling below downsampling. */
function inStage(stage: StripStage | undefined, number: number): StripBlock | null {
	if (stage === undefined) return null;
	if (number === 0 && stage.downsampling !== null) return stage.downsampling;
	return stage.blocks[Math.max(number, 1) - 1] ?? stage.blocks.at(-1) ?? null;
}
