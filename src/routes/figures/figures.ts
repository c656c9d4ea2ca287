import { analyseDesign, type TreeAnalysis } from '$lib/arch/analysis';
import type { Design } from '$lib/arch/design';
import { printDesign } from '$lib/arch/query';
import {
	ROADMAP,
	stepName,
	type Inference,
	type InferenceCode,
	type StepNumber
} from '$lib/arch/roadmap';
import { STEP_VIEWS } from '$lib/diagram/step-views';
import { isInferredTopic, TOPIC_INFERENCES, type StripTopic } from '$lib/diagram/strips/topic';
import * as m from '$lib/paraglide/messages';
import type { FigureId } from './figure-ids';

/** Parts of networks beside each other. */
export interface PartFigure {
	readonly id: FigureId;
	readonly step: Exclude<StepNumber, 0>;
	readonly title: string;
	readonly place: string;
	readonly caption: readonly string[];
	readonly views: readonly {
		readonly network: TreeAnalysis;
		readonly focus: string;
		readonly title: string;
		readonly of: string;
	}[];
	readonly inferences: readonly Inference[];
}

const designOf = (step: StepNumber): Design => ROADMAP[step]!.design;

/** A part of a step's network. */
function view(step: StepNumber, focus: string, title: string, of = m.step_number({ step })) {
	return { network: analyseDesign(designOf(step)), focus, title, of };
}

/** What is inferred of these steps, where it is one of these codes; each once. */
function inferencesAmong(
	steps: readonly StepNumber[],
	codes: readonly InferenceCode[]
): Inference[] {
	const all = steps.flatMap((step) => ROADMAP[step]!.inferred);
	return codes.flatMap((code) => all.find((inference) => inference.code === code) ?? []);
}

/** The block, the stem, downsampling and the classifier, before and after, op by op. */
export function partFigures(): readonly PartFigure[] {
	const block = STEP_VIEWS[1].focus;
	const stem = STEP_VIEWS[3].focus;
	const downsampling = STEP_VIEWS[4].focus;
	const classifier = STEP_VIEWS[5].focus;
	return [
		{
			id: 'block',
			step: 1,
			title: m.figures_block_title(),
			place: m.figures_place_block(),
			caption: [m.figures_block_caption(), m.figures_block_skips()],
			views: [
				view(0, block, m.figures_block_before(), m.figures_block_of({ step: 0 })),
				{
					network: analyseDesign(TRAINED),
					focus: block,
					title: m.figures_block_training(),
					of: m.figures_block_of({ step: 1 })
				},
				view(1, block, m.figures_block_deploy(), m.figures_block_of({ step: 1 }))
			],
			inferences: inferencesAmong([1], ['se-positions', 'se-at-block-width'])
		},
		{
			id: 'stem',
			step: 3,
			title: m.figures_stem_title(),
			place: m.figures_place_stem(),
			caption: [m.figures_stem_caption()],
			views: [
				view(2, stem, m.figures_stem_before()),
				{
					network: analyseDesign(PATCHIFIED),
					focus: stem,
					title: m.figures_stem_patchify(),
					of: m.figures_stem_patchify_of()
				},
				view(3, stem, m.figures_stem_after())
			],
			inferences: inferencesAmong([2], ['stem-stays-coupled', 'stem-meets-width'])
		},
		{
			id: 'downsampling',
			step: 4,
			title: m.figures_downsampling_title(),
			place: m.figures_place_downsampling(),
			caption: [m.figures_downsampling_caption()],
			views: [
				view(3, downsampling, m.figures_downsampling_before()),
				view(4, downsampling, m.figures_downsampling_after())
			],
			inferences: inferencesAmong(
				[3, 4],
				[
					'strided-block-separated',
					'expansion-of-input',
					'pre-block-kernel',
					'no-se-in-downsampling'
				]
			)
		},
		{
			id: 'classifier',
			step: 5,
			title: m.figures_classifier_title(),
			place: m.figures_place_classifier(),
			caption: [m.figures_classifier_caption()],
			views: [
				view(4, classifier, m.figures_classifier_before()),
				view(5, classifier, m.figures_classifier_after())
			],
			inferences: inferencesAmong([4], ['classifier-sizes'])
		}
	];
}

const TRAINED: Design = { ...designOf(1), form: 'training' };
const PATCHIFIED: Design = { ...designOf(3), stem: 'patchify' };

/** Networks as strips of blocks. */
export interface StripFigure {
	readonly id: FigureId;
	/** The step whose reported figures are told; null for what is beside the roadmap. */
	readonly step: Exclude<StepNumber, 0> | null;
	readonly title: string;
	readonly place: string;
	readonly caption: readonly string[];
	readonly topic: StripTopic;
	readonly strips: readonly {
		readonly id: string;
		readonly title: string;
		readonly design: Design;
		readonly network: TreeAnalysis;
		/** Query string of the design page. */
		readonly query: string;
		readonly isInferred: boolean;
	}[];
	readonly inferences: readonly Inference[];
}

function strip(id: string, title: string, design: Design, isInferred: boolean) {
	return {
		id,
		title,
		design,
		network: analyseDesign(design),
		query: printDesign(design),
		isInferred
	};
}

/** A step's network; dashed where what is told is inferred. */
function stepStrip(step: StepNumber, topic: StripTopic, title = m.step_number({ step })) {
	return strip(stepName(step), title, designOf(step), isInferredTopic(step, topic));
}

/** Blocks per stage, kernels, and squeeze-and-excitation. */
export function stripFigures(): readonly StripFigure[] {
	const m0_9 = designOf(8);
	return [
		{
			id: 'stage-ratio',
			step: 6,
			title: m.figures_ratio_title(),
			place: m.figures_place_ratio(),
			caption: [m.figures_ratio_caption()],
			topic: 'depth',
			strips: [
				stepStrip(0, 'depth', m.figures_ratio_origin()),
				stepStrip(5, 'depth'),
				stepStrip(6, 'depth')
			],
			inferences: inferencesAmong([0, 5, 6], TOPIC_INFERENCES.depth)
		},
		{
			id: 'kernels',
			step: 7,
			title: m.figures_kernel_title(),
			place: m.figures_place_kernel(),
			caption: [m.figures_kernel_caption()],
			topic: 'kernel',
			strips: [stepStrip(6, 'kernel'), stepStrip(7, 'kernel')],
			inferences: inferencesAmong([6, 7], TOPIC_INFERENCES.kernel)
		},
		{
			id: 'se-placement',
			step: 8,
			title: m.figures_se_title(),
			place: m.figures_place_se(),
			caption: [m.figures_se_caption()],
			topic: 'squeeze-excite',
			strips: [stepStrip(7, 'squeeze-excite'), stepStrip(8, 'squeeze-excite')],
			inferences: inferencesAmong(
				[7, 8],
				[...TOPIC_INFERENCES['squeeze-excite'], 'no-se-in-downsampling']
			)
		},
		{
			id: 'se-options',
			step: null,
			title: m.figures_se_options_title(),
			place: m.figures_place_se_options(),
			caption: [m.figures_se_options_caption()],
			topic: 'squeeze-excite',
			strips: [
				strip('none', m.figures_se_options_none(), { ...m0_9, se: 'none' }, false),
				strip('alternate', m.figures_se_options_alternate(), m0_9, false),
				strip('every', m.figures_se_options_every(), { ...m0_9, se: 'every' }, false)
			],
			inferences: []
		}
	];
}
