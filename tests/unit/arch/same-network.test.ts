import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OPTIONS, sameNetwork } from '$lib/arch/design';
import { buildNetwork } from '$lib/arch/models/network';
import { arbitraryDesign } from './designs';

test('two designs are one network where they build the same tree, and only there', () => {
	fc.assert(
		fc.property(
			arbitraryDesign({ small: true }),
			fc.record({
				form: fc.constantFrom(...OPTIONS.form),
				branches: fc.constantFrom(...OPTIONS.branches),
				heads: fc.constantFrom(...OPTIONS.heads)
			}),
			(design, changes) => {
				const other = { ...design, ...changes };
				const same = JSON.stringify(buildNetwork(design)) === JSON.stringify(buildNetwork(other));
				expect(sameNetwork(design, other)).toBe(same);
				expect(sameNetwork(other, design)).toBe(same);
			}
		)
	);
});
