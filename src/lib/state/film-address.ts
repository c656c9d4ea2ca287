import type { QueryProblem } from '../arch/query';

/** How deep the film's drawing is opened, in the words of the address. */
export const FILM_DEPTHS = ['stages', 'blocks', 'mixers'] as const;
export type FilmDepth = (typeof FILM_DEPTHS)[number];

/** What an address says of the film. */
export interface FilmView {
	/** From 0 to the number of the last step. */
	readonly at: number;
	readonly depth: FilmDepth;
}

const DEFAULT: FilmView = { at: 0, depth: 'stages' };

/** Prints a view, question mark included; what is the default is left out. */
export function printFilm({ at, depth }: FilmView): string {
	const params = new URLSearchParams();
	const rounded = Math.round(at * 100) / 100;
	if (rounded !== DEFAULT.at) params.set('at', String(rounded));
	if (depth !== DEFAULT.depth) params.set('depth', depth);
	const query = params.toString();
	return query && `?${query}`;
}

/** Reads a query string. Never throws: what is valid is kept, the rest is named. */
export function readFilm(
	search: string,
	last: number
): { readonly view: FilmView; readonly problems: readonly QueryProblem[] } {
	const params = new URLSearchParams(search);
	const problems: QueryProblem[] = [];
	const askedAt = params.get('at');
	const at = askedAt === null ? DEFAULT.at : Number(askedAt);
	const isPlace = askedAt === null || (/^\d+(\.\d+)?$/.test(askedAt) && at <= last);
	if (!isPlace) {
		problems.push({ code: 'out-of-range', key: 'at', value: askedAt, allowed: `0–${last}` });
	}
	const askedDepth = params.get('depth');
	const depth = FILM_DEPTHS.find((name) => name === askedDepth);
	if (askedDepth !== null && depth === undefined) {
		const allowed = FILM_DEPTHS.join(', ');
		problems.push({ code: 'unknown-value', key: 'depth', value: askedDepth, allowed });
	}
	return {
		view: { at: isPlace ? at : DEFAULT.at, depth: depth ?? DEFAULT.depth },
		problems
	};
}
