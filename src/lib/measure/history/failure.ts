/**
 * Why nothing can be kept, or read:
 *
 * - `absent`: this browser has no IndexedDB
 * - `denied`: it has, and refuses it here: private windows and strict settings
 * - `full`: the disk or the origin's share of it is used up
 * - `blocked`: another tab holds an older form of the history open
 * - `newer`: a newer version of this site has written the history
 * - `failed`: anything else
 */
export interface HistoryFailure {
	readonly code: 'absent' | 'denied' | 'full' | 'blocked' | 'newer' | 'failed';
	/** The browser's own words: for a report, not for a sentence. */
	readonly detail: string;
}

/** By the name of the exception, as browsers throw them from IndexedDB. */
const CODES: Readonly<Record<string, HistoryFailure['code']>> = {
	QuotaExceededError: 'full',
	NS_ERROR_FILE_NO_DEVICE_SPACE: 'full',
	VersionError: 'newer',
	SecurityError: 'denied',
	NotAllowedError: 'denied',
	// Firefox in a private window.
	InvalidStateError: 'denied',
	MissingAPIError: 'absent'
};

/** What an exception of the storage means. */
export function failureOf(error: unknown): HistoryFailure {
	const { name, message } = error instanceof Error ? error : new Error(String(error));
	return { code: CODES[name] ?? 'failed', detail: `${name}: ${message}` };
}
