/** Width and height, in pixels of the screen or of the drawing. */
export interface Size {
	readonly width: number;
	readonly height: number;
}

/** A rectangle in pixels of the drawing, as it is at scale 1. */
export interface Rect extends Size {
	readonly x: number;
	readonly y: number;
}

/** Where a box that scrolls stands: its left and upper edge in the scaled drawing. */
export interface Scroll {
	readonly left: number;
	readonly top: number;
}

/** Pixels of the screen for one of the drawing. */
export const SCALE_LIMITS = { min: 0.015, max: 3 } as const;
/** What one press of a zoom button or key does. */
export const SCALE_STEP = 1.25;

export function clampScale(scale: number): number {
	return Math.min(SCALE_LIMITS.max, Math.max(SCALE_LIMITS.min, scale));
}

/** The scale at which all of a drawing is in view; never above 1, where texts are as meant. */
export function fitScale(drawing: Size, view: Size): number {
	if (drawing.width <= 0 || drawing.height <= 0) return 1;
	return clampScale(Math.min(1, view.width / drawing.width, view.height / drawing.height));
}

/** The scale at which a drawing fills the view's width and still reads: texts of 12 px at 11 or more. */
export function readingScale(drawing: Size, view: Size): number {
	return Math.min(1, Math.max(11 / 12, fitScale(drawing, { ...view, height: Infinity })));
}

/** A drawing that is smaller than its view stands in its middle: what is left free on one side. */
export function indentOf(length: number, viewLength: number): number {
	return Math.max(0, (viewLength - length) / 2);
}

/** The part of the drawing that is in view. */
export function seenRect(drawing: Size, view: Size, scroll: Scroll, scale: number): Rect {
	return {
		x: (scroll.left - indentOf(drawing.width * scale, view.width)) / scale,
		y: (scroll.top - indentOf(drawing.height * scale, view.height)) / scale,
		width: view.width / scale,
		height: view.height / scale
	};
}

/** Where to scroll so that a point of the drawing stands at a point of the view. */
export function scrollTo(
	point: { readonly x: number; readonly y: number },
	at: { readonly x: number; readonly y: number },
	{ drawing, view, scale }: { readonly drawing: Size; readonly view: Size; readonly scale: number }
): Scroll {
	return {
		left: point.x * scale + indentOf(drawing.width * scale, view.width) - at.x,
		top: point.y * scale + indentOf(drawing.height * scale, view.height) - at.y
	};
}

/** How far to move a view along one axis so that a span is inside it; its start if it is longer. */
export function revealShift(
	span: { readonly start: number; readonly length: number },
	view: { readonly start: number; readonly length: number },
	margin: number
): number {
	const room = Math.max(0, Math.min(margin, (view.length - span.length) / 2));
	const before = span.start - room - view.start;
	if (before < 0 || span.length > view.length) return before;
	const behind = span.start + span.length + room - (view.start + view.length);
	return Math.max(0, behind);
}

/** A rectangle with as much again of the view on every side, as far as may be drawn ahead. */
export function withSurroundings(rect: Rect, share: number): Rect {
	return {
		x: rect.x - rect.width * share,
		y: rect.y - rect.height * share,
		width: rect.width * (1 + 2 * share),
		height: rect.height * (1 + 2 * share)
	};
}

export function contains(outer: Rect, inner: Rect): boolean {
	return (
		inner.x >= outer.x &&
		inner.y >= outer.y &&
		inner.x + inner.width <= outer.x + outer.width &&
		inner.y + inner.height <= outer.y + outer.height
	);
}

/** What two rectangles share; null where they do not touch. */
export function intersection(a: Rect, b: Rect): Rect | null {
	const x = Math.max(a.x, b.x);
	const y = Math.max(a.y, b.y);
	const width = Math.min(a.x + a.width, b.x + b.width) - x;
	const height = Math.min(a.y + a.height, b.y + b.height) - y;
	return width > 0 && height > 0 ? { x, y, width, height } : null;
}
