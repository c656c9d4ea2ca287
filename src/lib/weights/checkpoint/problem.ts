import type { Shape } from '../../arch/shapes';
import { excerpt } from '../safetensors/excerpt';
import type { KnownArchitecture } from './hints';

/** Keys of a file, of which there may be too many to show. */
export interface KeyList {
	/** Ten at most, each cut to a length that can be shown. */
	readonly first: readonly string[];
	readonly count: number;
}

const SHOWN_KEYS = 10;

export function listKeys(keys: readonly string[]): KeyList {
	return { first: keys.slice(0, SHOWN_KEYS).map(excerpt), count: keys.length };
}

/** Why a checkpoint cannot be used. */
export type CheckpointProblem =
	/** No naming fits; `hint` is what the names look like instead. */
	| {
			readonly code: 'unknown-architecture';
			readonly keys: KeyList;
			readonly hint: KnownArchitecture | null;
	  }
	/** A numbered list (of stages, blocks, rows) leaves a number out; `present` is one behind it. */
	| { readonly code: 'gap'; readonly missing: string; readonly present: string }
	/** A downsampling row of the official list with no block right before it. */
	| { readonly code: 'no-pre-block'; readonly row: string }
	/** Some layers are fused and some are not: a key of each. */
	| { readonly code: 'mixed-forms'; readonly training: string; readonly fused: string }
	| { readonly code: 'wrong-keys'; readonly missing: KeyList; readonly unexpected: KeyList }
	| { readonly code: 'unsupported-dtype'; readonly tensor: string; readonly dtype: string }
	| {
			readonly code: 'wrong-shape';
			readonly tensor: string;
			/** Null for a size that may be any. */
			readonly expected: readonly (number | null)[];
			readonly found: Shape;
			/** A tensor that has the expected size; null where the architecture itself asks for it. */
			readonly reference: string | null;
	  }
	| { readonly code: 'unsupported-kernel'; readonly tensor: string; readonly found: Shape }
	| {
			readonly code: 'too-large';
			readonly measure: 'stages' | 'blocks' | 'values';
			readonly found: number;
			readonly limit: number;
	  };
