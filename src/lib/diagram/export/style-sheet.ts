/** Gives each look a class, named after what first has it: `.flank`, `.flank-2`. */
export class StyleSheet {
	readonly #names = new Map<string, string>();
	readonly #taken = new Set<string>();

	/** Class of an element with these declarations; undefined where there are none. */
	classOf(element: Element, declarations: string): string | undefined {
		if (declarations === '') return undefined;
		const known = this.#names.get(declarations);
		if (known !== undefined) return known;
		const name = this.#freeName(meaningOf(element));
		this.#names.set(declarations, name);
		this.#taken.add(name);
		return name;
	}

	/** A rule a line. */
	get rules(): readonly string[] {
		return [...this.#names].map(([declarations, name]) => `.${name}{${declarations}}`);
	}

	#freeName(meaning: string): string {
		let name = meaning;
		for (let number = 2; this.#taken.has(name); number++) name = `${meaning}-${number}`;
		return name;
	}
}

/** The last word of its class, which is the particular one; the words that scope styles are no names. */
function meaningOf(element: Element): string {
	const words = [...element.classList].filter((word) => !word.startsWith('svelte-'));
	return words.at(-1) ?? element.localName;
}
