/** Names of the glossary's entries: in addresses (`/glossary#token-mixer`) and in marked-up texts. */
export const TERM_IDS = [
	'token',
	'token-mixer',
	'channel-mixer',
	'ffn',
	'metaformer',
	'block',
	'depthwise-convolution',
	'pointwise-convolution',
	'expansion-ratio',
	'squeeze-and-excitation',
	'skip-connection',
	'kernel-size',
	'gelu',
	'hard-swish',
	'batch-norm',
	'stem',
	'early-convolutions',
	'patchify-stem',
	'stage',
	'stage-ratio',
	'downsampling',
	'classifier',
	'depth',
	'width',
	'resolution',
	'structural-reparameterisation',
	'training-form',
	'deploy-form',
	'top-1',
	'distillation',
	'teacher',
	'deit-recipe',
	'cosine-schedule',
	'macs',
	'params',
	'activation-bytes',
	'arithmetic-intensity',
	'memory-bound',
	'compute-bound',
	'latency',
	'nchw',
	'onnx',
	'wasm'
] as const;

export type TermId = (typeof TERM_IDS)[number];

const KNOWN: ReadonlySet<string> = new Set(TERM_IDS);

export function isTermId(text: string): text is TermId {
	return KNOWN.has(text);
}
