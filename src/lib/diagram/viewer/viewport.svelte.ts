import { flushSync } from 'svelte';
import {
	clampScale,
	contains,
	fitScale,
	readingScale,
	revealShift,
	SCALE_STEP,
	scrollTo,
	seenRect,
	withSurroundings,
	type Rect,
	type Scroll,
	type Size
} from './zoom';

/** How much beyond the view is drawn ahead, as a share of it, so that scrolling shows no gaps. */
const AHEAD = 0.6;
/** How long after the last change of scale it counts as over, in ms. */
const SETTLE_MS = 160;
/** Room around a part that is brought into view, in pixels of the screen. */
const REVEAL_MARGIN = 48;

/** What is scrolled: a subset of an element, so that tests can pass a plain object. */
export type ScrollBox = Pick<
	HTMLElement,
	'scrollLeft' | 'scrollTop' | 'clientWidth' | 'clientHeight'
>;

/**
 * The window on a drawing: how large it is shown and what of it is in view. Scrolling is the browser's
 * own, so that touch, wheel, keys and scroll bars do what a visitor is used to; the scale is ours.
 */
export class Viewport {
	readonly #drawing: () => Size;
	#box: ScrollBox | null = null;
	#scale = $state(1);
	#isAuto = true;
	#isZooming = $state(false);
	#settle: ReturnType<typeof setTimeout> | undefined;
	#view = $state.raw<Size>({ width: 0, height: 0 });
	#scroll = $state.raw<Scroll>({ left: 0, top: 0 });
	#region: Rect | null = null;

	readonly #seen = $derived.by(() =>
		seenRect(this.#drawing(), this.#view, this.#scroll, this.#scale)
	);

	/** @param drawing size of what is shown, at scale 1 */
	constructor(drawing: () => Size) {
		this.#drawing = drawing;
	}

	/** Pixels of the screen for one of the drawing. */
	get scale(): number {
		return this.#scale;
	}

	/** Whether it stands where a drawing is first shown: at its beginning, at reading size. */
	get isAtStart(): boolean {
		const { left, top } = this.#scroll;
		const reading = readingScale(this.#drawing(), this.#view);
		return left === 0 && top === 0 && Math.abs(this.#scale - reading) < 1e-6;
	}

	/** Whether the scale is changing right now: then what is painted is stretched, not painted anew. */
	get isZooming(): boolean {
		return this.#isZooming;
	}

	/** Size of the window; zero until it is known. */
	get view(): Size {
		return this.#view;
	}

	/** The part of the drawing that is in view. */
	get seen(): Rect {
		return this.#seen;
	}

	/** What to draw: the view and its surroundings. It stays the same until the view leaves it. */
	get region(): Rect {
		const seen = this.#seen;
		const isStill =
			this.#region !== null &&
			contains(this.#region, seen) &&
			this.#region.width < seen.width * (1 + 3 * AHEAD);
		if (!isStill) this.#region = withSurroundings(seen, AHEAD);
		return this.#region!;
	}

	/** Looks through a box: call when its size is known and whenever it changes. */
	look(box: ScrollBox): void {
		this.#box = box;
		const isFirst = this.#view.width === 0;
		this.#view = { width: box.clientWidth, height: box.clientHeight };
		if (isFirst && this.#isAuto) this.#scale = readingScale(this.#drawing(), this.#view);
		this.readScroll();
	}

	/** Takes over where the box has been scrolled to. */
	readScroll(): void {
		if (this.#box === null) return;
		const { scrollLeft: left, scrollTop: top } = this.#box;
		if (left !== this.#scroll.left || top !== this.#scroll.top) this.#scroll = { left, top };
	}

	/** @param at point of the window that stays in its place; its middle by default */
	zoomTo(scale: number, at = this.#middle()): void {
		const next = clampScale(scale);
		const seen = this.#seen;
		const point = { x: seen.x + at.x / this.#scale, y: seen.y + at.y / this.#scale };
		this.#isAuto = false;
		this.#isZooming = true;
		clearTimeout(this.#settle);
		this.#settle = setTimeout(() => (this.#isZooming = false), SETTLE_MS);
		// The box must have grown before it can be scrolled there.
		flushSync(() => (this.#scale = next));
		this.#scrollTo(
			scrollTo(point, at, { drawing: this.#drawing(), view: this.#view, scale: next })
		);
	}

	zoomBy(factor: number, at?: { readonly x: number; readonly y: number }): void {
		this.zoomTo(this.#scale * factor, at);
	}

	zoomIn(): void {
		this.zoomBy(SCALE_STEP);
	}

	zoomOut(): void {
		this.zoomBy(1 / SCALE_STEP);
	}

	/** Shows all of the drawing. */
	fit(): void {
		this.zoomTo(fitScale(this.#drawing(), this.#view));
	}

	/** Shows the beginning of the drawing at the size in which it reads best. */
	read(): void {
		this.zoomTo(readingScale(this.#drawing(), this.#view));
		this.#scrollTo({ left: 0, top: 0 });
		this.#isAuto = true;
	}

	panBy(dx: number, dy: number): void {
		if (this.#box === null) return;
		this.#scrollTo({ left: this.#box.scrollLeft + dx, top: this.#box.scrollTop + dy });
	}

	/** Puts a point of the drawing into the middle of the window. */
	centerOn(point: { readonly x: number; readonly y: number }): void {
		const { width, height } = this.#view;
		const at = { x: width / 2, y: height / 2 };
		this.#scrollTo(
			scrollTo(point, at, { drawing: this.#drawing(), view: this.#view, scale: this.#scale })
		);
	}

	/** Moves as little as it takes to have a part in view. */
	reveal(rect: Rect): void {
		const { x, y, width, height } = this.#seen;
		const margin = REVEAL_MARGIN / this.#scale;
		const across = { start: rect.x, length: rect.width };
		const along = { start: rect.y, length: rect.height };
		this.panBy(
			revealShift(across, { start: x, length: width }, margin) * this.#scale,
			revealShift(along, { start: y, length: height }, margin) * this.#scale
		);
	}

	#middle() {
		return { x: this.#view.width / 2, y: this.#view.height / 2 };
	}

	#scrollTo({ left, top }: Scroll): void {
		if (this.#box === null) return;
		this.#box.scrollLeft = left;
		this.#box.scrollTop = top;
		this.readScroll();
	}
}
