/** Private windows and strict settings may refuse storage by throwing. */
export function availableStorage(): Storage | null {
	try {
		return window.localStorage;
	} catch {
		return null;
	}
}
