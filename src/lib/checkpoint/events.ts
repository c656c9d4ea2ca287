import type { NetworkPlan } from '../arch/plan';
import type { PictureProblem } from '../imaging/picture';
import type { Recipe } from '../imaging/recipe';
import type { CheckpointForm as Form, NamingName } from '../weights/checkpoint/types';
import type { CheckpointProblem } from '../weights/checkpoint/problem';
import type { SafetensorsProblem } from '../weights/safetensors/problem';
import type { TensorAddress } from '../weights/source';

/** What an opened file holds. */
export interface CheckpointSummary {
	readonly naming: NamingName;
	/** The form that the file is in. Of a training file both forms can be run, of a fused one only that. */
	readonly form: Form;
	readonly plan: NetworkPlan;
	/** The published network that it is, for example `repvit-m0.9`; null for any other. */
	readonly memberName: string | null;
	readonly classes: number;
	readonly heads: 1 | 2;
	readonly tensorCount: number;
	/** Counters and the like, which no network needs. */
	readonly ignoredCount: number;
	/** The types of its tensors, for example `F32`. */
	readonly dtypes: readonly string[];
	readonly byteLength: number;
	/** What the file says of itself: its metadata's `description`. */
	readonly note: string | null;
}

/** What one form made of an input. */
export interface FormOutput {
	readonly form: Form;
	readonly logits: Float32Array;
	/** Median of a few runs: a look, not a measurement. */
	readonly medianMs: number;
}

/** Both forms on one input, or the one that there is. */
export interface FormOutputs {
	readonly outputs: readonly FormOutput[];
	/** Largest absolute difference of their logits; null where there is one form only. */
	readonly maxDifference: number | null;
	/** Largest minus smallest logit of the deploy form: what the difference is to be held against. */
	readonly range: number;
	/** Logits, of all forms, that are NaN or infinite; with any of them there is neither difference nor range. */
	readonly notFinite: number;
}

/** Why something failed, as data for messages. */
export type CheckpointFailure =
	| { readonly kind: 'file'; readonly problem: SafetensorsProblem }
	| { readonly kind: 'network'; readonly problem: CheckpointProblem }
	| { readonly kind: 'picture'; readonly problem: PictureProblem }
	| { readonly kind: 'runtime'; readonly detail: string };

/** What a page asks of the worker. Each is answered once. */
export type CheckpointRequest =
	| { readonly type: 'open'; readonly file: Blob }
	| { readonly type: 'classify'; readonly bitmap: ImageBitmap; readonly recipe: Recipe }
	| { readonly type: 'compare'; readonly seed: number }
	| { readonly type: 'emit'; readonly form: Form }
	| { readonly type: 'tensors'; readonly tensors: readonly TensorAddress[] };

/** The answer to each request. */
export interface CheckpointAnswers {
	readonly open: CheckpointSummary;
	readonly classify: FormOutputs;
	readonly compare: FormOutputs;
	/** The ONNX file. */
	readonly emit: Uint8Array<ArrayBuffer>;
	/** Values in the order asked for; the addresses are those of the file's own form. */
	readonly tensors: readonly Float32Array[];
}

export type CheckpointEvent =
	| { readonly type: 'progress'; readonly readBytes: number; readonly totalBytes: number }
	| {
			readonly type: 'answer';
			readonly id: number;
			readonly answer: CheckpointAnswers[keyof CheckpointAnswers];
	  }
	| { readonly type: 'failure'; readonly id: number; readonly failure: CheckpointFailure };
