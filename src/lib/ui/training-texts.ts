import * as m from '../paraglide/messages';
import { TRAINING } from '../reported/training';
import { formatNumber, formatTop1 } from './format';

/** One line of the recipe. */
export interface RecipeRow {
	readonly id: keyof typeof TRAINING;
	readonly name: string;
	/** Marked up for RichText. */
	readonly value: string;
}

export interface RecipeGroup {
	readonly title: string;
	readonly rows: readonly RecipeRow[];
}

type Figures<I extends keyof typeof TRAINING> = (typeof TRAINING)[I]['figures'];

function row<I extends keyof typeof TRAINING>(
	id: I,
	name: () => string,
	value: (figures: Figures<I>) => string
): RecipeRow {
	return { id, name: name(), value: value(TRAINING[id].figures) };
}

/** A small rate as it is: `0.00001`, not rounded to nothing. */
export function rateText(rate: number): string {
	const [, fraction = ''] = rate.toFixed(7).replace(/0+$/, '').split('.');
	return formatNumber(rate, fraction.length);
}

/** Images per step of the usual run. */
function usualBatch(): string {
	const { perGpu, gpus } = TRAINING.batch.figures;
	return formatNumber(perGpu * gpus);
}

/** The recipe in words, in the order in which one sets it up. */
export function recipeGroups(): readonly RecipeGroup[] {
	return [
		{
			title: m.training_group_optimisation(),
			rows: [
				row('optimiser', m.training_optimiser, ({ name }) => name),
				row('epochs', m.training_epochs, m.training_epochs_value),
				row('initialisation', m.training_initialisation, m.training_initialisation_value),
				row('batch', m.training_batch, m.training_batch_value),
				row('learningRate', m.training_learning_rate, ({ base, perBatch, usual }) =>
					m.training_learning_rate_value({
						base: rateText(base),
						perBatch,
						usual: rateText(usual),
						batch: usualBatch()
					})
				),
				row('schedule', m.training_schedule, m.training_schedule_value),
				row('warmUp', m.training_warm_up, ({ epochs, from }) =>
					m.training_warm_up_value({ epochs, from: rateText(from) })
				),
				row('lowestRate', m.training_lowest_rate, ({ rate }) => rateText(rate)),
				row('weightDecay', m.training_weight_decay, ({ amount }) => rateText(amount)),
				row('clipping', m.training_clipping, ({ name, amount }) =>
					m.training_clipping_value({ name, amount: rateText(amount) })
				),
				row('average', m.training_average, ({ decay }) => rateText(decay))
			]
		},
		{
			title: m.training_group_data(),
			rows: [
				row('resolution', m.training_resolution, m.training_resolution_value),
				row('augmentation', m.training_augmentation, m.training_augmentation_value),
				row('autoAugment', m.training_auto_augment, ({ policy }) => policy),
				row('mixing', m.training_mixing, ({ mixup, cutmix, switching }) =>
					m.training_mixing_value({
						mixup: rateText(mixup),
						cutmix: rateText(cutmix),
						switching: rateText(switching)
					})
				),
				row('erasing', m.training_erasing, ({ probability }) =>
					m.training_erasing_value({ probability: rateText(probability) })
				),
				row('jitter', m.training_jitter, ({ amount }) => rateText(amount)),
				row('repeated', m.training_repeated, m.training_repeated_value),
				row('interpolation', m.training_interpolation, m.training_interpolation_value)
			]
		},
		{
			title: m.training_group_regularisation(),
			rows: [
				row('regularisation', m.training_regularisation, m.training_regularisation_value),
				row('smoothing', m.training_smoothing, ({ amount }) => rateText(amount)),
				row('dropPath', m.training_drop_path, ({ rate }) => rateText(rate))
			]
		},
		{
			title: m.training_group_teacher(),
			rows: [
				row('teacher', m.training_teacher, ({ name, top1 }) =>
					m.training_teacher_value({ name, top1: formatTop1(top1) })
				),
				row('distillation', m.training_distillation, ({ alpha, teacher }) =>
					m.training_distillation_value({ alpha: rateText(alpha), teacher })
				)
			]
		},
		{
			title: m.training_group_evaluation(),
			rows: [row('evaluation', m.training_evaluation, m.training_evaluation_value)]
		},
		{
			title: m.training_group_downstream(),
			rows: [
				row('detection', m.training_detection, ({ optimiser, rate, decay }) =>
					m.training_detection_value({ optimiser, rate: rateText(rate), decay: rateText(decay) })
				),
				row('segmentation', m.training_segmentation, ({ optimiser, rate, decay, iterations }) =>
					m.training_segmentation_value({
						optimiser,
						rate: rateText(rate),
						decay: rateText(decay),
						iterations: formatNumber(iterations)
					})
				)
			]
		}
	];
}
