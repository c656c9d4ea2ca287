import type { BranchesNode } from '../../arch/module';
import { childPath, nodeAt, type ModuleNode } from '../../arch/module';
import type { ShapeMap } from '../../arch/shapes';
import { box, frame, type PartContext } from './boxes';
import { TEXT_METRICS, type Metrics } from './metrics';
import { line, loop, residual, sideBySide, stack } from './pieces';
import { addLine, type Piece, type Sink } from './sink';
import type { Box, Frame, Layout, LayoutOptions, Terminal } from './types';
import { hasNorms, soleOp } from './sole-op';
import { isGrouping, isIdentity, isOpenable, type Located } from './visible';

/**
 * Where everything stands. Series-parallel like the tree itself: sequences are stacked on one axis,
 * branches stand side by side, so the layout is exact and takes one pass down and one up.
 * @throws if there is no node at `focus`, or `shapes` are not this tree's
 */
export function layoutDiagram(options: LayoutOptions): Layout {
	const { root, shapes, open = new Set(), focus = '', metrics = TEXT_METRICS } = options;
	const node = nodeAt(root, focus);
	if (node === undefined) throw new Error(`There is no "${focus}" in this network.`);
	const located = { node, path: focus, role: roleAt(root, focus) };
	const content = insideOf(located, {
		shapes,
		open,
		metrics,
		level: 1,
		parent: null,
		beside: false
	});

	const { margin, terminalHeight, gap } = metrics;
	const x = content.left + margin;
	const top = margin + terminalHeight;
	const sink: Sink = { metrics, parts: [], joins: [], edges: [], arcs: [], splits: [] };
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

	const { input, output } = shapesAt(shapes, focus);
	const height = end + gap + terminalHeight + margin;
	const terminals: Terminal[] = [
		{ kind: 'input', shape: input, x, y: top - terminalHeight / 3 },
		{ kind: 'output', shape: output, x, y: height - margin - terminalHeight / 3 }
	];
	return {
		...sink,
		boxes: sink.parts.filter((part): part is Box => part.kind === 'box'),
		frames: sink.parts.filter((part): part is Frame => part.kind === 'frame'),
		terminals: terminalHeight > 0 ? terminals : [],
		width: Math.ceil(content.left + content.right + 2 * margin),
		height: Math.ceil(height)
	};
}

/** What every step down the tree is told. */
interface Context {
	readonly shapes: ShapeMap;
	readonly open: ReadonlySet<string>;
	readonly metrics: Metrics;
	readonly level: number;
	readonly parent: string | null;
	readonly beside: boolean;
}

/** A node as it is drawn among others: bare line, op, closed box, open frame or mere grouping. */
function pieceOf(located: Located, context: Context): Piece {
	const { node, path } = located;
	const { metrics } = context;
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
			? frame(beside, insideOfGate(located, identityGate, context), metrics)
			: box(beside, null, true, metrics);
		return loop(path, 'mul', body, metrics);
	}
	if (sole === null && isOpenable(located) && context.open.has(path)) {
		const inside = insideOf(located, { ...context, level: context.level + 1, parent: path });
		return frame(part, inside, metrics);
	}
	return box(part, sole, sole === null, metrics);
}

/** The inside of a node, without a frame of its own. */
function insideOf(located: Located, context: Context): Piece {
	const { node, path, role } = located;
	const { metrics } = context;
	const childOf = (child: ModuleNode): Located => ({
		node: child,
		path: childPath(path, child.name),
		role: child.role ?? role
	});
	switch (node.kind) {
		case 'op':
			return box(partContext(located, [path], context), soleOp(located), false, metrics);
		case 'sequential':
			return node.children.length === 0
				? line(path, metrics.gap)
				: stack(
						path,
						node.children.map((child) => pieceOf(childOf(child), context)),
						metrics
					);
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
	return { located, paths, input, output, level, parent, isBeside: beside };
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
