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
export const TURN_NOTICE_MS = 200;

/**
 * Waits for the turn of this tab (METHODOLOGY 5.3), and keeps it. Where the browser refuses locks the
 * turn comes at once: a run without this guard is better than none.
 * @param onTurn called once, in a later task
 * @returns gives the turn back, or stops waiting for it
 */
export function takeTurn(locks: LockSource, onTurn: () => void): () => void {
	const waiting = new AbortController();
	let giveBack: () => void = () => {};
	const held = new Promise<void>((resolve) => (giveBack = resolve));
	locks
		.request(LOCK_NAME, { signal: waiting.signal }, () => {
			onTurn();
			return held;
		})
		.catch(() => {
			if (!waiting.signal.aborted) onTurn();
		});
	return () => {
		giveBack();
		waiting.abort();
	};
}
