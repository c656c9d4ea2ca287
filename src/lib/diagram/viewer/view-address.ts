import { nodeAt, type ModuleNode } from '../../arch/module';
import { metricsFor, type Metric } from '../values/metric';
import type { Direction, Encoding } from '../layout/types';
import { parseOpen, printOpen } from './open-code';
import { SCALE_LIMITS } from './zoom';

/** How a diagram is drawn, apart from what is open. */
export interface ViewChoices {
	readonly flow: Direction;
	readonly boxes: Encoding;
	readonly repeats: 'each' | 'folded';
	/** The figure on every block. */
	readonly show: Metric | 'none';
	/** Whether blocks say what they mix. */
	readonly mixes: 'hidden' | 'shown';
}

export const VIEW_DEFAULTS: ViewChoices = {
	flow: 'down',
	boxes: 'funnel',
	repeats: 'each',
	show: 'none',
	mixes: 'hidden'
};

const VIEW_OPTIONS: { readonly [K in keyof ViewChoices]: readonly ViewChoices[K][] } = {
	flow: ['down', 'right'],
	boxes: ['funnel', 'plain'],
	repeats: ['each', 'folded'],
	show: ['none', ...metricsFor({ hasTimes: true })],
	mixes: ['hidden', 'shown']
};

/** Which part of a drawing is in view: its middle as shares of width and height, and the scale. */
export interface ViewPlace {
	readonly scale: number;
	readonly x: number;
	readonly y: number;
}

/** All that an address tells of a view. */
export interface View {
	readonly open: ReadonlySet<string>;
	readonly choices: ViewChoices;
	/** Null where the drawing is shown from its beginning at reading size. */
	readonly place: ViewPlace | null;
	/** The part that the panel is about. */
	readonly node: string | null;
}

/** A value of the address that was not taken. */
export interface ViewProblem {
	readonly key: string;
	readonly value: string;
	/** What would have been; empty where that is a matter of the network. */
	readonly allowed: string;
}

/** Keys of an address that belong to the view of a diagram. */
export const VIEW_KEYS: ReadonlySet<string> = new Set([
	'open',
	...Object.keys(VIEW_OPTIONS),
	'zoom',
	'node'
]);

/** Prints a view as keys and values, leaving out what is as usual. */
export function printView(
	root: ModuleNode,
	{ open, choices, place, node }: View
): [key: string, value: string][] {
	const entries: [string, string][] = [];
	const opened = printOpen(root, open);
	if (opened !== 'blocks') entries.push(['open', opened]);
	for (const [key, usual] of Object.entries(VIEW_DEFAULTS)) {
		const value = choices[key as keyof ViewChoices];
		if (value !== usual) entries.push([key, value]);
	}
	if (place) {
		const { scale, x, y } = place;
		entries.push(['zoom', `${scale.toFixed(3)},${x.toFixed(3)},${y.toFixed(3)}`]);
	}
	if (node !== null) entries.push(['node', node]);
	return entries;
}

/** Reads what {@link printView} printed. Never throws: what is not understood is as usual, and named. */
export function parseView(
	root: ModuleNode,
	params: URLSearchParams
): { readonly view: View; readonly problems: readonly ViewProblem[] } {
	const problems: ViewProblem[] = [];
	const { open, unknown } = parseOpen(root, params.get('open') ?? '');
	for (const value of unknown) problems.push({ key: 'open', value, allowed: '' });

	const choices: Record<string, string> = { ...VIEW_DEFAULTS };
	for (const [key, options] of Object.entries(VIEW_OPTIONS)) {
		const value = params.get(key);
		if (value === null) continue;
		if ((options as readonly string[]).includes(value)) choices[key] = value;
		else problems.push({ key, value, allowed: options.join(', ') });
	}

	const zoom = params.get('zoom');
	const place = zoom === null ? null : parsePlace(zoom);
	if (zoom !== null && place === null) {
		const { min, max } = SCALE_LIMITS;
		problems.push({ key: 'zoom', value: zoom, allowed: `${min} to ${max}, 0 to 1, 0 to 1` });
	}

	const node = params.get('node');
	const isKnown = node !== null && nodeAt(root, node) !== undefined;
	if (node !== null && !isKnown) problems.push({ key: 'node', value: node, allowed: '' });
	const view = {
		open,
		choices: choices as unknown as ViewChoices,
		place,
		node: isKnown ? node : null
	};
	return { view, problems };
}

function parsePlace(text: string): ViewPlace | null {
	const numbers = text.split(',').map((part) => (/^[\d.]+$/.test(part) ? Number(part) : NaN));
	const [scale = NaN, x = NaN, y = NaN] = numbers;
	const isShare = (share: number) => share >= 0 && share <= 1;
	const isScale = scale >= SCALE_LIMITS.min && scale <= SCALE_LIMITS.max;
	return numbers.length === 3 && isScale && isShare(x) && isShare(y) ? { scale, x, y } : null;
}
