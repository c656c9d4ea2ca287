import type { StepNumber } from '../../arch/roadmap';
import * as m from '../../paraglide/messages';
import type { SourceId } from '../../reported/types';
import type { TermId } from './term-ids';

export const TOPICS = ['block', 'network', 'forms', 'training', 'cost', 'running'] as const;
export type Topic = (typeof TOPICS)[number];

export const TOPIC_NAMES: { readonly [T in Topic]: () => string } = {
	block: m.glossary_topic_block,
	network: m.glossary_topic_network,
	forms: m.glossary_topic_forms,
	training: m.glossary_topic_training,
	cost: m.glossary_topic_cost,
	running: m.glossary_topic_running
};

/** One entry of the glossary. */
export interface Term {
	readonly topic: Topic;
	/** As within a sentence: `token mixer`. */
	readonly name: () => string;
	/** Two or three plain sentences. */
	readonly text: () => string;
	/** Where the paper or its code uses it; empty for words of the trade. */
	readonly sources: readonly { readonly source: SourceId; readonly where: string }[];
	/** The roadmap step in which it can be seen. */
	readonly step: StepNumber | null;
	readonly seeAlso: readonly TermId[];
}

export const TERMS: { readonly [I in TermId]: Term } = {
	token: {
		topic: 'block',
		name: m.glossary_token_name,
		text: m.glossary_token_text,
		sources: [],
		step: null,
		seeAlso: ['token-mixer', 'nchw']
	},
	'token-mixer': {
		topic: 'block',
		name: m.glossary_token_mixer_name,
		text: m.glossary_token_mixer_text,
		sources: [{ source: 'paper-v8', where: '3.2' }],
		step: 1,
		seeAlso: ['channel-mixer', 'metaformer', 'depthwise-convolution']
	},
	'channel-mixer': {
		topic: 'block',
		name: m.glossary_channel_mixer_name,
		text: m.glossary_channel_mixer_text,
		sources: [{ source: 'paper-v8', where: '3.2' }],
		step: 1,
		seeAlso: ['skip-connection', 'token-mixer', 'ffn', 'expansion-ratio']
	},
	ffn: {
		topic: 'block',
		name: m.glossary_ffn_name,
		text: m.glossary_ffn_text,
		sources: [{ source: 'paper-v8', where: '3.2' }],
		step: 2,
		seeAlso: ['channel-mixer', 'expansion-ratio', 'pointwise-convolution']
	},
	metaformer: {
		topic: 'block',
		name: m.glossary_metaformer_name,
		text: m.glossary_metaformer_text,
		sources: [{ source: 'paper-v8', where: '3.2' }],
		step: 1,
		seeAlso: ['token-mixer', 'channel-mixer']
	},
	block: {
		topic: 'block',
		name: m.glossary_block_name,
		text: m.glossary_block_text,
		sources: [{ source: 'paper-v8', where: 'Figure 3' }],
		step: 1,
		seeAlso: ['squeeze-and-excitation', 'stage', 'token-mixer', 'channel-mixer']
	},
	'depthwise-convolution': {
		topic: 'block',
		name: m.glossary_depthwise_convolution_name,
		text: m.glossary_depthwise_convolution_text,
		sources: [{ source: 'paper-v8', where: '3.2' }],
		step: 1,
		seeAlso: ['pointwise-convolution', 'kernel-size', 'token-mixer']
	},
	'pointwise-convolution': {
		topic: 'block',
		name: m.glossary_pointwise_convolution_name,
		text: m.glossary_pointwise_convolution_text,
		sources: [{ source: 'paper-v8', where: '3.2' }],
		step: 1,
		seeAlso: ['depthwise-convolution', 'channel-mixer']
	},
	'expansion-ratio': {
		topic: 'block',
		name: m.glossary_expansion_ratio_name,
		text: m.glossary_expansion_ratio_text,
		sources: [{ source: 'paper-v8', where: '3.2' }],
		step: 2,
		seeAlso: ['channel-mixer', 'ffn', 'width']
	},
	'squeeze-and-excitation': {
		topic: 'block',
		name: m.glossary_squeeze_and_excitation_name,
		text: m.glossary_squeeze_and_excitation_text,
		sources: [{ source: 'paper-v8', where: '3.4' }],
		step: 8,
		seeAlso: ['token-mixer', 'channel-mixer']
	},
	'skip-connection': {
		topic: 'block',
		name: m.glossary_skip_connection_name,
		text: m.glossary_skip_connection_text,
		sources: [{ source: 'paper-v8', where: '3.2' }],
		step: 1,
		seeAlso: ['structural-reparameterisation', 'block']
	},
	'kernel-size': {
		topic: 'block',
		name: m.glossary_kernel_size_name,
		text: m.glossary_kernel_size_text,
		sources: [{ source: 'paper-v8', where: '3.4' }],
		step: 7,
		seeAlso: ['depthwise-convolution']
	},
	gelu: {
		topic: 'block',
		name: m.glossary_gelu_name,
		text: m.glossary_gelu_text,
		sources: [{ source: 'paper-v8', where: '3.1' }],
		step: 0,
		seeAlso: ['hard-swish', 'latency']
	},
	'hard-swish': {
		topic: 'block',
		name: m.glossary_hard_swish_name,
		text: m.glossary_hard_swish_text,
		sources: [],
		step: 0,
		seeAlso: ['gelu']
	},
	'batch-norm': {
		topic: 'block',
		name: m.glossary_batch_norm_name,
		text: m.glossary_batch_norm_text,
		sources: [],
		step: 1,
		seeAlso: ['structural-reparameterisation', 'deploy-form']
	},
	stem: {
		topic: 'network',
		name: m.glossary_stem_name,
		text: m.glossary_stem_text,
		sources: [{ source: 'paper-v8', where: '3.3' }],
		step: 3,
		seeAlso: ['early-convolutions', 'patchify-stem', 'resolution']
	},
	'early-convolutions': {
		topic: 'network',
		name: m.glossary_early_convolutions_name,
		text: m.glossary_early_convolutions_text,
		sources: [{ source: 'paper-v8', where: '3.3' }],
		step: 3,
		seeAlso: ['stem', 'patchify-stem']
	},
	'patchify-stem': {
		topic: 'network',
		name: m.glossary_patchify_stem_name,
		text: m.glossary_patchify_stem_text,
		sources: [{ source: 'paper-v8', where: '3.3' }],
		step: 3,
		seeAlso: ['stem', 'early-convolutions', 'token']
	},
	stage: {
		topic: 'network',
		name: m.glossary_stage_name,
		text: m.glossary_stage_text,
		sources: [{ source: 'paper-v8', where: '3.3' }],
		step: 6,
		seeAlso: ['block', 'downsampling', 'stage-ratio']
	},
	'stage-ratio': {
		topic: 'network',
		name: m.glossary_stage_ratio_name,
		text: m.glossary_stage_ratio_text,
		sources: [{ source: 'paper-v8', where: '3.3' }],
		step: 6,
		seeAlso: ['stage', 'depth']
	},
	downsampling: {
		topic: 'network',
		name: m.glossary_downsampling_name,
		text: m.glossary_downsampling_text,
		sources: [{ source: 'paper-v8', where: '3.3' }],
		step: 4,
		seeAlso: ['stage', 'resolution', 'width']
	},
	classifier: {
		topic: 'network',
		name: m.glossary_classifier_name,
		text: m.glossary_classifier_text,
		sources: [{ source: 'paper-v8', where: '3.3' }],
		step: 5,
		seeAlso: ['top-1', 'width']
	},
	depth: {
		topic: 'network',
		name: m.glossary_depth_name,
		text: m.glossary_depth_text,
		sources: [{ source: 'paper-v8', where: '3.3' }],
		step: 6,
		seeAlso: ['stage-ratio', 'width']
	},
	width: {
		topic: 'network',
		name: m.glossary_width_name,
		text: m.glossary_width_text,
		sources: [{ source: 'paper-v8', where: '3.2' }],
		step: 2,
		seeAlso: ['depth', 'nchw', 'expansion-ratio']
	},
	resolution: {
		topic: 'network',
		name: m.glossary_resolution_name,
		text: m.glossary_resolution_text,
		sources: [{ source: 'paper-v8', where: '3.3' }],
		step: 3,
		seeAlso: ['downsampling', 'nchw']
	},
	'structural-reparameterisation': {
		topic: 'forms',
		name: m.glossary_structural_reparameterisation_name,
		text: m.glossary_structural_reparameterisation_text,
		sources: [{ source: 'paper-v8', where: '3.2' }],
		step: 1,
		seeAlso: ['training-form', 'deploy-form', 'batch-norm']
	},
	'training-form': {
		topic: 'forms',
		name: m.glossary_training_form_name,
		text: m.glossary_training_form_text,
		sources: [{ source: 'official-code', where: 'model/repvit.py' }],
		step: 1,
		seeAlso: ['deploy-form', 'structural-reparameterisation', 'distillation']
	},
	'deploy-form': {
		topic: 'forms',
		name: m.glossary_deploy_form_name,
		text: m.glossary_deploy_form_text,
		sources: [{ source: 'official-code', where: 'utils.py' }],
		step: 1,
		seeAlso: ['training-form', 'structural-reparameterisation']
	},
	'top-1': {
		topic: 'training',
		name: m.glossary_top_1_name,
		text: m.glossary_top_1_text,
		sources: [{ source: 'paper-v8', where: 'Table 1' }],
		step: 0,
		seeAlso: ['classifier', 'distillation']
	},
	distillation: {
		topic: 'training',
		name: m.glossary_distillation_name,
		text: m.glossary_distillation_text,
		sources: [{ source: 'paper-v8', where: 'Table 1' }],
		step: 0,
		seeAlso: ['teacher', 'training-form', 'deit-recipe']
	},
	teacher: {
		topic: 'training',
		name: m.glossary_teacher_name,
		text: m.glossary_teacher_text,
		sources: [{ source: 'paper-v8', where: 'Table 1' }],
		step: null,
		seeAlso: ['distillation']
	},
	'deit-recipe': {
		topic: 'training',
		name: m.glossary_deit_recipe_name,
		text: m.glossary_deit_recipe_text,
		sources: [{ source: 'paper-v8', where: '3.1' }],
		step: 0,
		seeAlso: ['cosine-schedule', 'distillation']
	},
	'cosine-schedule': {
		topic: 'training',
		name: m.glossary_cosine_schedule_name,
		text: m.glossary_cosine_schedule_text,
		sources: [{ source: 'paper-v8', where: '3.1' }],
		step: 0,
		seeAlso: ['deit-recipe']
	},
	macs: {
		topic: 'cost',
		name: m.glossary_macs_name,
		text: m.glossary_macs_text,
		sources: [],
		step: null,
		seeAlso: ['params', 'latency', 'arithmetic-intensity']
	},
	params: {
		topic: 'cost',
		name: m.glossary_params_name,
		text: m.glossary_params_text,
		sources: [],
		step: null,
		seeAlso: ['macs', 'deploy-form']
	},
	'activation-bytes': {
		topic: 'cost',
		name: m.glossary_activation_bytes_name,
		text: m.glossary_activation_bytes_text,
		sources: [],
		step: null,
		seeAlso: ['arithmetic-intensity', 'memory-bound']
	},
	'arithmetic-intensity': {
		topic: 'cost',
		name: m.glossary_arithmetic_intensity_name,
		text: m.glossary_arithmetic_intensity_text,
		sources: [],
		step: null,
		seeAlso: ['memory-bound', 'compute-bound', 'macs']
	},
	'memory-bound': {
		topic: 'cost',
		name: m.glossary_memory_bound_name,
		text: m.glossary_memory_bound_text,
		sources: [],
		step: null,
		seeAlso: ['compute-bound', 'arithmetic-intensity', 'activation-bytes']
	},
	'compute-bound': {
		topic: 'cost',
		name: m.glossary_compute_bound_name,
		text: m.glossary_compute_bound_text,
		sources: [],
		step: null,
		seeAlso: ['memory-bound', 'arithmetic-intensity', 'macs']
	},
	latency: {
		topic: 'cost',
		name: m.glossary_latency_name,
		text: m.glossary_latency_text,
		sources: [{ source: 'paper-v8', where: 'Table 1' }],
		step: 0,
		seeAlso: ['macs', 'wasm']
	},
	nchw: {
		topic: 'running',
		name: m.glossary_nchw_name,
		text: m.glossary_nchw_text,
		sources: [],
		step: null,
		seeAlso: ['width', 'resolution', 'token']
	},
	onnx: {
		topic: 'running',
		name: m.glossary_onnx_name,
		text: m.glossary_onnx_text,
		sources: [],
		step: null,
		seeAlso: ['wasm', 'deploy-form']
	},
	wasm: {
		topic: 'running',
		name: m.glossary_wasm_name,
		text: m.glossary_wasm_text,
		sources: [],
		step: null,
		seeAlso: ['onnx', 'latency']
	}
};
