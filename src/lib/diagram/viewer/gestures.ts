import type { Viewport } from './viewport.svelte';

/** How much one pixel of the wheel changes the scale, as an exponent. */
const WHEEL_RATE = 0.0025;
/** A pointer must move this far, in px, before a press becomes a drag: until then it is a click. */
const DRAG_THRESHOLD = 5;
/** Its bit in `PointerEvent.buttons`. */
const PRIMARY_BUTTON = 1;

/**
 * What hands do to a drawing: the wheel with Ctrl (which is what a pinch on a touchpad sends) and two
 * fingers zoom, a mouse drags it along. Scrolling is left to the browser. Returns its own clean-up.
 */
export function listenToGestures(box: HTMLElement, viewport: Viewport): () => void {
	const controller = new AbortController();
	const { signal } = controller;
	const at = ({ clientX, clientY }: { clientX: number; clientY: number }) => {
		const { left, top } = box.getBoundingClientRect();
		return { x: clientX - left, y: clientY - top };
	};

	box.addEventListener(
		'wheel',
		(event) => {
			if (!event.ctrlKey && !event.metaKey) return;
			event.preventDefault();
			const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
			viewport.zoomBy(Math.exp(-event.deltaY * pixels * WHEEL_RATE), at(event));
		},
		{ passive: false, signal }
	);

	let spread = 0;
	box.addEventListener(
		'touchmove',
		(event) => {
			const [first, second] = event.touches;
			if (first === undefined || second === undefined) return;
			event.preventDefault();
			const now = Math.hypot(second.clientX - first.clientX, second.clientY - first.clientY);
			const middle = {
				clientX: (first.clientX + second.clientX) / 2,
				clientY: (first.clientY + second.clientY) / 2
			};
			if (spread > 0) viewport.zoomBy(now / spread, at(middle));
			spread = now;
		},
		{ passive: false, signal }
	);
	for (const end of ['touchend', 'touchcancel'] as const) {
		box.addEventListener(end, () => (spread = 0), { passive: true, signal });
	}

	listenToDrag(box, viewport, signal);
	return () => controller.abort();
}

/** A mouse that is pressed and moved takes the drawing with it; the click at the end is swallowed. */
function listenToDrag(box: HTMLElement, viewport: Viewport, signal: AbortSignal): void {
	let last: { x: number; y: number } | null = null;
	let isDragging = false;
	const release = () => {
		last = null;
		delete box.dataset.dragging;
	};
	box.addEventListener(
		'pointerdown',
		({ pointerType, button, clientX, clientY }) => {
			if (pointerType !== 'mouse' || button !== 0) return;
			last = { x: clientX, y: clientY };
			isDragging = false;
		},
		{ signal }
	);
	box.addEventListener(
		'pointermove',
		(event) => {
			if (last === null) return;
			// Before a press is a drag it is not captured: it may have ended where nobody told.
			if ((event.buttons & PRIMARY_BUTTON) === 0) {
				release();
				return;
			}
			const [dx, dy] = [event.clientX - last.x, event.clientY - last.y];
			if (!isDragging && Math.hypot(dx, dy) < DRAG_THRESHOLD) return;
			if (!isDragging) box.setPointerCapture(event.pointerId);
			isDragging = true;
			box.dataset.dragging = '';
			viewport.panBy(-dx, -dy);
			last = { x: event.clientX, y: event.clientY };
		},
		{ signal }
	);
	for (const end of ['pointerup', 'pointercancel'] as const) {
		box.addEventListener(end, release, { signal });
	}
	box.addEventListener(
		'click',
		(event) => {
			if (isDragging) event.stopPropagation();
			isDragging = false;
		},
		{ capture: true, signal }
	);
}
