import type { Inference, InferenceCode, SidePoint, StepNumber } from '../arch/roadmap';
import * as m from '../paraglide/messages';

interface StepText {
	readonly title: () => string;
	/** For cards and axes. */
	readonly short: () => string;
}

export const STEP_TEXTS: { readonly [S in StepNumber]: StepText } = {
	0: { title: m.step_0_title, short: m.step_0_short },
	1: { title: m.step_1_title, short: m.step_1_short },
	2: { title: m.step_2_title, short: m.step_2_short },
	3: { title: m.step_3_title, short: m.step_3_short },
	4: { title: m.step_4_title, short: m.step_4_short },
	5: { title: m.step_5_title, short: m.step_5_short },
	6: { title: m.step_6_title, short: m.step_6_short },
	7: { title: m.step_7_title, short: m.step_7_short },
	8: { title: m.step_8_title, short: m.step_8_short }
};

export const SIDE_POINT_TEXTS: { readonly [Id in SidePoint['id']]: () => string } = {
	'expansion-only': m.step_side_expansion_only,
	'mobilenetv3-block-control': m.step_side_mobilenetv3_block_control
};

/** The same where there is little room: beside a mark, behind the step's number. */
export const SIDE_POINT_SHORT_TEXTS: { readonly [Id in SidePoint['id']]: () => string } = {
	'expansion-only': m.step_side_expansion_only_short,
	'mobilenetv3-block-control': m.step_side_mobilenetv3_block_control_short
};

/** The reason for each choice that the paper leaves open. */
export const INFERENCE_TEXTS: { readonly [C in InferenceCode]: () => string } = {
	'layer-table': m.infer_layer_table,
	'activation-everywhere': m.infer_activation_everywhere,
	depths: m.infer_depths,
	'kernel-positions': m.infer_kernel_positions,
	'se-positions': m.infer_se_positions,
	'se-at-block-width': m.infer_se_at_block_width,
	'stem-stays-coupled': m.infer_stem_stays_coupled,
	'stem-meets-width': m.infer_stem_meets_width,
	'strided-block-separated': m.infer_strided_block_separated,
	'width-change-in-stage-3': m.infer_width_change_in_stage_3,
	'expansion-of-input': m.infer_expansion_of_input,
	'classifier-sizes': m.infer_classifier_sizes,
	'pre-block-kernel': m.infer_pre_block_kernel,
	'no-se-in-downsampling': m.infer_no_se_in_downsampling,
	'kernel-positions-stretched': m.infer_kernel_positions_stretched,
	'se-positions-stretched': m.infer_se_positions_stretched
};

export const BASIS_TEXTS: { readonly [B in Inference['basis']]: () => string } = {
	torchvision: m.infer_basis_torchvision,
	'paper-figure-4': m.infer_basis_paper_figure_4,
	'official-code': m.infer_basis_official_code,
	'simplest-reading': m.infer_basis_simplest_reading
};
