import { describe, expect, it } from 'vitest';
import { findNamedDesign } from '$lib/arch/named-designs';
import { readSetup } from '$lib/state/measure-address';
import { DEFAULT_OPTIONS } from '$lib/measure/protocol';
import { estimateRunSeconds, runObstacle } from '$lib/state/measure-size';
import { MeasureSetup } from '$lib/state/measure-setup.svelte';
import type { Selected } from '$lib/state/selection';

const setupFrom = (search: string, logicalCores = 4) => {
	const setup = new MeasureSetup({
		labelOf: ({ name }, number) => name ?? `own ${number}`,
		isolated: true,
		logicalCores
	});
	setup.readQuery(new URLSearchParams(search));
	return setup;
};

const select = (...names: string[]): Selected[] =>
	names.map((name) => ({ name, design: findNamedDesign(name)!.design }));

describe('the address of a setup', () => {
	it.each([
		'?designs=step0%2Cstep8',
		'?designs=step0%2Cstep8&reference=2&threads=3&precision=5&seed=9&samples=12',
		'?designs=step8%2Cstep8_training%2Crepvit-m1.1_training_2-heads',
		'?designs='
	])('%s comes back as it went', (search) => {
		const setup = setupFrom(search);
		expect(setup.problems).toEqual([]);
		expect(setup.search).toBe(search);
	});

	it('is the whole roadmap where nothing is said, and nothing where nothing is chosen', () => {
		expect(setupFrom('').selected).toHaveLength(9);
		expect(setupFrom('?designs=').obstacle).toEqual({ code: 'nothing-chosen' });
	});

	it('names what it does not take, and leaves it standing until something is changed', () => {
		const setup = setupFrom('?designs=step1,vgg&threads=99&samples=1&precision=3&evil=1');
		expect(setup.problems.map(({ code, key }) => `${key}: ${code}`)).toEqual([
			'designs: unknown-design',
			'precision: bad-number',
			'evil: unknown-key',
			'threads: bad-number',
			'samples: bad-number'
		]);
		expect(setup.ownsAddress).toBe(false);
		setup.toggle('step2');
		expect(setup.ownsAddress).toBe(true);
		expect(setup.search).toBe('?designs=step1%2Cstep2');
	});

	it('never throws on numbers out of range', () => {
		const { setup } = readSetup(new URLSearchParams('reference=-1&seed=1e99&samples=NaN'), 2);
		expect(setup).toMatchObject({ referenceIndex: 0, rounds: null });
	});
});

describe('the reference', () => {
	it('stays the network that was picked while others come and go', () => {
		const setup = setupFrom('?designs=step0,step2,step4');
		setup.referenceIndex = 1;
		setup.toggle('step0');
		expect(setup.options().referenceId).toBe('step2');
		setup.toggle('step1');
		expect(setup.options().referenceId).toBe('step2');
		setup.toggle('step2');
		expect(setup.options().referenceId).toBe('step1');
	});
});

describe('the options of a run', () => {
	it('compare each step with the one before it, wherever the two stand', () => {
		const { extraPairs } = setupFrom('?designs=step0,repvit-m0.9,step1,step3').options();
		expect(extraPairs).toEqual([{ a: 'step1', b: 'step0' }]);
	});

	it('take a fixed number of rounds in place of the stop rule', () => {
		expect(setupFrom('?designs=step0&samples=7').options()).toMatchObject({
			minRounds: 7,
			maxRounds: 7,
			minMeasuringMs: 0
		});
	});
});

describe('both forms of a network', () => {
	it.each([
		['forms-roadmap', 8, 'step8'],
		['forms-family', 6, 'repvit-m0.9']
	] as const)(
		'%s: each training form is compared with its own deploy form',
		(preset, count, base) => {
			const setup = setupFrom('');
			setup.choosePreset(preset);
			expect(setup.obstacle).toBeNull();
			expect(setup.selected).toHaveLength(2 * count);
			const { candidates, extraPairs = [], referenceId } = setup.options();
			expect(referenceId).toBe(base);
			const forms = extraPairs.filter(({ a, b }) => a === `${b}_training`);
			expect(forms).toHaveLength(count);
			// As few comparisons as can be: each one more widens all intervals.
			const ids = candidates.map(({ id }) => id);
			for (const { a, b } of forms) expect(ids.indexOf(a)).toBe(ids.indexOf(b) + 1);
			expect(setupFrom(setup.search).selected).toEqual(setup.selected);
		}
	);

	it('stand together in the order of the lists, however they are chosen', () => {
		const setup = setupFrom('?designs=step8');
		for (const name of ['step3_training', 'step8_training', 'step3']) setup.toggle(name);
		expect(setup.selected.map(({ name }) => name)).toEqual([
			'step3',
			'step3_training',
			'step8',
			'step8_training'
		]);
		setup.toggle('step3_training');
		expect(setup.isChosen('step3_training')).toBe(false);
		expect(setup.isChosen('step3')).toBe(true);
	});

	it('give the reference back to the first network with another preset', () => {
		const setup = setupFrom('');
		setup.choosePreset('forms-family');
		setup.choosePreset('ends');
		expect(setup.options().referenceId).toBe('step0');
	});
});

describe('what can be run', () => {
	it('is refused with the figure: too many, too heavy, too large', () => {
		expect(runObstacle(Array.from({ length: 33 }, () => select('step1')[0]!))).toMatchObject({
			code: 'too-many',
			count: 33
		});
		expect(runObstacle(Array.from({ length: 20 }, () => select('repvit-m2.3')[0]!))).toMatchObject({
			code: 'too-heavy'
		});
		const huge = {
			name: null,
			design: {
				...select('step8')[0]!.design,
				widths: [640, 640, 640, 640],
				depths: [40, 40, 40, 40]
			}
		} as const;
		expect(runObstacle([...select('step0'), huge])).toEqual({ code: 'too-large', index: 1 });
		expect(runObstacle(select('step0', 'repvit-m2.3'))).toBeNull();
	});

	it('takes longer for larger networks and more rounds', () => {
		const small = estimateRunSeconds(select('step1'), null);
		expect(estimateRunSeconds(select('repvit-m2.3'), null)).toBeGreaterThan(small);
		expect(estimateRunSeconds(select('step1'), 400)).toBeGreaterThan(small);
	});

	it('measures no longer than the limit, however many networks, unless rounds are asked for', () => {
		const family = select(
			'repvit-m0.9',
			'repvit-m1.0',
			'repvit-m1.1',
			'repvit-m1.5',
			'repvit-m2.3'
		);
		const limit = DEFAULT_OPTIONS.maxMeasuringMs / 1000;
		const start = estimateRunSeconds(family, 0);
		expect(estimateRunSeconds(family, null)).toBeCloseTo(start + limit, 6);
		expect(estimateRunSeconds(family, 1000)).toBeGreaterThan(start + limit);
	});
});
