import type { Session } from './backend';
import type { Clock } from './clock';
import type { PageLink } from './page-link';
import { PROTOCOL } from './protocol';

/**
 * Time for the page to analyse and draw, between two rounds (METHODOLOGY 8.1). Nothing is timed in it,
 * but a session runs on: standing still would let the processor's clock fall.
 */
export class DrawingWindow {
	readonly #clock: Clock;
	readonly #page: PageLink;
	readonly #yieldToMessages: () => Promise<void>;
	#lastEnd = -Infinity;
	#lastMs = 0;

	constructor(deps: {
		readonly clock: Clock;
		readonly page: PageLink;
		readonly yieldToMessages: () => Promise<void>;
	}) {
		this.#clock = deps.clock;
		this.#page = deps.page;
		this.#yieldToMessages = deps.yieldToMessages;
	}

	/**
	 * Whether the page may draw now: it is seen, and has not drawn for a while, which is longer where a
	 * drawing takes longer.
	 */
	isDue(): boolean {
		const { drawEveryMs, drawShare } = PROTOCOL.page;
		const rest = Math.max(drawEveryMs, this.#lastMs / drawShare);
		return this.#page.visible && this.#clock() - this.#lastEnd >= rest;
	}

	/**
	 * Runs until the page has drawn, or its time is up.
	 * @param tell asks the page to draw
	 * @throws what the session throws
	 */
	async open(session: Session, tell: () => void): Promise<void> {
		const drawings = this.#page.drawings;
		const start = this.#clock();
		tell();
		while (this.#page.drawings === drawings && this.#clock() - start < PROTOCOL.page.drawMaxMs) {
			await session.run();
			await this.#yieldToMessages();
		}
		this.#lastEnd = this.#clock();
		this.#lastMs = this.#lastEnd - start;
	}
}
