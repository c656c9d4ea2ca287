import { expect, test } from 'vitest';
import { mayBeSameDevice, type DeviceTraits } from '$lib/measure/same-device';

const chrome = (version: number, system: string) =>
	`Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36`;
const LINUX = 'X11; Linux x86_64';
const here: DeviceTraits = { userAgent: chrome(156, LINUX), logicalCores: 8 };

test('an updated browser is on the same device', () => {
	expect(mayBeSameDevice(here, here)).toBe(true);
	expect(mayBeSameDevice({ ...here, userAgent: chrome(160, LINUX) }, here)).toBe(true);
});

test.each<[string, Partial<DeviceTraits>]>([
	['another system', { userAgent: chrome(156, 'Linux; Android 16; Pixel 10') }],
	['another browser', { userAgent: chrome(156, LINUX).replace('Safari/', 'Edg/156 Safari/') }],
	['other cores', { logicalCores: 4 }],
	['cores that are not told', { logicalCores: null }]
])('%s is another device', (_, change) => {
	expect(mayBeSameDevice({ ...here, ...change }, here)).toBe(false);
});
