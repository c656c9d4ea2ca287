import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BASELINE } from '$lib/arch/design';
import { designOfPlan } from '$lib/arch/models/design-of-plan';
import { resolveDesign } from '$lib/arch/models/resolve';
import { NAMED_DESIGNS } from '$lib/arch/named-designs';
import { planFacts } from '$lib/arch/plan-facts';
import { arbitraryDesign } from './designs';

describe('designOfPlan', () => {
	it.each(NAMED_DESIGNS)('finds $name again', ({ design }) => {
		const found = designOfPlan(resolveDesign(design))!;
		expect(resolveDesign(found)).toEqual(resolveDesign(design));
		expect(found.resolution).toBe(224);
	});

	it('finds a design for what any choices give', () => {
		fc.assert(
			fc.property(arbitraryDesign({ small: true }), (design) => {
				const plan = resolveDesign(design);
				const found = designOfPlan(plan);
				expect(found && resolveDesign(found)).toEqual(plan);
			}),
			{ numRuns: 60 }
		);
	});

	it('calls nothing a design that is not one', () => {
		const plan = resolveDesign({ ...BASELINE, mixing: 'separated', se: 'every' });
		const [first, ...rest] = plan.stages;
		const odd = [
			{ ...first!, blocks: first!.blocks.map((b) => ({ ...b, squeezeChannels: 40 })) },
			...rest
		];
		expect(designOfPlan({ ...plan, stages: odd })).toBeNull();
		expect(designOfPlan({ ...plan, stages: rest })).toBeNull();
		const empty = [...plan.stages.slice(0, 3), { ...plan.stages[3]!, blocks: [] }];
		expect(designOfPlan({ ...plan, stages: empty })).toBeNull();
	});

	it('calls nothing a design that an address could not hold', () => {
		const base = { ...BASELINE, stem: 'early-conv', downsampling: 'deeper' } as const;
		for (const odd of [
			{ widths: [12, 24, 40, 80] },
			{ widths: [8, 16, 24, 648] },
			{ depths: [1, 2, 41, 2] },
			{ classes: 1 }
		] as const) {
			expect(designOfPlan(resolveDesign({ ...base, ...odd }))).toBeNull();
		}
	});
});

describe('planFacts', () => {
	it('counts what a person would', () => {
		const m0_9 = NAMED_DESIGNS.find(({ name }) => name === 'repvit-m0.9')!.design;
		expect(planFacts(resolveDesign(m0_9))).toEqual({
			widths: [48, 96, 192, 384],
			depths: [2, 2, 14, 2],
			squeezeExcite: { blocks: { with: 10, all: 20 }, downsampling: { with: 0, all: 3 } },
			kernels: [3],
			branches: 'current'
		});
	});
});
