/**
 * Keeps the keyboard's place: where the control that has the focus goes away, or is switched off, the
 * focus goes to the nearest thing around it that is still there, and Tab goes on from it. Whoever gives
 * the focus a better place is left to it.
 * @param root what is looked after
 * @returns ends it
 */
export function keepFocus(root: HTMLElement): () => void {
	/** What had the focus last, and all around it. */
	let path: readonly HTMLElement[] = [];
	let isPending = false;

	const isLost = ([focused]: readonly HTMLElement[]) =>
		focused !== undefined &&
		(!focused.isConnected || focused.matches(':disabled')) &&
		(document.activeElement === document.body || document.activeElement === focused);

	function remember({ target }: FocusEvent): void {
		path = target instanceof HTMLElement ? [target, ...around(target, root)] : [];
	}

	/** Who clicks beside everything has left the place. */
	function leave({ relatedTarget }: FocusEvent): void {
		if (relatedTarget !== null) return;
		queueMicrotask(() => {
			if (!isLost(path)) path = [];
		});
	}

	function look(): void {
		if (isPending || !isLost(path)) return;
		isPending = true;
		// Browsers take the focus from what is disabled only after the next frame is drawn.
		requestAnimationFrame(() =>
			requestAnimationFrame(() => {
				isPending = false;
				if (!isLost(path)) return;
				const holder = path.slice(1).find((each) => each.isConnected);
				path = [];
				if (holder) hold(holder);
			})
		);
	}

	const observer = new MutationObserver(look);
	observer.observe(root, { childList: true, subtree: true, attributeFilter: ['disabled'] });
	root.addEventListener('focusin', remember);
	root.addEventListener('focusout', leave);
	return () => {
		observer.disconnect();
		root.removeEventListener('focusin', remember);
		root.removeEventListener('focusout', leave);
	};
}

function around(element: HTMLElement, root: HTMLElement): HTMLElement[] {
	const found: HTMLElement[] = [];
	for (let each = element.parentElement; each; each = each.parentElement) {
		found.push(each);
		if (each === root) break;
	}
	return found;
}

/** Focuses what is no control, for as long as the focus stays there. */
function hold(element: HTMLElement): void {
	if (!element.hasAttribute('tabindex')) {
		element.tabIndex = -1;
		element.addEventListener('blur', () => element.removeAttribute('tabindex'), { once: true });
	}
	element.focus({ preventScroll: true });
}
