/** A design, and the panel or chart in which the visitor points at it. */
export interface Spot {
	readonly id: string;
	readonly place: string;
}

/**
 * The design that is pointed at, shared by whatever shows the same designs: pointing in one panel
 * lights the design up in the others. The pointer goes before the keyboard's focus, which goes
 * before what was pinned by a touch or a click.
 */
export class Highlight {
	#hovered = $state<Spot | null>(null);
	#focused = $state<Spot | null>(null);
	#pinned = $state<Spot | null>(null);
	readonly #active = $derived(this.#hovered ?? this.#focused ?? this.#pinned);

	get active(): Spot | null {
		return this.#active;
	}

	isActive(id: string): boolean {
		return this.#active?.id === id;
	}

	hover(spot: Spot | null): void {
		if (spot?.id !== this.#hovered?.id || spot?.place !== this.#hovered?.place) {
			this.#hovered = spot;
		}
	}

	focus(spot: Spot | null): void {
		this.#focused = spot;
	}

	/** Pins a spot, or lets it go when it was pinned already. */
	toggle(spot: Spot): void {
		const same = this.#pinned?.id === spot.id && this.#pinned.place === spot.place;
		this.#pinned = same ? null : spot;
	}

	clear(): void {
		this.#hovered = null;
		this.#focused = null;
		this.#pinned = null;
	}
}
