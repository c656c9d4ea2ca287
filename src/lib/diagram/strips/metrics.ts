/** Sizes of a strip, in the drawing's own pixels. */
export interface StripMetrics {
	readonly width: number;
	/** Free all around, for the cells' own edges. */
	readonly margin: number;
	/** Height of the line of text above each row of cells; 0 where nothing is written. */
	readonly labelHeight: number;
	readonly cellWidth: number;
	/** Height that each pixel of a block's kernel adds. */
	readonly cellPerKernel: number;
	readonly cellGap: number;
	/** Between a downsampling layer and the first block. */
	readonly leadGap: number;
	/** Width of the downsampling cell, for which every row keeps room. */
	readonly leadWidth: number;
	/** Cells of a line; what is deeper goes on below. */
	readonly perLine: number;
	readonly lineGap: number;
	readonly stageGap: number;
}

/** For a mouse: fourteen blocks in a line, and as wide as a phone's page. */
export const READING_STRIP: StripMetrics = {
	width: 352,
	margin: 2,
	labelHeight: 20,
	cellWidth: 19,
	cellPerKernel: 6,
	cellGap: 3,
	leadGap: 6,
	leadWidth: 30,
	perLine: 14,
	lineGap: 6,
	stageGap: 12
};

/** For a finger: with its share of the gaps a cell is 44 pixels wide and high; fourteen take two lines. */
export const TOUCH_STRIP: StripMetrics = {
	width: 352,
	margin: 1.5,
	labelHeight: 20,
	cellWidth: 41,
	cellPerKernel: 12,
	cellGap: 3,
	leadGap: 3,
	leadWidth: 41,
	perLine: 7,
	lineGap: 8,
	stageGap: 12
};

/** For pictures of a thumb's size: no text, and seven to a line, as a finger's. */
export const GLYPH_STRIP: StripMetrics = {
	width: 47,
	margin: 0.5,
	labelHeight: 0,
	cellWidth: 4.5,
	cellPerKernel: 2,
	cellGap: 1,
	leadGap: 1.6,
	leadWidth: 6,
	perLine: 7,
	lineGap: 1,
	stageGap: 6
};
