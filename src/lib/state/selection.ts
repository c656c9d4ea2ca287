import type { Design } from '../arch/design';
import { findNamedDesign, nameOfDesign } from '../arch/named-designs';
import { parseDesign, printDesign, type QueryProblem } from '../arch/query';
import type { Candidate } from '../measure/types';

/** A network chosen for a run. The same one may be chosen twice. */
export interface Selected {
	/** Its name, or null for a design of the visitor's own. */
	readonly name: string | null;
	readonly design: Design;
}

/** A design as it is chosen: by its name, if it has one. */
export function selectedOf(design: Design): Selected {
	const named = nameOfDesign(design);
	return named ? { name: named.name, design: named.design } : { name: null, design };
}

/** The query key that holds the selection in the measuring page's address. */
export const SELECTION_KEY = 'designs';

/**
 * Reads a selection: names and designs in parentheses, joined by commas, for example
 * `step0,repvit-m0.9,repvit-m0.9_training,(v=1&mixing=separated)`. A name alone is the deploy form;
 * behind it `_training`, `_2-heads` and `_first-release` ask for a training form. Names that are not
 * known are left out; of a design what is valid is kept. Both are named.
 */
export function parseSelection(text: string): {
	readonly selected: readonly Selected[];
	readonly unknown: readonly string[];
	readonly problems: readonly QueryProblem[];
} {
	const selected: Selected[] = [];
	const unknown: string[] = [];
	const problems: QueryProblem[] = [];
	for (const part of text.match(/\([^)]*\)?|[^,]+/g) ?? []) {
		if (part.startsWith('(')) {
			const parsed = parseDesign(part.replace(/^\(|\)$/g, ''));
			problems.push(...parsed.problems);
			selected.push(selectedOf(parsed.design));
			continue;
		}
		const named = findNamedDesign(part);
		if (named) selected.push({ name: named.name, design: named.design });
		else unknown.push(part);
	}
	return { selected, unknown, problems };
}

/** Prints a selection so that {@link parseSelection} gives it back. */
export function printSelection(selected: readonly Selected[]): string {
	return selected.map(({ name, design }) => name ?? `(${printDesign(design)})`).join(',');
}

/** The measuring page's query string for a selection, question mark included. */
export function selectionSearch(selected: readonly Selected[]): string {
	return `?${new URLSearchParams({ [SELECTION_KEY]: printSelection(selected) })}`;
}

/** Candidates of a run, with ids that stay unique where a design is chosen twice. */
export function candidatesOf(
	selected: readonly Selected[],
	labelOf: (selected: Selected, ownNumber: number) => string
): Candidate[] {
	const seen = new Map<string, number>();
	let ownNumber = 0;
	return selected.map((entry) => {
		if (entry.name === null) ownNumber++;
		const base = entry.name ?? `own${ownNumber}`;
		const count = (seen.get(base) ?? 0) + 1;
		seen.set(base, count);
		const suffix = count > 1 ? `#${count}` : '';
		return {
			id: base + suffix,
			label: labelOf(entry, ownNumber) + (count > 1 ? ` (${count})` : ''),
			design: entry.design
		};
	});
}
