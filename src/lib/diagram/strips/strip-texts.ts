import * as m from '../../paraglide/messages';
import { formatCount } from '../../ui/format';
import { channelsOf } from '../layout/metrics';
import { blockFacts } from '../layout/visible';
import { tensorText } from '../node-text';
import { lowestTerms, type StripBlock, type StripStage } from './stages';

/** "Stage 3, block 5". */
export function cellName({ kind, stage, number }: StripBlock): string {
	return kind === 'block'
		? m.figures_cell_block({ stage, number })
		: m.figures_cell_downsampling({ stage });
}

/** Shape, kernel, squeeze-and-excitation and cost, in this order. */
export function cellFacts({ node, kernel, hasSqueezeExcite, output, cost }: StripBlock): string[] {
	const side = { kernel: `${kernel}×${kernel}` };
	return [
		m.figures_cell_output({ shape: tensorText(output) }),
		blockFacts(node).isDepthwise ? m.diagram_conv_depthwise(side) : m.diagram_conv_dense(side),
		hasSqueezeExcite ? m.figures_cell_se() : m.figures_cell_no_se(),
		m.figures_cell_params({ params: formatCount(cost.params) }),
		m.figures_cell_macs({ macs: formatCount(cost.macs) })
	];
}

/** What assistive technology says at a cell, and the tooltip. */
export function cellSpoken(block: StripBlock): string {
	return m.diagram_spoken({ name: cellName(block), detail: cellFacts(block).join(' · ') });
}

/** "14 blocks". */
export function blocksText({ blocks }: StripStage): string {
	const count = blocks.length;
	return count === 1 ? m.diagram_stage_one_block() : m.diagram_stage_blocks({ count });
}

/** "192 channels · 14×14". */
export function stageShapeText({ output }: StripStage): string {
	return m.figures_stage_shape({
		channels: channelsOf(output),
		resolution: `${output[2]}×${output[3]}`
	});
}

/** "1 : 1 : 7 : 1": blocks of each stage, in their lowest terms. */
export function ratioText(stages: readonly StripStage[]): string {
	return lowestTerms(stages.map(({ blocks }) => blocks.length)).join(' : ');
}
