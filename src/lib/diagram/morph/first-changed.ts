import type { ShownMark } from '../marks';
import type { MorphPlan, Side } from './types';

/** What a comparison says of the parts of both networks: see `foldMarks`. */
export type SideMarks = { readonly [S in Side]: ReadonlyMap<string, ShownMark> };

/** The span down a drawing where the first part stands that is not the same in both; null without one. */
export function firstChanged(
	{ parts }: Pick<MorphPlan, 'parts'>,
	marks: SideMarks
): { readonly top: number; readonly height: number } | null {
	const changed = parts.flatMap(({ before, after }) => {
		const part = after ?? before!;
		const mark = marks[after ? 'after' : 'before'].get(part.path);
		// A frame that holds a change is long; the change itself is in it.
		if (mark === undefined || (part.kind === 'frame' && mark === 'contains-changes')) return [];
		return [{ top: part.y, height: part.height }];
	});
	if (changed.length === 0) return null;
	return changed.reduce((first, each) => (each.top < first.top ? each : first));
}
