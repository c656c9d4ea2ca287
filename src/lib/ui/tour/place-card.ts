/** A box in the window, in pixels. */
export interface Box {
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
}

export interface TourPlacement {
	readonly side: 'left' | 'right';
	/** Pixels that the card stands higher than its usual place. */
	readonly lift: number;
	/** Pixels to scroll by, so that the target stands clear of the card. */
	readonly scrollBy: number;
}

/** Pixels between the target and the window's upper edge, after scrolling. */
const HEAD_ROOM = 24;

/**
 * Where the card goes, and how far the page has to scroll so that the two do not overlap. The lower
 * right corner is the card's place; it moves to the left where the target needs the right, and above a
 * target that is fixed at the window's foot. A target too tall for the room above the card, with none
 * beside it, shows its upper part.
 */
export function placeTourCard({
	target,
	isFixed,
	card,
	viewport,
	margin
}: {
	/** As it stands before scrolling. */
	readonly target: Box;
	/** Whether it stays where it is when the page scrolls. */
	readonly isFixed: boolean;
	readonly card: { readonly width: number; readonly height: number };
	readonly viewport: { readonly width: number; readonly height: number };
	/** Between the card and the window's edges. */
	readonly margin: number;
}): TourPlacement {
	const freeRight = viewport.width - margin - card.width;
	const freeLeft = margin + card.width;
	const side = target.right > freeRight && target.left >= freeLeft ? 'left' : 'right';
	const isBeside = side === 'right' ? target.right <= freeRight : target.left >= freeLeft;
	if (isFixed) return { side, scrollBy: 0, lift: isBeside ? 0 : viewport.height - target.top };
	const floor = isBeside ? viewport.height - margin : viewport.height - 2 * margin - card.height;
	return { side, lift: 0, scrollBy: scrollInto(target, floor) };
}

/** To bring a box between the head room and the floor by the shortest way; too tall, its top comes first. */
function scrollInto({ top, bottom }: Box, floor: number): number {
	const fromTop = top - HEAD_ROOM;
	if (fromTop < 0 || bottom - top > floor - HEAD_ROOM) return fromTop;
	return Math.max(0, bottom - floor);
}
