import type { ModuleNode } from '../../arch/module';
import { isRepeatKey, repeatKey } from '../layout/repeats';
import { openBelow } from '../layout/visible';

/** How far a diagram is opened, in words that addresses hold. */
export const DEPTHS = ['stages', 'blocks', 'mixers', 'ops'] as const;
export type Depth = (typeof DEPTHS)[number];

const LEVELS: { readonly [D in Depth]: number } = {
	stages: 0,
	blocks: 1,
	mixers: 2,
	ops: Infinity
};

/** The paths that are open at a depth. */
export function openAt(root: ModuleNode, depth: Depth): Set<string> {
	return openBelow(root, '', LEVELS[depth]);
}

/**
 * Prints which parts are open as a depth and the exceptions from it, for example
 * `blocks,stages.2.blocks.3,!stages.1`: readable, and short however much is open. The depth with the
 * fewest exceptions is taken.
 */
export function printOpen(root: ModuleNode, open: ReadonlySet<string>): string {
	let best: string[] | undefined;
	for (const depth of DEPTHS) {
		const base = openAt(root, depth);
		const opened = [...open].filter((path) => !base.has(path));
		const closed = [...base].filter((path) => !open.has(path)).map((path) => `!${path}`);
		const parts = [depth, ...opened, ...closed];
		if (best === undefined || parts.length < best.length) best = parts;
	}
	return best!.join(',');
}

/**
 * Reads what {@link printOpen} printed. Never throws: paths that this network can't open are left out
 * and named, and without a known depth it is `blocks`.
 */
export function parseOpen(
	root: ModuleNode,
	text: string
): { readonly open: ReadonlySet<string>; readonly unknown: readonly string[] } {
	const [first = '', ...exceptions] = text.split(',');
	const depth = DEPTHS.find((known) => known === first);
	const open = openAt(root, depth ?? 'blocks');
	const isOpenable = openableIn(root);
	const unknown = depth === undefined && first !== '' ? [first] : [];
	for (const exception of exceptions.filter(Boolean)) {
		const isClosed = exception.startsWith('!');
		const path = isClosed ? exception.slice(1) : exception;
		if (!isOpenable(path)) unknown.push(exception);
		else if (isClosed) open.delete(path);
		else open.add(path);
	}
	return { open, unknown };
}

/** Whether a path can be open in a network; so can a run of equal blocks, which has a key of its own. */
export function openableIn(root: ModuleNode): (path: string) => boolean {
	const openable = openAt(root, 'ops');
	const ofRun = repeatKey('');
	return (path) =>
		openable.has(isRepeatKey(path) ? path.slice(0, path.length - ofRun.length) : path);
}
