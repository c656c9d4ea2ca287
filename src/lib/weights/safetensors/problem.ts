import type { Shape } from '../../arch/shapes';
import type { Dtype } from './dtype';
import type { ForeignFormat } from './foreign';

/** What a tensor's entry in the header has to have. */
export type EntryField = 'dtype' | 'shape' | 'data_offsets';

/**
 * What can be wrong with a file, as data: pages have messages for it. Sizes are in bytes. Texts out
 * of the file (`tensor`, `dtype`, `found`) are cut to a length that can be shown.
 */
export type SafetensorsProblem =
	// The file as a whole.
	| { readonly code: 'empty-file' }
	| { readonly code: 'too-short'; readonly fileBytes: number }
	| { readonly code: 'foreign-format'; readonly format: ForeignFormat }
	// The header as a whole. Lengths above 2^53 are rounded.
	| { readonly code: 'header-empty' }
	| { readonly code: 'header-too-long'; readonly headerBytes: number; readonly limitBytes: number }
	| {
			readonly code: 'header-beyond-file';
			readonly headerBytes: number;
			readonly fileBytes: number;
	  }
	| { readonly code: 'header-not-utf8' }
	| { readonly code: 'header-not-json' }
	| { readonly code: 'header-not-object' }
	| { readonly code: 'too-many-tensors'; readonly count: number; readonly limit: number }
	| { readonly code: 'duplicate-name'; readonly tensor: string }
	| { readonly code: 'metadata-not-texts'; readonly found: string }
	// One entry of the header.
	| { readonly code: 'entry-not-object'; readonly tensor: string; readonly found: string }
	| { readonly code: 'field-missing'; readonly tensor: string; readonly field: EntryField }
	| {
			readonly code: 'field-type';
			readonly tensor: string;
			readonly field: EntryField;
			readonly found: string;
	  }
	| { readonly code: 'unknown-dtype'; readonly tensor: string; readonly dtype: string }
	| { readonly code: 'shape-overflow'; readonly tensor: string; readonly shape: Shape }
	| {
			readonly code: 'offsets-order';
			readonly tensor: string;
			readonly begin: number;
			readonly end: number;
	  }
	| {
			readonly code: 'byte-count';
			readonly tensor: string;
			readonly dtype: Dtype;
			readonly shape: Shape;
			readonly expected: number;
			readonly found: number;
	  }
	// How the tensors lie in the data.
	| {
			readonly code: 'offsets-outside';
			readonly tensor: string;
			readonly begin: number;
			readonly end: number;
			readonly dataBytes: number;
	  }
	| {
			readonly code: 'overlap';
			readonly first: string;
			readonly second: string;
			/** Where the second would have to begin, and where it does. */
			readonly expected: number;
			readonly found: number;
	  }
	| {
			readonly code: 'hole';
			/** The tensor before the hole; the data may also begin with one. */
			readonly before: string | undefined;
			readonly after: string;
			readonly holeBytes: number;
	  }
	| { readonly code: 'truncated'; readonly missingBytes: number; readonly fileBytes: number }
	| { readonly code: 'trailing-bytes'; readonly extraBytes: number }
	// Reading.
	| { readonly code: 'out-of-memory'; readonly bytes: number }
	| {
			readonly code: 'changed-while-reading';
			readonly position: number;
			readonly expected: number;
			readonly found: number;
	  }
	| { readonly code: 'read-failed'; readonly detail: string }
	// Taking a tensor's values.
	| { readonly code: 'no-such-tensor'; readonly tensor: string }
	| { readonly code: 'not-weights'; readonly tensor: string; readonly dtype: Dtype }
	| {
			readonly code: 'target-length';
			readonly tensor: string;
			readonly expected: number;
			readonly found: number;
	  };
