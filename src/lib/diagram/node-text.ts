import type { Cost } from '../arch/cost';
import { groupBy } from '../arch/group-by';
import type { Mixing } from '../arch/mixing';
import type { ModuleNode } from '../arch/module';
import type { Shape } from '../arch/shapes';
import * as m from '../paraglide/messages';
import { formatCount, formatMs } from '../ui/format';
import { partName, shortOpText } from './label-text';
import { channelsOf } from './layout/metrics';
import type { BoxFacts, CellFacts, PartFacts, Repeat } from './layout/types';
import type { ShownMark } from './marks';
import { MIXING_TEXTS } from './mixing-texts';
import { nodeFacts } from './node-label';

/** The quiet lines under the name: operation, channels, resolution; for stages also their blocks. */
export function detailLines(part: PartFacts): string[] {
	const { node, role, repeat } = part;
	if (role === 'squeeze-excite') return [squeezeText(part)];
	// Of blocks that alternate, the first one's layers are not those of all.
	if (repeat?.period === 2) return [[...sizeTexts(part), ...foldedTexts(part)].join(' · ')];
	const facts = nodeFacts(node);
	const extras: string[] = [];
	if (facts.op) extras.push(shortOpText(facts.op));
	if (facts.kernel !== null) {
		const kernel = `${facts.kernel}×${facts.kernel}`;
		extras.push(
			facts.isDepthwise
				? m.diagram_conv_depthwise_short({ kernel })
				: m.diagram_conv_dense_short({ kernel })
		);
	}
	if (facts.hasSqueezeExcite) extras.push(m.diagram_has_se());
	const line = [...extras, ...sizeTexts(part)].join(' · ');
	return part.kind === 'box' && role === 'stage' ? [line, stageText(part)] : [line];
}

/** In how many blocks of a folded run squeeze-and-excitation is; unfolded, each block tells itself. */
function foldedTexts({ repeat, cells }: PartFacts): string[] {
	return repeat?.isFolded ? [seText(cells)] : [];
}

/** Channels and resolution. */
function sizeTexts({ node, input, output }: PartFacts): string[] {
	const resolution = resolutionText(input, output);
	// Where the resolution falls, or a block keeps its width, one number says all and saves room.
	const isOneWidth =
		channelsOf(input) === channelsOf(output) && (node.role === 'block' || resolution.includes('→'));
	const channels = isOneWidth ? String(channelsOf(output)) : channelText(input, output);
	return [channels, resolution].filter(Boolean);
}

/** What stands behind the name: "14 blocks" of a stage, "×14" of a folded run; else empty. */
export function countText(part: PartFacts): string {
	if (part.repeat?.isFolded) return m.layout_run_sign({ count: part.repeat.count });
	if (part.kind !== 'box' || part.role !== 'stage') return '';
	const count = blockCells(part.cells).length;
	return count === 1 ? m.diagram_stage_one_block() : m.diagram_stage_blocks({ count });
}

function stageText({ cells }: BoxFacts): string {
	const blocks = blockCells(cells);
	const kernels = groupBy(
		blocks.filter((cell) => cell.kernel > 3),
		(cell) => cell.kernel
	);
	return [
		seText(blocks),
		...[...kernels].map(([kernel, of]) =>
			m.diagram_stage_kernel({ count: of.length, kernel: `${kernel}×${kernel}` })
		)
	].join(' · ');
}

function seText(blocks: readonly CellFacts[]): string {
	const count = blocks.filter((cell) => cell.hasSqueezeExcite).length;
	return count > 0 ? m.diagram_stage_se({ count }) : m.diagram_stage_no_se();
}

function blockCells(cells: readonly CellFacts[]): CellFacts[] {
	return cells.filter((cell) => cell.role === 'block');
}

/** "14 identical blocks", "7 identical pairs of blocks". */
function runText({ count, period }: Repeat): string {
	return period === 1 ? m.layout_run_blocks({ count }) : m.layout_run_pairs({ count });
}

