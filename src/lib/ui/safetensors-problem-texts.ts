import * as m from '../paraglide/messages';
import type { EntryField, SafetensorsProblem } from '../weights/safetensors/problem';
import { foreignFormatText } from './foreign-format-texts';
import { formatNumber } from './format';
import { sentences } from './join-texts';
import { bytesText, shapeText, wrongDtypeText } from './problem-parts';

/** What is wrong with a file, and what to do. Names out of the file are shown as they are. */
export function safetensorsProblemText(problem: SafetensorsProblem): string {
	switch (problem.code) {
		case 'empty-file':
			return getAgain(m.problem_empty_file());
		case 'too-short':
			return getAgain(m.problem_too_short({ size: bytesText(problem.fileBytes) }));
		case 'foreign-format':
			return foreignFormatText(problem.format);
		case 'header-empty':
			return getAgain(m.problem_header_empty());
		case 'header-too-long': {
			const sizes = {
				size: bytesText(problem.headerBytes),
				limit: bytesText(problem.limitBytes)
			};
			return sentences(m.problem_header_too_long(sizes), m.problem_advice_pick_or_get_again());
		}
		case 'header-beyond-file': {
			const sizes = {
				size: bytesText(problem.headerBytes),
				fileSize: bytesText(problem.fileBytes)
			};
			return getAgain(m.problem_header_beyond_file(sizes));
		}
		case 'header-not-utf8':
			return getAgain(m.problem_header_not_utf8());
		case 'header-not-json':
			return getAgain(m.problem_header_not_json());
		case 'header-not-object':
			return writeAgain(m.problem_header_not_object());
		case 'too-many-tensors': {
			const [count, limit] = [formatNumber(problem.count), formatNumber(problem.limit)];
			return sentences(
				m.problem_too_many_tensors({ count, limit }),
				m.problem_advice_one_network()
			);
		}
		case 'duplicate-name':
			return writeAgain(m.problem_duplicate_name(problem));
		case 'metadata-not-texts':
			return writeAgain(m.problem_metadata_not_texts(problem));
		case 'entry-not-object':
			return writeAgain(m.problem_entry_not_object(problem));
		case 'field-missing': {
			const { tensor, field } = problem;
			return writeAgain(m.problem_field_missing({ tensor, field: FIELDS[field].name() }));
		}
		case 'field-type': {
			const { name, expected } = FIELDS[problem.field];
			const { tensor, found } = problem;
			return writeAgain(
				m.problem_field_type({ tensor, found, field: name(), expected: expected() })
			);
		}
		case 'unknown-dtype':
			return sentences(m.problem_unknown_dtype(problem), m.problem_advice_float());
		case 'shape-overflow': {
			const { tensor, shape } = problem;
			return writeAgain(m.problem_shape_overflow({ tensor, shape: shapeText(shape) }));
		}
		case 'offsets-order':
			return writeAgain(m.problem_offsets_order({ ...problem, ...placeOf(problem) }));
		case 'byte-count': {
			const { tensor, dtype, shape, expected, found } = problem;
			return writeAgain(
				m.problem_byte_count({
					tensor,
					dtype,
					shape: shapeText(shape),
					expected: bytesText(expected),
					found: bytesText(found)
				})
			);
		}
		case 'offsets-outside': {
			const { tensor, dataBytes } = problem;
			return writeAgain(
				m.problem_offsets_outside({ tensor, ...placeOf(problem), size: bytesText(dataBytes) })
			);
		}
		case 'overlap': {
			const { first, second } = problem;
			const [expected, found] = [formatNumber(problem.expected), formatNumber(problem.found)];
			return writeAgain(m.problem_overlap({ first, second, expected, found }));
		}
		case 'hole': {
			const { before, after } = problem;
			const size = bytesText(problem.holeBytes);
			return writeAgain(
				before === undefined
					? m.problem_hole({ size, after })
					: m.problem_hole_between({ size, before, after })
			);
		}
		case 'truncated': {
			const sizes = {
				size: bytesText(problem.missingBytes),
				fileSize: bytesText(problem.fileBytes)
			};
			return getAgain(m.problem_truncated(sizes));
		}
		case 'trailing-bytes':
			return getAgain(m.problem_trailing_bytes({ size: bytesText(problem.extraBytes) }));
		case 'out-of-memory': {
			const size = bytesText(problem.bytes);
			return sentences(m.problem_out_of_memory({ size }), m.problem_advice_memory());
		}
		case 'changed-while-reading': {
			const position = formatNumber(problem.position);
			const [expected, found] = [bytesText(problem.expected), formatNumber(problem.found)];
			return sentences(
				m.problem_changed_while_reading({ position, expected, found }),
				m.problem_advice_wait()
			);
		}
		case 'read-failed':
			return sentences(m.problem_read_failed(problem), m.problem_advice_pick_again());
		case 'no-such-tensor':
			return sentences(m.problem_no_such_tensor(problem), m.problem_advice_this_network());
		case 'not-weights':
			return wrongDtypeText(problem.tensor, problem.dtype);
		case 'target-length': {
			const { tensor } = problem;
			const [expected, found] = [formatNumber(problem.expected), formatNumber(problem.found)];
			return sentences(
				m.problem_target_length({ tensor, expected, found }),
				m.problem_advice_this_network()
			);
		}
	}
}

const FIELDS: {
	readonly [F in EntryField]: { readonly name: () => string; readonly expected: () => string };
} = {
	dtype: { name: m.problem_field_dtype, expected: m.problem_expected_dtype },
	shape: { name: m.problem_field_shape, expected: m.problem_expected_shape },
	data_offsets: { name: m.problem_field_offsets, expected: m.problem_expected_offsets }
};

/** For what a transfer does to a file. */
function getAgain(what: string): string {
	return sentences(what, m.problem_advice_get_again());
}

/** For what only a writer does. */
function writeAgain(what: string): string {
	return sentences(what, m.problem_advice_write_again());
}

function placeOf({ begin, end }: { readonly begin: number; readonly end: number }): {
	begin: string;
	end: string;
} {
	return { begin: formatNumber(begin), end: formatNumber(end) };
}
