import type { Clock } from './clock';
import type { WorkerEvent } from './events';
import { PROTOCOL } from './protocol';

/** What a run tells the page, and when: nothing that the page would draw while a round is timed. */
export class Outbox {
	readonly #post: (event: WorkerEvent) => void;
	readonly #clock: Clock;
	#lastPost = -Infinity;
	/** What is told of candidates when the round is over; null between rounds. */
	#untold: WorkerEvent[] | null = null;

	constructor(deps: { readonly post: (event: WorkerEvent) => void; readonly clock: Clock }) {
		this.#post = deps.post;
		this.#clock = deps.clock;
	}

	tell(event: WorkerEvent): void {
		if (this.#untold && event.type === 'candidate') {
			this.#untold.push(event);
			return;
		}
		this.#lastPost = this.#clock();
		this.#post(event);
	}

	/** Tells the page that this worker lives, at most once a second and never while a run is timed. */
	heartbeat(id: string): void {
		if (this.#clock() - this.#lastPost >= PROTOCOL.page.heartbeatMs) {
			this.tell({ type: 'heartbeat', id });
		}
	}

	/** The page draws what it is told of candidates: that waits until nothing is timed (METHODOLOGY 8.1). */
	async holdDuring<T>(timed: () => Promise<T>): Promise<T> {
		const untold: WorkerEvent[] = [];
		this.#untold = untold;
		try {
			return await timed();
		} finally {
			this.#untold = null;
			for (const event of untold) this.tell(event);
		}
	}
}
