import type { Design } from '../arch/design';
import { findNamedDesign, nameOfDesign } from '../arch/named-designs';
import { isPlanned, type PlannedNetwork } from '../arch/planned-network';
import { parseDesign, printDesign, type QueryProblem } from '../arch/query';
import type { Candidate } from '../measure/types';

/** A network chosen for a run. The same one may be chosen twice. */
export interface Selected {
	/** Its name, or null for a design of the visitor's own. */
	readonly name: string | null;
	readonly design: Candidate['design'];
	/** What it is called where its name says too little: the file of a checkpoint. */
	readonly label?: string;
}

/** The checkpoint that is open, as networks to be chosen. */
export interface OpenedNetworks {
	readonly fileName: string;
	/** Null for a file that is fused already. */
	readonly training: PlannedNetwork | null;
	readonly deploy: PlannedNetwork;
}

/** What an address calls the open checkpoint's forms: whose file it is it can't hold. */
const OPENED_NAMES = { deploy: 'checkpoint', training: 'checkpoint_training' } as const;

/** The forms of the open checkpoint, training form first. */
export function selectedOfOpened({ fileName, training, deploy }: OpenedNetworks): Selected[] {
	return [training, deploy].flatMap((network) =>
		network ? [{ name: OPENED_NAMES[network.form], design: network, label: fileName }] : []
	);
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
 * behind it `_training`, `_2-heads` and `_first-release` ask for a training form. `checkpoint` and
 * `checkpoint_training` are the file that is open. Names that are not
 * known are left out; of a design what is valid is kept. Both are named.
 */
export function parseSelection(
	text: string,
	opened: OpenedNetworks | null = null
): {
	readonly selected: readonly Selected[];
	readonly unknown: readonly string[];
	/** Asked for by the name of a checkpoint that is not open. */
	readonly closed: readonly string[];
	readonly problems: readonly QueryProblem[];
} {
	const byName = new Map(
		(opened ? selectedOfOpened(opened) : []).map((entry) => [entry.name, entry])
	);
	const closed: string[] = [];
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
		const ofFile = byName.get(part);
		if (ofFile) selected.push(ofFile);
		else if (Object.values<string>(OPENED_NAMES).includes(part)) closed.push(part);
		else if (named) selected.push({ name: named.name, design: named.design });
		else unknown.push(part);
	}
	return { selected, unknown, closed, problems };
}

/** Prints a selection so that {@link parseSelection} gives it back. */
export function printSelection(selected: readonly Selected[]): string {
	return selected
		.flatMap(({ name, design }) => {
			if (name !== null) return [name];
			return isPlanned(design) ? [] : [`(${printDesign(design)})`];
		})
		.join(',');
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
