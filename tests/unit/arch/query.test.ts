import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BASELINE } from '$lib/arch/design';
import { NAMED_DESIGNS } from '$lib/arch/named-designs';
import { parseDesign, printDesign } from '$lib/arch/query';
import { arbitraryDesign } from './designs';

describe('a design as a query string', () => {
	it('comes back as it went, for any design', () => {
		fc.assert(
			fc.property(arbitraryDesign(), (design) => {
				expect(parseDesign(printDesign(design))).toEqual({ design, problems: [] });
			})
		);
	});

	it('leaves out what equals the baseline', () => {
		expect(printDesign(BASELINE)).toBe('v=1');
		expect(printDesign({ ...BASELINE, mixing: 'separated', widths: [48, 96, 192, 384] })).toBe(
			'v=1&mixing=separated&widths=48-96-192-384'
		);
	});

	it.each(NAMED_DESIGNS.map(({ name, design }) => ({ name, design })))(
		'$name is readable without escapes',
		({ design }) => {
			expect(printDesign(design)).toMatch(/^[a-z0-9=&.-]+$/i);
		}
	);
});

describe('a bad query string', () => {
	it('keeps what is valid and names the rest', () => {
		const { design, problems } = parseDesign(
			'mixing=separated&kernel=4&widths=48,96,192&depths=2-2-99-2&stem=early-conv&utm_source=x&classes=1e3'
		);
		expect(design).toEqual({ ...BASELINE, mixing: 'separated', stem: 'early-conv' });
		expect(problems.map(({ key, code }) => `${key}: ${code}`)).toEqual([
			'kernel: unknown-value',
			'widths: not-four-numbers',
			'depths: out-of-range',
			'utm_source: unknown-key',
			'classes: out-of-range'
		]);
		expect(problems[0]).toMatchObject({ value: '4', allowed: 'mobilenetv3, 3, 5, 7' });
	});

	it('names repeated keys and foreign versions, and takes the first value', () => {
		const { design, problems } = parseDesign('v=7&stem=patchify&stem=early-conv');
		expect(design.stem).toBe('patchify');
		expect(problems.map(({ code }) => code)).toEqual(['unknown-version', 'repeated']);
	});

	it('passes over the keys of the page', () => {
		expect(parseDesign('seed=3&se=none', new Set(['seed'])).problems).toEqual([]);
	});

	it('never throws, and what it gives is a design that prints and parses', () => {
		fc.assert(
			fc.property(fc.string(), fc.array(fc.tuple(fc.string(), fc.string())), (raw, pairs) => {
				for (const query of [raw, new URLSearchParams(pairs)]) {
					const { design } = parseDesign(query);
					expect(parseDesign(printDesign(design)).design).toEqual(design);
				}
			})
		);
	});

	it.each(['__proto__=x', 'constructor=y', 'toString=1', 'hasOwnProperty='])('%s', (query) => {
		expect(parseDesign(query)).toMatchObject({
			design: BASELINE,
			problems: [{ code: 'unknown-key' }]
		});
	});
});
