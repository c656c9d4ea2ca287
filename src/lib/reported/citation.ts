import { SOURCES } from './figures';
import type { SourceId } from './types';

/** Where a figure was read, short enough for a tag: `arXiv 2307.09283 v8, Table 1`. */
export function citation(source: SourceId, where: string): string {
	const place = /^\d/.test(where) ? `§${where}` : where;
	return `${SHORT_TITLES[source]}, ${place}`;
}

const SHORT_TITLES: Readonly<Record<SourceId, string>> = {
	'paper-v8': 'arXiv 2307.09283 v8',
	'official-code': SOURCES['official-code'].title
};
