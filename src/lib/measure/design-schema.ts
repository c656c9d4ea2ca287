import * as v from 'valibot';
import { BASELINE, OPTIONS, RANGES, type Design } from '../arch/design';
import { inRange } from '../arch/query';

const fourNumbers = (range: (typeof RANGES)[keyof typeof RANGES]) => {
	const one = v.pipe(
		v.number(),
		v.check((value) => inRange(value, range))
	);
	return v.tuple([one, one, one, one]);
};

/** Exports from before the training form hold no form: what ran then was the deploy form. */
export const designSchema: v.GenericSchema<unknown, Design> = v.object({
	mixing: v.picklist(OPTIONS.mixing),
	expansion: v.picklist(OPTIONS.expansion),
	widths: v.union([v.literal('mobilenetv3'), fourNumbers(RANGES.width)]),
	stem: v.picklist(OPTIONS.stem),
	downsampling: v.picklist(OPTIONS.downsampling),
	classifier: v.picklist(OPTIONS.classifier),
	depths: fourNumbers(RANGES.depth),
	kernel: v.picklist(OPTIONS.kernel),
	se: v.picklist(OPTIONS.se),
	activation: v.picklist(OPTIONS.activation),
	resolution: v.picklist(OPTIONS.resolution),
	classes: v.pipe(
		v.number(),
		v.check((value) => inRange(value, RANGES.classes))
	),
	form: v.optional(v.picklist(OPTIONS.form), BASELINE.form),
	branches: v.optional(v.picklist(OPTIONS.branches), BASELINE.branches),
	heads: v.optional(v.picklist(OPTIONS.heads), BASELINE.heads)
});
