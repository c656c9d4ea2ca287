import { hasEffect, type Design, type DesignKey } from '../arch/design';
import type { Illegality } from '../arch/legality';
import * as m from '../paraglide/messages';
import { formatCount } from './format';

/** A choice's name and one line of help. */
export const CHOICE_TEXTS: {
	readonly [K in DesignKey]: { readonly name: () => string; readonly help: () => string };
} = {
	mixing: { name: m.choice_mixing, help: m.choice_mixing_help },
	expansion: { name: m.choice_expansion, help: m.choice_expansion_help },
	widths: { name: m.choice_widths, help: m.choice_widths_help },
	stem: { name: m.choice_stem, help: m.choice_stem_help },
	downsampling: { name: m.choice_downsampling, help: m.choice_downsampling_help },
	classifier: { name: m.choice_classifier, help: m.choice_classifier_help },
	depths: { name: m.choice_depths, help: m.choice_depths_help },
	kernel: { name: m.choice_kernel, help: m.choice_kernel_help },
	se: { name: m.choice_se, help: m.choice_se_help },
	activation: { name: m.choice_activation, help: m.choice_activation_help },
	resolution: { name: m.choice_resolution, help: m.choice_resolution_help },
	classes: { name: m.choice_classes, help: m.choice_classes_help },
	form: { name: m.choice_form, help: m.choice_form_help },
	branches: { name: m.choice_branches, help: m.choice_branches_help },
	heads: { name: m.choice_heads, help: m.choice_heads_help }
};

const OPTION_TEXTS: Readonly<Record<string, () => string>> = {
	coupled: m.option_mixing_coupled,
	separated: m.option_mixing_separated,
	'early-conv': m.option_stem_early_conv,
	patchify: m.option_stem_patchify,
	'strided-block': m.option_downsampling_strided_block,
	deeper: m.option_downsampling_deeper,
	simple: m.option_classifier_simple,
	none: m.option_se_none,
	every: m.option_se_every,
	alternate: m.option_se_alternate,
	gelu: m.option_activation_gelu,
	'hard-swish': m.option_activation_hard_swish,
	relu: m.option_activation_relu,
	deploy: m.option_form_deploy,
	training: m.option_form_training,
	current: m.option_branches_current,
	'first-release': m.option_branches_first_release,
	mobilenetv3: m.option_mobilenetv3
};

/** A value of a choice, as shown: "Early convolutions", "5×5", "2, 2, 14, 2". */
export function optionText<K extends DesignKey>(key: K, value: Design[K]): string {
	if (Array.isArray(value)) return value.join(', ');
	if (key === 'expansion' && typeof value === 'number') return m.option_expansion({ n: value });
	if (key === 'kernel' && typeof value === 'number') return m.option_kernel({ n: value });
	if (key === 'heads') return value === 2 ? m.option_heads_two() : m.option_heads_one();
	return OPTION_TEXTS[String(value)]?.() ?? String(value);
}

/** "Stem: MobileNetV3's → Early convolutions" */
export function choiceChangeText(key: DesignKey, before: Design, after: Design): string {
	return m.change_choice({
		choice: CHOICE_TEXTS[key].name(),
		before: optionText(key, before[key]),
		after: optionText(key, after[key])
	});
}

/** Why a choice changes nothing in this design; undefined where it does. */
export function idleReason(design: Design, key: DesignKey): string | undefined {
	if (hasEffect(design, key)) return undefined;
	const isDeployed = design.form === 'deploy';
	switch (key) {
		case 'branches':
			return isDeployed ? m.design_idle_branches_deploy() : m.design_idle_branches_coupled();
		case 'heads':
			return isDeployed ? m.design_idle_heads_deploy() : m.design_idle_heads_mobilenetv3();
		default:
			return m.design_idle();
	}
}

const BYTES_PER_PARAM = 4;

/** Why a combination can't be built and run, and what to do. */
export function illegalityText({ code, value, limit }: Illegality): string {
	const figures = { value: formatCount(value), limit: formatCount(limit) };
	return code === 'too-many-params'
		? m.design_too_many_params({ ...figures, size: `${formatCount(value * BYTES_PER_PARAM)}B` })
		: m.design_too_many_macs(figures);
}
