import { childPath, type ModuleNode } from '../arch/module';
import { isWithin } from '../arch/reparameterize/paths';
import { hasNorms, soleOp, type SoleOp } from './layout/sole-op';
import { isIdentity, isOpenable, visibleChildren, type Located } from './layout/visible';

/** The row of an op and its norms that a part is drawn as, if it is. */
function normedRow(located: Located): string | null {
	const sole = soleOp(located);
	return sole !== null && hasNorms(sole) ? sole.paths.at(-1)! : null;
}

/**
 * The open parts, extended so that the node at a path is in sight: all parts around it are opened,
 * and the row of an op and its BatchNorms where the node is such a norm. The node itself stays as it
 * was.
 */
export function openTo(
	open: ReadonlySet<string>,
	path: string,
	root: ModuleNode
): ReadonlySet<string> {
	const more = partsAround(root, path).filter((part) => !open.has(part));
	return more.length === 0 ? open : new Set([...open, ...more]);
}

/** What has to be open for the node at `path` to be seen, from the outside in. */
function partsAround(root: ModuleNode, path: string): string[] {
	const around: string[] = [];
	let part: Located | undefined = { node: root, path: '', role: root.role };
	while ((part = visibleChildren(part).find((child) => isWithin(path, child.path)))) {
		const sole = soleOp(part);
		if (sole !== null) {
			const row = normedRow(part);
			if (row !== null && isNormOf(sole, path)) around.push(row);
			break;
		}
		if (part.path === path || !isOpenable(part)) break;
		around.push(part.path);
	}
	return around;
}

function isNormOf({ norms }: SoleOp, path: string): boolean {
	return norms.before.includes(path) || norms.behind.includes(path);
}

/** The parts that are drawn, as frames or boxes, in execution order. */
export function* drawnParts(
	root: ModuleNode,
	open: ReadonlySet<string>,
	focus: Located = { node: root, path: '', role: root.role }
): Generator<Located & { readonly isFrame: boolean }> {
	for (const part of visibleChildren(focus)) {
		if (isIdentity(part.node)) continue;
		const row = normedRow(part);
		if (row !== null && open.has(row)) {
			yield* opsOfRow(part);
		} else if (isOpenable(part) && open.has(part.path)) {
			yield { ...part, isFrame: true };
			yield* drawnParts(root, open, part);
		} else {
			yield { ...part, isFrame: false };
		}
	}
}

/** The ops of a row that is shown op by op. */
function* opsOfRow(part: Located): Generator<Located & { readonly isFrame: boolean }> {
	const { node, path, role } = part;
	if (node.kind === 'op') {
		yield { ...part, isFrame: false };
		return;
	}
	for (const child of node.children) {
		const inner = { node: child, path: childPath(path, child.name), role: child.role ?? role };
		yield* opsOfRow(inner);
	}
}

/** Paths of the closed parts and ops: together they make up the whole network, each once. */
export function drawnPaths(root: ModuleNode, open: ReadonlySet<string> = new Set()): string[] {
	return [...drawnParts(root, open)].flatMap(({ path, isFrame }) => (isFrame ? [] : [path]));
}

/**
 * The path of the part that shows a node in a drawing that is opened so: its own, the first of
 * what is drawn in place of it, or that of the closed module around it.
 */
export function shownPath(
	open: ReadonlySet<string>,
	path: string,
	root: ModuleNode
): string | undefined {
	const parts = [...drawnParts(root, open)].map((part) => part.path);
	return (
		parts.find((part) => isWithin(part, path)) ?? parts.findLast((part) => isWithin(path, part))
	);
}
