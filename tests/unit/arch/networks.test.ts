import { describe, expect, it } from 'vitest';
import { computeCosts } from '$lib/arch/cost';
import { FAMILY, MOBILENETV3_LARGE } from '$lib/arch/family';
import { buildNetwork } from '$lib/arch/models/network';
import { findNamedDesign } from '$lib/arch/named-designs';
import { ROADMAP } from '$lib/arch/roadmap';
import { inferShapes } from '$lib/arch/shapes';
import { leafRows, referenceFile, referenceRows } from './leaf-rows';

const INPUT = [1, 3, 224, 224] as const;

/** Deploy form, one head. The table of the project's specification; also in the reference files. */
const EXACT: Readonly<Record<string, { params: number; macs: number }>> = {
	step0: { params: 5_470_832, macs: 216_589_760 },
	step8: { params: 5_067_056, macs: 815_617_344 },
	'mobilenetv3-large': { params: 5_470_832, macs: 216_589_760 },
	'repvit-m0.6': { params: 2_468_072, macs: 385_065_120 },
	'repvit-m0.9': { params: 5_067_056, macs: 815_617_344 },
	'repvit-m1.0': { params: 6_810_312, macs: 1_106_136_864 },
	'repvit-m1.1': { params: 8_244_312, macs: 1_337_124_608 },
	'repvit-m1.5': { params: 14_049_992, macs: 2_273_596_160 },
	'repvit-m2.3': { params: 22_926_792, macs: 4_515_958_720 }
};

describe('params and MACs at 1x3x224x224', () => {
	it.each(Object.entries(EXACT))('%s', (name, expected) => {
		const root = buildNetwork(findNamedDesign(name)!.design);
		const shapes = inferShapes(root, INPUT);
		const { params, macs } = computeCosts(root, shapes).get('')!;
		expect({ params, macs }).toEqual(expected);
		expect(shapes.get('')!.output).toEqual([1, 1000]);
	});
});

describe('op by op against independent layer tables', () => {
	it.each([...FAMILY, MOBILENETV3_LARGE])('$label', (member) => {
		expect(leafRows(buildNetwork(member.design), INPUT)).toEqual(
			referenceRows(referenceFile(member), 'deploy')
		);
	});
});

describe('the roadmap', () => {
	it('ends at RepViT-M0.9, node for node', () => {
		const m09 = findNamedDesign('repvit-m0.9')!.design;
		expect(buildNetwork(ROADMAP[8]!.design)).toEqual(buildNetwork(m09));
	});

	it('starts at MobileNetV3-L: only activations differ from the published network', () => {
		const kinds = (name: string) =>
			leafRows(buildNetwork(findNamedDesign(name)!.design), INPUT).map((row) =>
				['gelu', 'relu', 'hardSwish'].includes(row.kind) ? 'activation' : row.kind
			);
		expect(kinds('step0')).toEqual(kinds('mobilenetv3-large'));
	});
});
