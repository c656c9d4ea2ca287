import * as v from 'valibot';
import { profiledPricesSchema, type ProfiledPrices } from '../measure/sweep/profile-model';
import { availableStorage } from './storage';

const STORAGE_KEY = 'profiled-prices';

type Kept = Pick<Storage, 'getItem' | 'setItem'> | null;

/** The prices of the profile that was made last in this browser; null where there are none, or none that can be read. */
export function loadPrices(storage: Kept = availableStorage()): ProfiledPrices | null {
	try {
		const text = storage?.getItem(STORAGE_KEY);
		if (!text) return null;
		const { success, output } = v.safeParse(profiledPricesSchema, JSON.parse(text));
		return success ? output : null;
	} catch {
		// What is no JSON is no prices; a browser may also refuse to be asked.
		return null;
	}
}

/** Keeps them for the next visit, where the browser takes them: predictions of this one need no copy. */
export function savePrices(prices: ProfiledPrices, storage: Kept = availableStorage()): void {
	try {
		storage?.setItem(STORAGE_KEY, JSON.stringify(prices));
	} catch {
		// Full, or refused: the profile on screen is none the worse for it.
	}
}
