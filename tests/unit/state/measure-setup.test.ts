import { describe, expect, it } from 'vitest';
import { findNamedDesign } from '$lib/arch/named-designs';
import { readSetup } from '$lib/state/measure-address';
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
});
