import * as v from 'valibot';
import type { PageHints } from './types';

const batterySchema = v.object({ charging: v.boolean(), level: v.number() });

/** Visibility and battery, as far as the browser tells. Never rejects. */
export async function readPageHints(
	page: Pick<Document, 'visibilityState'>,
	navigator: object
): Promise<PageHints> {
	return { visible: page.visibilityState === 'visible', battery: await readBattery(navigator) };
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