/** `192 → 48 → 192` for the module, `192 → 48` for an op in it. */
function squeezeText({ node, input, output }: PartFacts): string {
	if (node.kind === 'op') return channelText(input, output);
	const squeezed = smallestWidth(node);
	const channels = channelsOf(input);
	return squeezed === null ? String(channels) : `${channels} → ${squeezed} → ${channels}`;
}

function smallestWidth(node: ModuleNode): number | null {
	if (node.kind === 'op') return node.op.type === 'conv' ? node.op.outChannels : null;
	const widths = node.children.map(smallestWidth).filter((width) => width !== null);
	return widths.length === 0 ? null : Math.min(...widths);
}

function channelText(input: Shape, output: Shape): string {
	return `${channelsOf(input)} → ${channelsOf(output)}`;
}

/** `14×14`, or `28×28 → 14×14` where it falls; nothing behind the pool. */
function resolutionText(input: Shape, output: Shape): string {
	const [from, to] = [positions(input), positions(output)];
	if (from === to) return to;
	return to === '' ? from : `${from} → ${to}`;
}

function positions(shape: Shape): string {
	return shape.length < 4 || (shape[2] === 1 && shape[3] === 1) ? '' : `${shape[2]}×${shape[3]}`;
}

/** `48 × 56 × 56`: channels, height, width. */
export function tensorText(shape: Shape): string {
	return shape.slice(1).join(' × ');
}

const MARKS: { readonly [M in ShownMark]: () => string } = {
	added: m.diagram_mark_added,
	removed: m.diagram_mark_removed,
	changed: m.diagram_mark_changed,
	moved: m.diagram_mark_moved,
	'moved-from': m.viewer_mark_moved_from,
	'contains-changes': m.diagram_mark_contains
};

/**
 * What assistive technology says at a stop: what a comparison says of it, then the texts on it in
 * their order (so that it can be called by what is seen), then its cost.
 */
export function spokenText(
	part: PartFacts,
	about: {
		readonly cost?: Cost;
		readonly mark?: ShownMark;
		readonly heat?: string;
		/** Measured by a profile. */
		readonly timeMs?: number;
		/** It is in the training form only. */
		readonly folds?: boolean;
		/** What it mixes, where the drawing says so. */
		readonly mixing?: Mixing;
		/** Why the paper's reader has to take it to be so: it does not say. */
		readonly inferred?: string;
	} = {}
): string {
	const { branchCount } = nodeFacts(part.node);
	// Drawn as squares, which say nothing.
	const branches =
		part.kind === 'box' && branchCount > 0 ? m.diagram_branches({ count: branchCount }) : '';
	const name = partName(part);
	const texts = [countText(part), about.heat, ...detailLines(part), branches];
	const detail = texts.filter(Boolean).join(' · ');
	const spoken = about.cost
		? m.diagram_spoken_costs({
				name,
				detail,
				params: formatCount(about.cost.params),
				macs: formatCount(about.cost.macs)
			})
		: m.diagram_spoken({ name, detail });
	const timed =
		about.timeMs === undefined
			? spoken
			: m.diagram_spoken_time({ spoken, time: formatMs(about.timeMs) });
	const mixed = about.mixing
		? m.figures_spoken_mixing({ spoken: timed, mixing: MIXING_TEXTS[about.mixing]() })
		: timed;
	const folds = about.folds ? m.diagram_spoken_folds({ spoken: mixed }) : mixed;
	const reason = about.inferred;
	const inferred = reason ? m.layout_spoken_inferred({ spoken: folds, reason }) : folds;
	const told = part.repeat
		? m.layout_spoken_run({ run: runText(part.repeat), spoken: inferred })
		: inferred;
	return about.mark ? m.diagram_spoken_mark({ mark: MARKS[about.mark](), spoken: told }) : told;
}
