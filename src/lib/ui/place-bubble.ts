/** Pixels kept free at the window's sides. */
const EDGE = 8;

/**
 * Puts an open popover below what it explains, or above it at the window's foot: beside it, it would
 * hide the words around. The popover is `position: fixed` without insets.
 */
export function placeBubble(bubble: HTMLElement, anchor: DOMRect): void {
	const { offsetWidth: width, offsetHeight: height } = bubble;
	const { clientWidth, clientHeight } = document.documentElement;
	const rightmost = clientWidth - EDGE - width;
	const centred = anchor.left + anchor.width / 2 - width / 2;
	const fitsBelow = anchor.bottom + height <= clientHeight - EDGE;
	bubble.style.left = `${Math.max(EDGE, Math.min(centred, rightmost))}px`;
	bubble.style.top = `${fitsBelow ? anchor.bottom : anchor.top - height}px`;
}
