/** What a guard against two runs at once needs of the browser's lock manager. */
export interface LockSource {
	request(
		name: string,
		options: { readonly signal: AbortSignal },
		whileHeld: () => Promise<void>
	): Promise<unknown>;
}

/** One for all tabs of this site: two runs at once would measure each other. */
const LOCK_NAME = 'repvit-explorer/measure';

/** A turn that has not come by then is somebody else's, and the visitor is told. */
const TURN_NOTICE_MS = 200;

/** What a turn needs of the browser. */
interface TurnEnvironment {
	readonly locks?: LockSource | undefined;
	readonly every: (ms: number, callback: () => void) => () => void;
}

/**
 * Waits for the turn of this tab (METHODOLOGY 5.3), and keeps it. Where the browser has no locks or
 * refuses them the turn comes at once: a run without this guard is better than none.
 * @param hooks `onTurn`: called once; at once without locks, else in a later task. `onWait`: called once
 * before it, where another tab has the turn
 * @returns gives the turn back, or stops waiting for it
 */
export function takeTurn(
	{ locks, every }: TurnEnvironment,
	{ onTurn, onWait }: { readonly onTurn: () => void; readonly onWait: () => void }
): () => void {
	if (!locks) {
		onTurn();
		return () => {};
	}
	const stopTimer = every(TURN_NOTICE_MS, () => {
		stopTimer();
		onWait();
	});
	const begin = () => {
		stopTimer();
		onTurn();
	};
	const waiting = new AbortController();
	let giveBack: () => void = () => {};
	const held = new Promise<void>((resolve) => (giveBack = resolve));
	locks
		.request(LOCK_NAME, { signal: waiting.signal }, () => {
			begin();
			return held;
		})
		.catch(() => {
			if (!waiting.signal.aborted) begin();
		});
	return () => {
		stopTimer();
		giveBack();
		waiting.abort();
	};
}
