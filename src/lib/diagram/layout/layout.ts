import { childPath, nodeAt, type BranchesNode, type ModuleNode } from '../../arch/module';
import type { Shape, ShapeMap } from '../../arch/shapes';
import { turnPoint } from './axes';
import { box, type PartContext } from './boxes';
import { factsOf } from './cells';
import { frame } from './frames';
import type { Look } from './look';
import { textMetrics, type Metrics } from './metrics';
import { line, loop, residual, sideBySide, stack } from './pieces';
import { findRuns, repeatKey, type Run } from './repeats';
import { addLine, type Piece, type Sink } from './sink';
import { hasNorms, soleOp } from './sole-op';
import type { Box, Direction, Frame, Layout, LayoutOptions, Terminal } from './types';
import { isGrouping, isIdentity, isOpenable, type Located } from './visible';

/**
 * Where everything stands. Series-parallel like the tree itself: sequences are stacked on one axis,
 * branches stand side by side, so the layout is exact and takes one pass down and one up.
 * @throws if there is no node at `focus`, or `shapes` are not this tree's
 */
export function layoutDiagram(options: LayoutOptions): Layout {
	const { root, shapes, open = new Set(), focus = '', foldRepeats = false } = options;
	const { direction = 'down', encode = 'funnel', metrics = textMetrics(direction) } = options;
	const textRoom = { name: metrics.textRoom, detail: metrics.textRoom, hasFigure: false };
	const { textSize = () => textRoom } = options;
	const node = nodeAt(root, focus);
	if (node === undefined) throw new Error(`There is no "${focus}" in this network.`);
	const located = { node, path: focus, role: roleAt(root, focus) };
	const content = insideOf(located, {
		shapes,
		open,
		foldRepeats,
		look: { direction, encode, metrics, textSize },
		level: 1,
		parent: null,
		beside: false
	});

	const { margin, terminalHeight, gap } = metrics;
	const x = content.left + margin;
	const top = margin + terminalHeight;
	const sink: Sink = { direction, metrics, parts: [], joins: [], edges: [], arcs: [], splits: [] };
	addLine(
		sink,
		':enter',
		[
			[x, top],
			[x, top + gap]
		],
		{ arrow: content.isSolid }
	);
	content.place(sink, x, top + gap);
	const end = top + gap + content.height;
	addLine(
		sink,
		':leave',
		[
			[x, end],
			[x, end + gap]
		],
		{ arrow: true }
	);

	const across = Math.ceil(content.left + content.right + 2 * margin);
	const along = end + gap + terminalHeight + margin;
	const [width, height] = turnPoint(direction, [across, Math.ceil(along)]);
	return {
		...sink,
		boxes: sink.parts.filter((part): part is Box => part.kind === 'box'),
		frames: sink.parts.filter((part): part is Frame => part.kind === 'frame'),
		terminals:
			terminalHeight > 0
				? terminals(direction, shapesAt(shapes, focus), { x, along, metrics })
				: [],
		width,
		height
	};
}

/** The tensors that come in and go out: above and below, or left and right. */
function terminals(
	direction: Direction,
	{ input, output }: { readonly input: Shape; readonly output: Shape },
	{ x, along, metrics }: { readonly x: number; readonly along: number; readonly metrics: Metrics }
): Terminal[] {
	const { margin, terminalHeight, terminalBaseline } = metrics;
	const at = (kind: Terminal['kind'], shape: Shape, start: number): Terminal =>
		direction === 'down'
			? { kind, shape, x, y: start + (terminalHeight * 2) / 3 }
			: { kind, shape, x: start + terminalHeight / 2, y: x + terminalBaseline };
	return [at('input', input, margin), at('output', output, along - margin - terminalHeight)];
}

/** What every step down the tree is told. */
interface Context {
	readonly shapes: ShapeMap;
	readonly open: ReadonlySet<string>;
	readonly foldRepeats: boolean;
	readonly look: Look;
	readonly level: number;
	readonly parent: string | null;
	readonly beside: boolean;
}

/** A node as it is drawn among others: bare line, op, closed box, open frame or mere grouping. */
function pieceOf(located: Located, context: Context): Piece {
	const { node, path } = located;
	const { look } = context;
	const { metrics } = look;
	if (node.kind === 'op' && node.op.type === 'identity') return line(path, metrics.gap);
	if (isGrouping(node)) return insideOf(located, context);
	const sole = soleOp(located);
	// Norms stand apart from their convolution where every op is shown.
	if (sole !== null && hasNorms(sole) && context.open.has(sole.paths.at(-1)!)) {
		return insideOf(located, context);
	}
	const part = partContext(located, sole?.paths ?? [path], context);
	// The gate of squeeze-and-excitation is a small loop beside the data, closed or open.
	const identityGate = sole === null && node.kind === 'branches' && gateOf(node);
	if (identityGate) {
		const beside: PartContext = { ...part, isBeside: true };
		const body = context.open.has(path)
			? frame(beside, insideOfGate(located, identityGate, context), look)
			: box(beside, null, true, look);
		return loop(path, 'mul', body, metrics);
	}
	if (sole === null && isOpenable(located) && context.open.has(path)) {
		const inside = insideOf(located, { ...context, level: context.level + 1, parent: path });
		return frame(part, inside, look);
	}
	return box(part, sole, sole === null, look);
}

