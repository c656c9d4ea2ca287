import * as v from 'valibot';
import { OPTIONS, type Design } from '../../arch/design';
import { planSizes } from '../../stats/two-level';
import { designSchema } from '../design-schema';
import { SWEEP_KEYS, type Factor } from './factors';

/** What a sweep was planned for. Its whole plan follows from it: see `sweepPlan`. */
export interface AskedSweep {
	/** Everything that is not swept. */
	readonly base: Design;
	readonly factors: readonly Factor[];
	/** Corners measured. */
	readonly size: number;
}

const factorSchema = v.pipe(
	v.object({
		key: v.picklist(SWEEP_KEYS),
		low: v.union([v.string(), v.number()]),
		high: v.union([v.string(), v.number()])
	}),
	v.check(({ key, low, high }) => {
		const options: readonly unknown[] = OPTIONS[key];
		return low !== high && options.includes(low) && options.includes(high);
	}, 'not two values of this choice')
) as v.GenericSchema<unknown, Factor>;

export const askedSweepSchema: v.GenericSchema<unknown, AskedSweep> = v.pipe(
	v.object({
		base: designSchema,
		factors: v.pipe(
			v.array(factorSchema),
			v.check((all) => new Set(all.map(({ key }) => key)).size === all.length, 'choices repeat')
		),
		size: v.number()
	}),
	v.forward(
		v.check(
			({ factors, size }) => factors.length > 0 && planSizes(factors.length).includes(size),
			'no such plan'
		),
		['size']
	)
);
