import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { BASELINE } from '$lib/arch/design';
import { designSchema } from '$lib/measure/design-schema';
import { arbitraryDesign } from '../arch/designs';

describe('a design that crosses a border', () => {
	it('arrives as it left', () => {
		fc.assert(
			fc.property(arbitraryDesign(), (design) => {
				expect(v.parse(designSchema, JSON.parse(JSON.stringify(design)))).toEqual(design);
			})
		);
	});

	it('is a deploy form where it comes from an export that knew no other', () => {
		const since = new Set(['form', 'branches', 'heads']);
		const old = Object.fromEntries(Object.entries(BASELINE).filter(([key]) => !since.has(key)));
		expect(v.parse(designSchema, old)).toEqual(BASELINE);
	});

	it.each([{ form: 'fused' }, { branches: 'none' }, { heads: 3 }, { heads: '2' }])(
		'is refused with %o',
		(wrong) => {
			expect(v.safeParse(designSchema, { ...BASELINE, ...wrong }).success).toBe(false);
		}
	);
});
