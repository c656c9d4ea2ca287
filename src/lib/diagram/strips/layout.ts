import type { StripMetrics } from './metrics';
import type { StripBlock, StripStage } from './stages';

/** A block where it is drawn. */
export interface StripCell {
	readonly block: StripBlock;
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
	/** What answers to a pointer; the gaps around the cell are shared out, so that there are no holes. */
	readonly hit: Rect;
}

interface Rect {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** A stage: a line of text, and its cells below. */
export interface StripRow {
	readonly stage: StripStage;
	/** Baseline of the text. */
	readonly labelY: number;
	readonly cells: readonly StripCell[];
}

/** Geometry of a strip, from (0, 0). Equal stages give equal layouts. */
export interface StripLayout {
	readonly rows: readonly StripRow[];
	readonly width: number;
	readonly height: number;
}

/** What to lay out. */
export interface StripOptions {
	readonly stages: readonly StripStage[];
	readonly metrics: StripMetrics;
	/** Cells are all alike, whatever their kernel: where only their number is told. */
	readonly isFlat?: boolean;
	/** Largest kernel that each row keeps room for, so that strips side by side keep step. */
	readonly rowKernels?: readonly number[];
}

/**
 * Stages as rows of cells, one cell a block, all to one scale: as tall as the kernel is wide, standing
 * on a common line. Downsampling stands in front, and its place stays free where there is none, so that
 * blocks stand below blocks.
 */
export function layoutStrip({
	stages,
	metrics,
	isFlat = false,
	rowKernels = stages.map(largestKernel)
}: StripOptions): StripLayout {
	const { margin, labelHeight, lineGap, stageGap, perLine } = metrics;
	const rows: StripRow[] = [];
	let y = margin;
	stages.forEach((stage, index) => {
		if (index > 0) y += stageGap;
		const labelY = y + labelHeight - 7;
		y += labelHeight;
		const lineHeight = cellHeight(isFlat ? FLAT : (rowKernels[index] ?? FLAT), metrics);
		rows.push({ stage, labelY, cells: cellsOf(stage, { top: y, lineHeight, isFlat }, metrics) });
		const lines = Math.max(1, Math.ceil(stage.blocks.length / perLine));
		y += lines * (lineHeight + lineGap) - lineGap;
	});
	return { rows, width: metrics.width, height: y + margin };
}

/** The kernel that a cell is drawn for where kernels are not told. */
const FLAT = 3;

/** The largest kernel of a stage's cells. */
export function largestKernel({ blocks, downsampling }: StripStage): number {
	return Math.max(1, downsampling?.kernel ?? 1, ...blocks.map(({ kernel }) => kernel));
}

/** Where a stage's cells go. */
interface Line {
	readonly top: number;
	readonly lineHeight: number;
	readonly isFlat: boolean;
}

function cellsOf(
	{ blocks, downsampling }: StripStage,
	line: Line,
	metrics: StripMetrics
): StripCell[] {
	const { margin, cellWidth, cellGap, leadGap, leadWidth, perLine, lineGap } = metrics;
	const start = margin + leadWidth + leadGap;
	const lead = downsampling ? [cell(downsampling, margin, leadWidth, line, metrics)] : [];
	return [
		...lead,
		...blocks.map((block, index) => {
			const x = start + (index % perLine) * (cellWidth + cellGap);
			const top = line.top + Math.floor(index / perLine) * (line.lineHeight + lineGap);
			return cell(block, x, cellWidth, { ...line, top }, metrics);
		})
	];
}

function cell(
	block: StripBlock,
	x: number,
	width: number,
	{ top, lineHeight, isFlat }: Line,
	metrics: StripMetrics
): StripCell {
	const height = cellHeight(isFlat ? FLAT : block.kernel, metrics);
	const { cellGap, lineGap } = metrics;
	return {
		block,
		x,
		y: top + lineHeight - height,
		width,
		height,
		hit: {
			x: x - cellGap / 2,
			y: top - lineGap / 2,
			width: width + cellGap,
			height: lineHeight + lineGap
		}
	};
}

function cellHeight(kernel: number, { cellPerKernel }: StripMetrics): number {
	return Math.min(7, kernel) * cellPerKernel;
}
