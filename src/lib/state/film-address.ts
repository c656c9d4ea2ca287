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

/** The key of an address that holds the place on a film. */
export const PLACE_KEY = 'at';

/** How long an address waits for a film to come to rest: while it plays, it changes with every frame. */
export const ADDRESS_WAIT_MS = 300;

const DEFAULT: FilmView = { at: 0, depth: 'stages' };

/** Prints a view, question mark included; what is the default is left out. */
export function printFilm({ at, depth }: FilmView): string {
	const params = new URLSearchParams();
	const place = printPlace(at);
	if (place !== null) params.set(PLACE_KEY, place);
	if (depth !== DEFAULT.depth) params.set('depth', depth);
	const query = params.toString();
	return query && `?${query}`;
}

/** Where on a film it stands, as an address tells it; null for the start, which is left out. */
export function printPlace(at: number): string | null {
	const rounded = Math.round(at * 100) / 100;
	return rounded === DEFAULT.at ? null : String(rounded);
}

/** Reads what {@link printPlace} printed. Never throws: what is no place on the film is its start. */
export function readPlace(
	params: URLSearchParams,
	last: number
): { readonly at: number; readonly problem: QueryProblem | null } {
	const value = params.get(PLACE_KEY);
	if (value === null) return { at: DEFAULT.at, problem: null };
	const at = Number(value);
	if (/^\d+(\.\d+)?$/.test(value) && at <= last) return { at, problem: null };
	const allowed = `0–${last}`;
	return { at: DEFAULT.at, problem: { code: 'out-of-range', key: PLACE_KEY, value, allowed } };
}

/** Reads a query string. Never throws: what is valid is kept, the rest is named. */
export function readFilm(
	search: string,
	last: number
): { readonly view: FilmView; readonly problems: readonly QueryProblem[] } {
	const params = new URLSearchParams(search);
	const problems: QueryProblem[] = [];
	const { at, problem } = readPlace(params, last);
	if (problem) problems.push(problem);
	const askedDepth = params.get('depth');
	const depth = FILM_DEPTHS.find((name) => name === askedDepth);
	if (askedDepth !== null && depth === undefined) {
		const allowed = FILM_DEPTHS.join(', ');
		problems.push({ code: 'unknown-value', key: 'depth', value: askedDepth, allowed });
	}
	return {
		view: { at, depth: depth ?? DEFAULT.depth },
		problems
	};
}
