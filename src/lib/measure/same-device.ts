import { readUserAgent } from './share/user-agent';
import type { Conditions } from './types';

/** What a browser tells of the device it is on. */
export type DeviceTraits = Pick<Conditions, 'userAgent' | 'logicalCores'>;

/** Of the browser that this is. */
export function thisDevice(): DeviceTraits {
	const { userAgent, hardwareConcurrency } = navigator;
	return { userAgent, logicalCores: hardwareConcurrency > 0 ? hardwareConcurrency : null };
}

/**
 * Whether two sets of traits may be of one device: kind of browser, system and cores agree. Versions do
 * not count, since browsers are updated. Two devices of one make can't be told apart.
 */
export function mayBeSameDevice(a: DeviceTraits, b: DeviceTraits): boolean {
	const [one, other] = [readUserAgent(a.userAgent), readUserAgent(b.userAgent)];
	return (
		kindOf(one.browser) === kindOf(other.browser) &&
		one.system === other.system &&
		a.logicalCores === b.logicalCores
	);
}

/** `Chrome` of `Chrome 156`. */
function kindOf(browser: string | null): string | null {
	return browser?.replace(/ \d+$/, '') ?? null;
}
