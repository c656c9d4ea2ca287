import fc from 'fast-check';
import type { Design } from '$lib/arch/design';
import { buildNetwork } from '$lib/arch/models/network';
import type { ModuleNode } from '$lib/arch/module';
import { arbitraryDesign } from './designs';
import { arbitraryTree } from './random-trees';

/** Two trees to compare. */
export type TreePair = readonly [before: ModuleNode, after: ModuleNode];

/** Networks of two designs, or of one design and the same with a few choices taken from another. */
export function arbitraryNetworkPair(): fc.Arbitrary<TreePair> {
	const design = arbitraryDesign({ small: true });
	return fc
		.tuple(design, design, fc.subarray(['form', 'depths', 'mixing', 'se', 'widths'] as const))
		.map(([a, other, kept]) => {
			const b = kept.reduce<Design>((design, key) => ({ ...design, [key]: a[key] }), other);
			return [buildNetwork(a), buildNetwork(b)];
		});
}

/** Small trees of any make that have nothing to do with each other. */
export function arbitraryTreePair(): fc.Arbitrary<TreePair> {
	return fc.tuple(arbitraryTree(), arbitraryTree()).map(([a, b]) => [a.root, b.root]);
}
