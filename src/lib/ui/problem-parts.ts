import * as m from '../paraglide/messages';
import { excerpt } from '../weights/safetensors/excerpt';
import { formatNumber } from './format';
import { sentences } from './join-texts';

/** `1,024 bytes`: to the byte, as what is wrong with a file may be one of them. */
export function bytesText(count: number): string {
	return count === 1 ? m.problem_one_byte() : m.problem_bytes({ count: formatNumber(count) });
}

/** `(48, 1, 3, 3)`, digits not grouped: a comma is between sizes. Null is a size that may be any. */
export function shapeText(shape: readonly (number | null)[]): string {
	return excerpt(`(${shape.map((size) => size ?? m.problem_any_size()).join(', ')})`);
}

/** The type of a tensor that no weights can be taken from. */
export function wrongDtypeText(tensor: string, dtype: string): string {
	return sentences(m.problem_not_weights({ tensor, dtype }), m.problem_advice_float());
}
