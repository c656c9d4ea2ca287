import { describe, expect, it } from 'vitest';
import { landedSearch } from '$lib/state/landed-search';

const to = { url: new URL('https://host/design/?v=1') };
const address = { search: '?v=1&kernel=5' };

describe('where a navigation ended', () => {
	it.each(['enter', 'link', 'goto'])(
		'is where a %s led, whatever the address bar holds',
		(type) => {
			expect(landedSearch({ type, to }, address)).toBe('?v=1');
			expect(landedSearch({ type, to: null }, address)).toBe('');
		}
	);

	it('is what the page itself had written, on the way back', () => {
		expect(landedSearch({ type: 'popstate', to }, address)).toBe('?v=1&kernel=5');
	});
});
