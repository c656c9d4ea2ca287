import * as v from 'valibot';
import type { PageHints } from './types';

const batterySchema = v.object({ charging: v.boolean(), level: v.number() });

const DEVICE_HINTS = ['platformVersion', 'architecture', 'model'] as const;

const deviceSchema = v.object({
	platform: v.string(),
	platformVersion: v.optional(v.string(), ''),
	architecture: v.optional(v.string(), ''),
	model: v.optional(v.string(), '')
});

/** Visibility, battery and device, as far as the browser tells. Never rejects. */
export async function readPageHints(
	page: Pick<Document, 'visibilityState'>,
	navigator: object
): Promise<PageHints> {
	const [battery, device] = await Promise.all([readBattery(navigator), readDevice(navigator)]);
	return { visible: page.visibilityState === 'visible', battery, device };
}

/** Chromium alone has it, and TypeScript does not know it. */
async function readBattery(navigator: object): Promise<PageHints['battery']> {
	try {
		if (!('getBattery' in navigator) || typeof navigator.getBattery !== 'function') return null;
		const battery = v.safeParse(batterySchema, await navigator.getBattery());
		return battery.success ? battery.output : null;
	} catch {
		return null;
	}
}

/** Chromium alone: what its user agent leaves out, such as the model of a phone. */
async function readDevice(navigator: object): Promise<PageHints['device']> {
	try {
		const hints: unknown = 'userAgentData' in navigator ? navigator.userAgentData : null;
		if (typeof hints !== 'object' || hints === null) return null;
		if (!('getHighEntropyValues' in hints) || typeof hints.getHighEntropyValues !== 'function') {
			return null;
		}
		const device = v.safeParse(deviceSchema, await hints.getHighEntropyValues([...DEVICE_HINTS]));
		return device.success ? device.output : null;
	} catch {
		return null;
	}
}
