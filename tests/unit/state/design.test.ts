import { describe, expect, it } from 'vitest';
import { BASELINE } from '$lib/arch/design';
import { DesignState } from '$lib/state/design.svelte';

describe('the design on screen', () => {
	it('follows each choice in tree, totals and address', () => {
		const state = new DesignState();
		expect(state.design).toEqual(BASELINE);
		const { params } = state.analysis.total;
		state.set('classifier', 'simple');
		expect(state.analysis.total.params).toBeLessThan(params);
		expect(state.query).toBe('v=1&classifier=simple');
	});

	it('leaves a bad address standing until something is changed', () => {
		const state = new DesignState();
		state.readQuery('mixing=bogus&kernel=5');
		expect(state.design).toEqual({ ...BASELINE, kernel: 5 });
		expect(state.ownsAddress).toBe(false);
		state.set('mixing', 'separated');
		expect(state.ownsAddress).toBe(true);
		expect(state.problems).toHaveLength(1);
		expect(state.query).toBe('v=1&mixing=separated&kernel=5');
	});

	it('is read anew, and forgets what was', () => {
		const state = new DesignState();
		state.readQuery('kernel=8');
		state.set('kernel', 7);
		state.readQuery('');
		expect(state.design).toEqual(BASELINE);
		expect(state.problems).toEqual([]);
	});

	it('lets a design that is too large be made smaller, and no larger', () => {
		const state = new DesignState();
		state.readQuery('expansion=4&widths=640-640-640-640&depths=40-40-40-40');
		expect(state.illegality).toMatchObject({ code: 'too-many-params' });
		expect(state.illegalityOfOption('expansion', 2)).toBeUndefined();
		expect(state.illegalityOfOption('expansion', 6)).toBeDefined();
		expect(state.illegalityWith('depths', [40, 40, 20, 40])).toBeUndefined();
		expect(state.illegalityWith('classes', 20_000)).toBeDefined();
	});
});
