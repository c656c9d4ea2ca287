import { groupBy } from '../arch/group-by';
import type { Part } from './layout/types';

/** What a key does in the diagram: move to a part, open or close one, or nothing. */
export type KeyAction =
	| { readonly type: 'focus'; readonly path: string }
	| { readonly type: 'toggle'; readonly path: string }
	| null;

/**
 * The keys of a tree (ARIA Authoring Practices): down and up walk what is visible, right opens or
 * goes in, left closes or goes out, Enter and Space toggle, Home and End go to the ends.
 */
export function keyAction(key: string, path: string, parts: readonly Part[]): KeyAction {
	const index = parts.findIndex((part) => part.path === path);
	const part = parts[index];
	if (part === undefined) return null;
	const isOpen = part.kind === 'frame';
	const toggle: KeyAction = { type: 'toggle', path };
	switch (key) {
		case 'ArrowDown':
			return focusOn(parts[index + 1]?.path);
		case 'ArrowUp':
			return focusOn(parts[index - 1]?.path);
		case 'ArrowRight':
			if (isOpen) return focusOn(parts[index + 1]?.path);
			return part.openable ? toggle : null;
		case 'ArrowLeft':
			// A folded run in a frame is closed already: a toggle would unfold it.
			return isOpen && !part.repeat?.isFolded ? toggle : focusOn(part.parent);
		case 'Enter':
		case ' ':
			return isOpen || part.openable ? toggle : null;
		case 'Home':
			return focusOn(parts[0]?.path);
		case 'End':
			return focusOn(parts.at(-1)?.path);
		default:
			return null;
	}
}

function focusOn(path: string | null | undefined): KeyAction {
	return path == null ? null : { type: 'focus', path };
}

/** A part's place among its siblings, from 1, for `aria-posinset` and `aria-setsize`. */
export interface SiblingPlace {
	readonly position: number;
	readonly count: number;
}

export function siblingPlaces(parts: readonly Part[]): ReadonlyMap<string, SiblingPlace> {
	const places = new Map<string, SiblingPlace>();
	for (const siblings of groupBy(parts, (part) => part.parent).values()) {
		siblings.forEach((part, index) =>
			places.set(part.path, { position: index + 1, count: siblings.length })
		);
	}
	return places;
}
