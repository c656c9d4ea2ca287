import type { Join } from '../../arch/module';
import type { Layout, Part } from '../layout/types';

/** A line of the list: a part, or the sign where branches meet behind the parts that made them. */
export type ListRow =
	| { readonly kind: 'part'; readonly part: Part }
	| { readonly kind: 'join'; readonly path: string; readonly join: Join; readonly level: number };

/** A drawing read from top to bottom: its parts in execution order, each join behind what it joins. */
export function listRows({ parts, joins }: Layout): ListRow[] {
	const rows: ListRow[] = parts.map((part) => ({ kind: 'part', part }));
	for (const { path, join } of joins) {
		const inside = (row: ListRow) =>
			row.kind === 'part' ? isWithin(row.part.path, path) : isWithin(row.path, path);
		const last = rows.findLastIndex(inside);
		// A module that is drawn as a box holds its joins out of sight.
		if (last < 0) continue;
		rows.splice(last + 1, 0, { kind: 'join', path, join, level: levelOf(rows, path) });
	}
	return rows;
}

function isWithin(path: string, outer: string): boolean {
	return path === outer || outer === '' || path.startsWith(`${outer}.`);
}

/** A join stands as deep as the first of the parts that it joins, beside its own frame if it has one. */
function levelOf(rows: readonly ListRow[], path: string): number {
	const first = rows.find(
		(row) => row.kind === 'part' && isWithin(row.part.path, path) && row.part.path !== path
	);
	return first?.kind === 'part' ? first.part.level : 1;
}
