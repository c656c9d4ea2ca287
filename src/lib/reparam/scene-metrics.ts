/** Sizes of the drawing, in pixels. */
export const SCENE = {
	opWidth: 148,
	opHeight: 32,
	/** A BatchNorm is slimmer than the convolution that it slides into. */
	normWidth: 118,
	normHeight: 20,
	barWidth: 44,
	barHeight: 5,
	/** Room for a bar's name beside it, a character. */
	labelPerCharacter: 7,
	gateWidth: 60,
	gateHeight: 26,
	gap: 16,
	barGap: 11,
	/** Between an op and the norm that belongs to it. */
	pairGap: 4,
	joinRadius: 8,
	/** From where branches part to their boxes, and from the boxes to the join. */
	lead: 18,
	tail: 18,
	branchGap: 12,
	/** From the branches to the skip beside them. */
	lane: 18,
	zoneHeader: 24,
	zonePadding: 10
} as const;
