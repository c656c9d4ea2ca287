/** What the worker knows of the page, as its messages arrive: the worker's side of the guards. */
export class PageLink {
	#visible = true;
	#timesHidden = 0;
	#drawings = 0;
	#waiting: (() => void)[] = [];

	get visible(): boolean {
		return this.#visible;
	}

	/** How often the page has been hidden: two equal readings mean that it was visible in between. */
	get timesHidden(): number {
		return this.#timesHidden;
	}

	/** How often the page has drawn. */
	get drawings(): number {
		return this.#drawings;
	}

	setVisible(visible: boolean): void {
		if (visible === this.#visible) return;
		this.#visible = visible;
		if (!visible) {
			this.#timesHidden++;
			return;
		}
		for (const resume of this.#waiting.splice(0)) resume();
	}

	drawn(): void {
		this.#drawings++;
	}

	/** Resolves when the page is visible, at once if it is. */
	async untilVisible(): Promise<void> {
		if (!this.#visible) await new Promise<void>((resolve) => this.#waiting.push(resolve));
	}
}
