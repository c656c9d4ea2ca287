import * as m from '../../paraglide/messages';
import type { GlossaryId } from './glossary-terms';
import type { PaperNoteCode } from './paper-notes';

/** What the paper says about a part, in our words. */
export const PAPER_TEXTS: { readonly [C in PaperNoteCode]: () => string } = {
	'old-stem': m.panel_paper_old_stem,
	'early-stem': m.panel_paper_early_stem,
	patchify: m.panel_paper_patchify,
	stage: m.panel_paper_stage,
	'coupled-block': m.panel_paper_coupled_block,
	'separated-block': m.panel_paper_separated_block,
	'pre-block': m.panel_paper_pre_block,
	'coupled-token-mixer': m.panel_paper_coupled_token_mixer,
	'token-mixer': m.panel_paper_token_mixer,
	'coupled-channel-mixer': m.panel_paper_coupled_channel_mixer,
	'channel-mixer': m.panel_paper_channel_mixer,
	'training-branches': m.panel_paper_training_branches,
	'large-kernel': m.panel_paper_large_kernel,
	'small-kernel': m.panel_paper_small_kernel,
	'squeeze-excite': m.panel_paper_squeeze_excite,
	'strided-block': m.panel_paper_strided_block,
	'deeper-downsampling': m.panel_paper_deeper_downsampling,
	'downsampling-ffn': m.panel_paper_downsampling_ffn,
	'old-classifier': m.panel_paper_old_classifier,
	'simple-classifier': m.panel_paper_simple_classifier,
	gelu: m.panel_paper_gelu
};

export const GLOSSARY_TEXTS: { readonly [I in GlossaryId]: () => string } = {
	'token-mixer': m.panel_term_token_mixer,
	'channel-mixer': m.panel_term_channel_mixer,
	'squeeze-and-excitation': m.panel_term_squeeze_and_excitation,
	stem: m.panel_term_stem,
	'early-convolutions': m.panel_term_early_convolutions,
	downsampling: m.panel_term_downsampling,
	classifier: m.panel_term_classifier,
	'depthwise-convolution': m.panel_term_depthwise_convolution,
	'pointwise-convolution': m.panel_term_pointwise_convolution,
	'skip-connection': m.panel_term_skip_connection,
	batchnorm: m.panel_term_batchnorm,
	gelu: m.panel_term_gelu,
	'hard-swish': m.panel_term_hard_swish,
	stage: m.panel_term_stage,
	block: m.panel_term_block,
	'feed-forward': m.panel_term_feed_forward
};