/** The inside of a node, without a frame of its own. */
function insideOf(located: Located, context: Context): Piece {
	const { node, path, role } = located;
	const { look, foldRepeats, shapes } = context;
	const { metrics } = look;
	const childOf = (child: ModuleNode): Located => ({
		node: child,
		path: childPath(path, child.name),
		role: child.role ?? role
	});
	switch (node.kind) {
		case 'op':
			return box(partContext(located, [path], context), soleOp(located), false, look);
		case 'sequential': {
			if (node.children.length === 0) return line(path, metrics.gap);
			const children = node.children.map(childOf);
			const row = foldRepeats ? findRuns(children, shapes) : children;
			const pieces = row.map((item) =>
				'members' in item ? runOf(item, context) : pieceOf(item, context)
			);
			return stack(path, pieces, metrics);
		}
		case 'branches': {
			const gate = gateOf(node);
			if (gate) {
				return loop(path, 'mul', insideOfGate(located, gate, context), metrics);
			}
			const others = node.children.filter((child) => !isIdentity(child));
			const identity = node.children.find(isIdentity);
			const skip = identity ? childPath(path, identity.name) : null;
			// What stands side by side is narrow, so that a phone has room for it.
			const beside = context.beside || others.length > 1;
			const bodies = others.map((child) => pieceOf(childOf(child), { ...context, beside }));
			const [only, second] = bodies;
			if (only !== undefined && second === undefined && skip !== null) {
				return residual(path, node.join, only, skip, metrics);
			}
			return sideBySide(path, node.join, bodies, skip, metrics);
		}
	}
}

/**
 * A run of equal blocks: one of them with a stacked edge; or, where it is open or they alternate, a
 * frame around one period; or unfolded, a frame around them all.
 */
function runOf({ members, period }: Run, context: Context): Piece {
	const { look, open, level } = context;
	const [first, last] = [members[0]!, members.at(-1)!];
	const path = repeatKey(first.path);
	const isFolded = !open.has(path);
	const part: PartContext = {
		...partContext(first, [path], context),
		located: { ...first, path },
		output: shapesAt(context.shapes, last.path).output,
		repeat: {
			count: members.length / period,
			period,
			paths: members.map((member) => member.path),
			isFolded
		}
	};
	const cells = members.map(factsOf);
	if (isFolded && period === 1 && !open.has(first.path)) return box(part, null, true, look, cells);
	const shown = isFolded ? members.slice(0, period) : members;
	const inside = { ...context, level: level + 1, parent: path };
	const pieces = shown.map((member) => pieceOf(member, inside));
	return frame(part, stack(path, pieces, look.metrics), look, isFolded ? cells : []);
}

/** What stands in the side loop of a gated module. */
function insideOfGate(located: Located, gate: ModuleNode, context: Context): Piece {
	const isStop = context.open.has(located.path);
	return pieceOf(
		{
			node: gate,
			path: childPath(located.path, gate.name),
			role: gate.role ?? located.role
		},
		{
			...context,
			beside: true,
			level: context.level + (isStop ? 1 : 0),
			parent: isStop ? located.path : context.parent
		}
	);
}

/** The one other branch of mul[identity, gate]; undefined for any other module. */
function gateOf(node: BranchesNode): ModuleNode | undefined {
	if (node.join !== 'mul' || node.children.length !== 2) return undefined;
	if (!node.children.some(isIdentity)) return undefined;
	return node.children.find((child) => !isIdentity(child));
}

function partContext(located: Located, paths: readonly string[], context: Context): PartContext {
	const { input, output } = shapesAt(context.shapes, located.path);
	const { level, parent, beside } = context;
	return { located, paths, input, output, level, parent, isBeside: beside, repeat: null };
}

function shapesAt(shapes: ShapeMap, path: string) {
	const found = shapes.get(path);
	if (found === undefined) throw new Error(`No shape is known for "${path}".`);
	return found;
}

/** The role a path has or inherits. */
function roleAt(root: ModuleNode, path: string): Located['role'] {
	let node: ModuleNode | undefined = root;
	let role = root.role;
	for (const name of path === '' ? [] : path.split('.')) {
		if (node === undefined || node.kind === 'op') return role;
		node = node.children.find((child) => child.name === name);
		role = node?.role ?? role;
	}
	return role;
}
