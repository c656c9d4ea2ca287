import * as v from 'valibot';
import type {
	BlockPlan,
	ClassifierPlan,
	DownsamplingPlan,
	NetworkPlan,
	StemPlan
} from '../arch/plan';
import type { PlannedNetwork } from '../arch/planned-network';

/** A plan as it comes out of a file or a message. Bounds are those of what a checkpoint may hold. */

const size = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(2 ** 20));
const kernel = v.pipe(size, v.maxValue(255));
const squeezeChannels = v.nullable(size);
const activation = v.picklist(['gelu', 'hardSwish', 'relu', 'sigmoid', 'hardSigmoid']);

const block: v.GenericSchema<unknown, BlockPlan> = v.object({
	mixing: v.picklist(['coupled', 'separated']),
	inChannels: size,
	outChannels: size,
	hiddenChannels: size,
	kernel,
	stride: v.picklist([1, 2]),
	squeezeChannels,
	branches: v.picklist(['current', 'first-release']),
	activation
});

const blocks = v.pipe(v.array(block), v.maxLength(1000));

const stem: v.GenericSchema<unknown, StemPlan> = v.variant('kind', [
	v.object({
		kind: v.literal('mobilenetv3'),
		conv: v.object({ outChannels: size, activation }),
		blocks
	}),
	v.object({
		kind: v.literal('early-conv'),
		hiddenChannels: size,
		outChannels: size,
		activation
	}),
	v.object({ kind: v.literal('patchify'), outChannels: size })
]);

const downsampling: v.GenericSchema<unknown, DownsamplingPlan> = v.variant('kind', [
	v.object({ kind: v.literal('strided-block'), block }),
	v.object({
		kind: v.literal('deeper'),
		preBlock: block,
		kernel,
		squeezeChannels,
		outChannels: size,
		ffnHiddenChannels: size,
		activation
	})
]);

const classifier: v.GenericSchema<unknown, ClassifierPlan> = v.variant('kind', [
	v.object({
		kind: v.literal('simple'),
		inChannels: size,
		classes: size,
		heads: v.picklist([1, 2])
	}),
	v.object({
		kind: v.literal('mobilenetv3'),
		inChannels: size,
		convChannels: size,
		hiddenFeatures: size,
		classes: size,
		activation
	})
]);

export const planSchema: v.GenericSchema<unknown, NetworkPlan> = v.object({
	stem,
	stages: v.pipe(
		v.array(v.object({ downsampling: v.nullable(downsampling), blocks })),
		v.maxLength(10)
	),
	classifier
});

export const plannedSchema: v.GenericSchema<unknown, PlannedNetwork> = v.object({
	plan: planSchema,
	form: v.picklist(['training', 'deploy'])
});
