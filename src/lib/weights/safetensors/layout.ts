import type { TensorInfo } from './entry';
import { SafetensorsError } from './errors';
import { excerpt } from './excerpt';

/**
 * Checks that tensors fill the data section: one after the other, no byte twice, none left over, as
 * safetensors asks. So nothing can hide between them, and a file that was cut off is told from one
 * that was written wrongly.
 * @param tensors in order of `compareByPlace`
 * @throws {SafetensorsError}
 */
export function checkLayout(
	tensors: Iterable<TensorInfo>,
	{ dataBytes, fileBytes }: { readonly dataBytes: number; readonly fileBytes: number }
): void {
	let last: TensorInfo | undefined;
	let filled = 0;
	for (const tensor of tensors) {
		if (tensor.begin !== filled) throw misplaced({ tensor, last, filled, dataBytes });
		filled = tensor.end;
		last = tensor;
	}
	if (filled > dataBytes) {
		const missingBytes = filled - dataBytes;
		throw new SafetensorsError({ code: 'truncated', missingBytes, fileBytes });
	}
	if (filled < dataBytes) {
		throw new SafetensorsError({ code: 'trailing-bytes', extraBytes: dataBytes - filled });
	}
}

/** Sorts by place in the data; an empty tensor comes before one that begins where it is. */
export function compareByPlace(a: TensorInfo, b: TensorInfo): number {
	return a.begin - b.begin || a.end - b.end;
}

function misplaced({
	tensor,
	last,
	filled,
	dataBytes
}: {
	readonly tensor: TensorInfo;
	readonly last: TensorInfo | undefined;
	readonly filled: number;
	readonly dataBytes: number;
}): SafetensorsError {
	const { begin, end } = tensor;
	const name = excerpt(tensor.name);
	const before = last && excerpt(last.name);
	if (before !== undefined && begin < filled) {
		return new SafetensorsError({
			code: 'overlap',
			first: before,
			second: name,
			expected: filled,
			found: begin
		});
	}
	if (end > dataBytes) {
		return new SafetensorsError({ code: 'offsets-outside', tensor: name, begin, end, dataBytes });
	}
	return new SafetensorsError({ code: 'hole', before, after: name, holeBytes: begin - filled });
}
