import { describe, expect, it } from 'vitest';
import { BASELINE } from '$lib/arch/design';
import { findNamedDesign } from '$lib/arch/named-designs';
import { ROADMAP } from '$lib/arch/roadmap';
import { compareSearch, ComparedPair } from '$lib/state/compared-pair.svelte';

function read(search: string): ComparedPair {
	const pair = new ComparedPair();
	pair.read(new URLSearchParams(search), null);
	return pair;
}

describe('the two networks of a comparison', () => {
	it('are the start and the end of the roadmap where nothing is asked for', () => {
		const { a, b, problems } = read('');
		expect([a.name, b.name, problems]).toEqual(['step0', 'step8', []]);
	});

	it('are taken by name, in either form, or spelt out', () => {
		const { a, b } = read(`?a=repvit-m1.1_training&b=${encodeURIComponent('(v=1&kernel=7)')}`);
		expect(a.design).toEqual(findNamedDesign('repvit-m1.1_training')!.design);
		expect(b).toEqual({ name: null, design: { ...BASELINE, kernel: 7 } });
	});

	it('come back from the address they are printed to', () => {
		const own = { ...ROADMAP[4]!.design, resolution: 256 };
		const pair = read(compareSearch(own, ROADMAP[6]!.design));
		expect(pair.a.design).toEqual(own);
		expect(pair.b.name).toBe('step6');
		const again = read(new URLSearchParams(pair.entries.map((entry) => [...entry])).toString());
		expect([again.a, again.b]).toEqual([pair.a, pair.b]);
	});

	it('name what could not be taken, and keep the other side', () => {
		const { a, b, problems } = read('?a=step12&b=step6');
		expect([a.name, b.name]).toEqual(['step0', 'step6']);
		expect(problems).toEqual([{ side: 'a', unknown: ['step12'], isClosed: false, choices: [] }]);
		expect(read('?b=checkpoint').problems).toMatchObject([{ side: 'b', isClosed: true }]);
		const wrong = read(`?a=${encodeURIComponent('(kernel=4&se=none)')}`);
		expect(wrong.a.design).toEqual({ ...BASELINE, se: 'none' });
		expect(wrong.problems).toMatchObject([{ side: 'a', choices: [{ key: 'kernel', value: '4' }] }]);
	});

	it('change places, problems and all, and a new pick settles what was wrong', () => {
		const pair = read('?a=step12&b=step6');
		pair.swap();
		expect([pair.a.name, pair.b.name]).toEqual(['step6', 'step0']);
		expect(pair.problems.map(({ side }) => side)).toEqual(['b']);
		pair.pick('b', pair.a);
		expect(pair.b.name).toBe('step6');
		expect(pair.problems).toEqual([]);
	});
});
