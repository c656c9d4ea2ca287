import { expect } from 'vitest';
import { groupBy } from '$lib/arch/group-by';
import type { Direction, Layout, Part } from '$lib/diagram/layout/types';
import { rectOf } from '$lib/diagram/layout/within';

/** No two parts overlap unless one holds the other; all stand on the sheet, in execution order. */
export function expectSound(layout: Layout): void {
	const byPath = new Map(layout.parts.map((part) => [part.path, part]));
	const wrong: string[] = [];
	for (const part of layout.parts) {
		const rect = rectOf(part);
		if (rect.left < 0 || rect.top < 0 || rect.right > layout.width || rect.bottom > layout.height) {
			wrong.push(`${part.path} leaves the sheet`);
		}
		const frame = part.parent === null ? undefined : byPath.get(part.parent);
		if (frame && !holds(frame, part)) wrong.push(`${part.path} leaves ${frame.path}`);
	}
	for (const group of groupBy(layout.parts, ({ parent }) => parent).values()) {
		group.forEach((part, index) => {
			for (const before of group.slice(0, index)) {
				if (shareRows(before, part) && shareColumns(before, part)) {
					wrong.push(`${before.path} overlaps ${part.path}`);
				}
				// Of branches side by side a later one may begin before the end of an earlier one.
				if (isAhead(part, before, layout.direction)) {
					wrong.push(`${part.path} stands ahead of ${before.path}`);
				}
			}
		});
	}
	expect(wrong).toEqual([]);
}

/** Whether one part begins before the other on the way of the data, in the same lane. */
function isAhead(part: Part, other: Part, direction: Direction): boolean {
	const [first, second] = [rectOf(part), rectOf(other)];
	return direction === 'down'
		? first.top < second.top && shareColumns(part, other)
		: first.left < second.left && shareRows(part, other);
}

function holds(frame: Part, part: Part): boolean {
	const [outer, inner] = [rectOf(frame), rectOf(part)];
	return (
		inner.left >= outer.left &&
		inner.right <= outer.right &&
		inner.top >= outer.top &&
		inner.bottom <= outer.bottom
	);
}

function shareColumns(a: Part, b: Part): boolean {
	const [first, second] = [rectOf(a), rectOf(b)];
	return first.left < second.right && second.left < first.right;
}

function shareRows(a: Part, b: Part): boolean {
	const [first, second] = [rectOf(a), rectOf(b)];
	return first.top < second.bottom && second.top < first.bottom;
}
