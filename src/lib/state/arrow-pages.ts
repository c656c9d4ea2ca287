/** What a page-turning key press may come from; a subset of `KeyboardEvent`. */
interface KeyPress {
	readonly key: string;
	readonly altKey: boolean;
	readonly ctrlKey: boolean;
	readonly metaKey: boolean;
	readonly shiftKey: boolean;
	readonly defaultPrevented: boolean;
	readonly target: EventTarget | null;
}

/** Parts of a page that use the arrow keys themselves. */
const OWN_ARROWS =
	'input, select, textarea, [contenteditable], [role="tree"], [role="treeitem"], [role="radiogroup"], [role="listbox"], [role="img"], [data-arrow-keys]';

/** Which way an arrow key turns the pages; null where the key belongs to something else. */
export function pageTurn(press: KeyPress): 'previous' | 'next' | null {
	if (press.defaultPrevented || press.altKey || press.ctrlKey || press.metaKey || press.shiftKey) {
		return null;
	}
	if (press.target instanceof Element && press.target.closest(OWN_ARROWS)) return null;
	if (press.key === 'ArrowLeft') return 'previous';
	if (press.key === 'ArrowRight') return 'next';
	return null;
}
