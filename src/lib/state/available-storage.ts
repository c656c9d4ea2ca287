/** This device's storage; null where it is refused: private windows and strict settings throw. */
export function availableStorage(): Storage | null {
	try {
		return window.localStorage;
	} catch {
		return null;
	}
}
