import fc from 'fast-check';
import { OPTIONS, RANGES, type Design } from '$lib/arch/design';

/** Any combination of the choices, small enough in depth and width to build quickly when `small`. */
export function arbitraryDesign({ small = false } = {}): fc.Arbitrary<Design> {
	const width = fc
		.integer({ min: 1, max: (small ? 64 : RANGES.width.max) / 8 })
		.map((eights) => eights * 8);
	const depth = fc.integer({ min: 1, max: small ? 3 : RANGES.depth.max });
	return fc.record({
		mixing: fc.constantFrom(...OPTIONS.mixing),
		expansion: fc.constantFrom(...OPTIONS.expansion),
		widths: fc.oneof(fc.constant('mobilenetv3' as const), fc.tuple(width, width, width, width)),
		stem: fc.constantFrom(...OPTIONS.stem),
		downsampling: fc.constantFrom(...OPTIONS.downsampling),
		classifier: fc.constantFrom(...OPTIONS.classifier),
		depths: fc.tuple(depth, depth, depth, depth),
		kernel: fc.constantFrom(...OPTIONS.kernel),
		se: fc.constantFrom(...OPTIONS.se),
		activation: fc.constantFrom(...OPTIONS.activation),
		resolution: fc.constantFrom(...OPTIONS.resolution),
		classes: fc.integer({ min: RANGES.classes.min, max: small ? 20 : RANGES.classes.max }),
		form: fc.constantFrom(...OPTIONS.form),
		branches: fc.constantFrom(...OPTIONS.branches),
		heads: fc.constantFrom(...OPTIONS.heads)
	});
}
