import { keyAction, siblingPlaces, type SiblingPlace } from './keyboard';
import type { Part } from './layout/types';

/** What a walk needs of the drawing that it is on. Functions, so that it follows what changes. */
export interface WalkHost {
	readonly parts: () => readonly Part[];
	readonly open: () => ReadonlySet<string>;
	readonly setOpen: (open: ReadonlySet<string>) => void;
	readonly selected: () => string | null;
	readonly select: (path: string) => void;
	/** Puts the focus on a part, which may have to be brought into view first. */
	readonly focus: (path: string) => void;
	/** Shows all about a part; left out where there is no place for that. */
	readonly about: () => ((path: string) => void) | undefined;
}

/**
 * How one gets about in a drawing or a list of parts, by keys or by mouse: the same everywhere. One
 * part is in the tab order and the arrow keys move on from it. Where there is a place to tell about
 * parts, a click and Enter go there, and Space, a double click and the sign open and close; elsewhere
 * any of them opens and closes.
 */
export class PartsWalk {
	readonly #host: WalkHost;

	readonly #places = $derived.by(() => siblingPlaces(this.#host.parts()));
	readonly #tabStop = $derived.by(() => {
		const parts = this.#host.parts();
		const selected = this.#host.selected();
		return parts.some(({ path }) => path === selected) ? selected : (parts[0]?.path ?? null);
	});

	constructor(host: WalkHost) {
		this.#host = host;
	}

	/** The part that Tab leads to. */
	get tabStop(): string | null {
		return this.#tabStop;
	}

	placeOf(path: string): SiblingPlace | undefined {
		return this.#places.get(path);
	}

	toggle(path: string): void {
		const next = new Set(this.#host.open());
		if (!next.delete(path)) next.add(path);
		this.#host.setOpen(next);
		this.#host.select(path);
	}

	/** A click on a part. */
	press(part: Part): void {
		this.#host.select(part.path);
		const about = this.#host.about();
		if (about) about(part.path);
		else if (isOpenable(part)) this.toggle(part.path);
	}

	/** A double click; the first of the two has told about it already. */
	pressTwice(part: Part): void {
		if (this.#host.about() && isOpenable(part)) this.toggle(part.path);
	}

	key(event: KeyboardEvent, path: string): void {
		if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
		const about = this.#host.about();
		if (event.key === 'Enter' && about) {
			event.preventDefault();
			about(path);
			return;
		}
		const action = keyAction(event.key, path, this.#host.parts());
		if (action === null) return;
		event.preventDefault();
		if (action.type === 'toggle') this.toggle(action.path);
		else this.#host.focus(action.path);
	}
}

/** Whether there is an inside to show or to hide. */
export function isOpenable(part: Part): boolean {
	return part.kind === 'frame' || part.openable;
}
