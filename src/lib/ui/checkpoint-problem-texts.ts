import type { PictureProblem } from '../imaging/picture';
import * as m from '../paraglide/messages';
import type { KnownArchitecture } from '../weights/checkpoint/hints';
import type { CheckpointProblem, KeyList } from '../weights/checkpoint/problem';
import { formatNumber } from './format';
import { sentences } from './join-texts';
import { shapeText, wrongDtypeText } from './problem-parts';

export { safetensorsProblemText } from './safetensors-problem-texts';

type ProblemOf<C extends CheckpointProblem['code']> = Extract<CheckpointProblem, { code: C }>;

/** Why a file's network can't be used, and what to do. */
export function checkpointProblemText(problem: CheckpointProblem): string {
	switch (problem.code) {
		case 'unknown-architecture':
			return unknownText(problem);
		case 'gap':
			return sentences(m.problem_gap(problem), m.problem_advice_whole_state());
		case 'no-pre-block':
			return sentences(m.problem_no_pre_block(problem), m.problem_advice_supported());
		case 'mixed-forms':
			return sentences(m.problem_mixed_forms(problem), m.problem_advice_fuse_all());
		case 'wrong-keys':
			return wrongKeysText(problem);
		case 'unsupported-dtype':
			return wrongDtypeText(problem.tensor, problem.dtype);
		case 'wrong-shape':
			return wrongShapeText(problem);
		case 'unsupported-kernel': {
			const { tensor, found } = problem;
			return sentences(
				m.problem_unsupported_kernel({ tensor, found: shapeText(found) }),
				m.problem_advice_supported()
			);
		}
		case 'too-large':
			return tooLargeText(problem);
	}
}

function unknownText({ keys, hint }: ProblemOf<'unknown-architecture'>): string {
	if (keys.count === 0) return sentences(m.problem_no_tensors(), m.problem_advice_supported());
	return sentences(
		...keysText(keys, { one: m.problem_unknown_tensor, many: m.problem_unknown_architecture }),
		...(hint === null ? [] : [m.problem_looks_like({ architecture: ARCHITECTURES[hint]() })]),
		m.problem_advice_supported()
	);
}

const ARCHITECTURES: { readonly [A in KnownArchitecture]: () => string } = {
	'part-of-larger': m.problem_architecture_part_of_larger,
	'vision-transformer': m.problem_architecture_vision_transformer,
	'text-transformer': m.problem_architecture_text_transformer,
	resnet: m.problem_architecture_resnet,
	'torchvision-mobilenet': m.problem_architecture_torchvision_mobilenet,
	'timm-efficientnet': m.problem_architecture_timm_efficientnet,
	convnext: m.problem_architecture_convnext,
	metaformer: m.problem_architecture_metaformer,
	encoder: m.problem_architecture_encoder
};

function wrongKeysText({ missing, unexpected }: ProblemOf<'wrong-keys'>): string {
	return sentences(
		...keysText(missing, { one: m.problem_missing_key, many: m.problem_missing_keys }),
		...keysText(unexpected, { one: m.problem_unexpected_key, many: m.problem_unexpected_keys }),
		m.problem_advice_whole_state()
	);
}

/** Nothing for no keys. */
function keysText(
	keys: KeyList,
	{
		one,
		many
	}: {
		readonly one: (facts: { names: string }) => string;
		readonly many: (facts: { names: string; count: string }) => string;
	}
): string[] {
	if (keys.count === 0) return [];
	const names = listText(keys);
	return [keys.count === 1 ? one({ names }) : many({ names, count: formatNumber(keys.count) })];
}

function listText({ first, count }: KeyList): string {
	const names = first.join(', ');
	const rest = count - first.length;
	return rest > 0 ? m.problem_names_and_more({ names, rest: formatNumber(rest) }) : names;
}

function wrongShapeText({ tensor, reference, ...shapes }: ProblemOf<'wrong-shape'>): string {
	const facts = { tensor, found: shapeText(shapes.found), expected: shapeText(shapes.expected) };
	return sentences(
		reference === null
			? m.problem_wrong_shape(facts)
			: m.problem_wrong_shape_by({ ...facts, reference }),
		m.problem_advice_layers_fit()
	);
}

function tooLargeText({ measure, ...numbers }: ProblemOf<'too-large'>): string {
	const facts = { found: formatNumber(numbers.found), limit: formatNumber(numbers.limit) };
	switch (measure) {
		case 'stages':
			return sentences(m.problem_too_many_stages(facts), m.problem_advice_supported());
		case 'blocks':
			return sentences(m.problem_too_many_blocks(facts), m.problem_advice_supported());
		case 'values':
			return sentences(m.problem_too_many_values(facts), m.problem_advice_smaller());
	}
}

/** Why a picture can't be used, and what to do. */
export function pictureProblemText(problem: PictureProblem): string {
	switch (problem) {
		case 'too-large':
			return m.checkpoint_picture_too_large();
		case 'no-size':
		case 'wrong-length':
		case 'bad-target':
			return m.checkpoint_picture_unusable();
	}
}
