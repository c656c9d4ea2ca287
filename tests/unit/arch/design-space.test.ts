import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeCosts, opMacs, opParams } from '$lib/arch/cost';
import { BASELINE, OPTIONS, RANGES, type PickKey } from '$lib/arch/design';
import { analyseDesign } from '$lib/arch/analysis';
import { CAREFREE, illegalityOf, inputShape, LIMITS, optionLegality } from '$lib/arch/legality';
import { buildNetwork } from '$lib/arch/models/network';
import { nodeAt, ops, walk } from '$lib/arch/module';
import { NAMED_DESIGNS } from '$lib/arch/named-designs';
import { inferShapes } from '$lib/arch/shapes';
import { arbitraryDesign } from './designs';

describe('every combination of choices', () => {
	it('builds, its shapes fit, and it ends in its classes', () => {
		fc.assert(
			fc.property(arbitraryDesign(), (design) => {
				const root = buildNetwork(design);
				const shapes = inferShapes(root, inputShape(design));
				expect(shapes.get('')!.output).toEqual([1, design.classes]);
				const side = design.resolution;
				expect(shapes.get('stem')!.output.slice(2)).toEqual([side / 4, side / 4]);
				expect(shapes.get('stages.3')!.output.slice(2)).toEqual([side / 32, side / 32]);
			})
		);
	});

	it('has paths that are unique and find their node', () => {
		fc.assert(
			fc.property(arbitraryDesign({ small: true }), (design) => {
				const root = buildNetwork(design);
				const visits = [...walk(root)];
				expect(new Set(visits.map(({ path }) => path)).size).toBe(visits.length);
				for (const { path, node } of visits) expect(nodeAt(root, path)).toBe(node);
			})
		);
	});

	it('costs what its ops cost', () => {
		fc.assert(
			fc.property(arbitraryDesign({ small: true }), (design) => {
				const root = buildNetwork(design);
				const shapes = inferShapes(root, inputShape(design));
				const total = computeCosts(root, shapes).get('')!;
				const leaves = [...ops(root)];
				const sum = (value: (leaf: (typeof leaves)[number]) => number) =>
					leaves.reduce((all, leaf) => all + value(leaf), 0);
				expect(total.params).toBe(sum(({ node }) => opParams(node.op)));
				expect(total.macs).toBe(sum(({ node, path }) => opMacs(node.op, shapes.get(path)!.output)));
			})
		);
	});

	it('is legal, or says which limit it breaks', () => {
		fc.assert(
			fc.property(arbitraryDesign(), (design) => {
				const illegality = illegalityOf(design);
				const root = buildNetwork(design);
				const { params, macs } = computeCosts(root, inferShapes(root, inputShape(design))).get('')!;
				const fits = params <= LIMITS.params && macs <= LIMITS.macs;
				expect(illegality === null).toBe(fits);
				if (illegality) expect(illegality.value).toBeGreaterThan(illegality.limit);
			})
		);
	});
});

describe('legality', () => {
	it.each(NAMED_DESIGNS.map(({ name, design }) => ({ name, design })))(
		'$name is legal',
		({ design }) => {
			expect(illegalityOf(design)).toBeNull();
		}
	);

	it('refuses the option that makes a network too large, and only that one', () => {
		const wide = { ...BASELINE, widths: [64, 128, 320, 640], depths: [2, 2, 20, 4] } as const;
		const design = { ...wide, expansion: 2 } as const;
		const verdicts = optionLegality(design, 'expansion', analyseDesign(design).total);
		expect(verdicts.find(({ value }) => value === 2)!.illegality).toBeNull();
		expect(verdicts.find(({ value }) => value === 6)!.illegality).toMatchObject({
			code: 'too-many-params',
			limit: LIMITS.params
		});
	});

	it('need not be checked for small networks: no single pick makes one illegal', () => {
		const pick = fc.constantFrom(...(Object.keys(OPTIONS) as PickKey[]));
		fc.assert(
			fc.property(arbitraryDesign(), pick, (design, key) => {
				const { params, macs } = analyseDesign(design).total;
				fc.pre(params <= CAREFREE.params && macs <= CAREFREE.macs);
				for (const value of OPTIONS[key]) {
					expect(illegalityOf({ ...design, [key]: value })).toBeNull();
				}
			}),
			{ numRuns: 60 }
		);
	});

	it('holds at the edge of that: the widest classifier on the widest stage', () => {
		const edge = {
			...BASELINE,
			mixing: 'separated',
			widths: [8, 8, 8, 640],
			depths: [1, 1, 1, 1],
			expansion: 2,
			downsampling: 'deeper',
			classifier: 'simple',
			classes: 8_000
		} as const;
		expect(analyseDesign(edge).total.params).toBeGreaterThan(CAREFREE.params);
		const widest = { ...edge, classes: RANGES.classes.max, classifier: 'mobilenetv3' } as const;
		expect(illegalityOf(widest)).toBeNull();
	});
});
