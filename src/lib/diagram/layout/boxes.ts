import { ops, type ModuleNode, type Role } from '../../arch/module';
import { isActivation, isDepthwise, isPointwise, type Op } from '../../arch/op';
import type { Shape } from '../../arch/shapes';
import { cellsOf, NO_CELLS } from './cells';
import { channelsOf, thicknessOf, widthOver, type Metrics } from './metrics';
import { addLine, type Piece } from './sink';
import { NO_NORMS, type NormPaths, type SoleOp } from './sole-op';
import type { Box, BoxShape } from './types';
import type { Located } from './visible';

/** What is known of a part before it is measured. */
export interface PartContext {
	readonly located: Located;
	readonly paths: readonly string[];
	readonly input: Shape;
	readonly output: Shape;
	readonly level: number;
	readonly parent: string | null;
	/** In a side loop: narrow, whatever the resolution. */
	readonly isBeside: boolean;
}

/** A closed module or an op, as one box. */
export function box(
	context: PartContext,
	sole: SoleOp | null,
	openable: boolean,
	metrics: Metrics
): Piece {
	const { located, paths, input, output, level, parent, isBeside } = context;
	const { node, path, role } = located;
	const op = sole?.op ?? null;
	const norms = sole?.norms ?? NO_NORMS;
	const shape = op ? opShape(op.op) : moduleShape(node, role);
	const [topWidth, bottomWidth] = boxWidths(shape, context, metrics);
	const baseHeight = boxHeight(shape, op !== null, metrics);
	const thickness = shape === 'bar' || isBeside ? 0 : thicknessOf(channelsOf(output), metrics);
	const isTapered = topWidth !== bottomWidth;
	const hasShoulders = isTapered && openable && (role === 'stage' || role === 'block');
	const cap = hasShoulders ? metrics.shoulder : 0;
	const top = cap + baseHeight + thickness / 2;
	const normHeight = metrics.normHeight * sidesWithNorms(norms);
	const cells = openable ? cellsOf(located, bottomWidth, top, metrics) : NO_CELLS;
	const height = cap + baseHeight + thickness + cells.height + normHeight;
	const half = Math.max(topWidth, bottomWidth) / 2;
	const hasSkip = openable && isResidual(node);
	return {
		id: path,
		left: hasSkip ? half + metrics.skipReach : half,
		right: shape === 'bar' && op ? half + op.op.type.length * metrics.labelPerCharacter : half,
		height,
		isSolid: shape !== 'bar',
		isBar: shape === 'bar',
		place(sink, x, y) {
			sink.parts.push({
				kind: 'box',
				path,
				paths,
				node,
				role,
				input,
				output,
				level,
				parent,
				x,
				y,
				left: half,
				right: half,
				height,
				shape,
				topWidth,
				bottomWidth,
				shoulder: hasShoulders ? cap : isTapered ? height : 0,
				openable,
				op,
				norms,
				hasSkip,
				cells: cells.cells,
				cellsHeight: cells.height
			} satisfies Box);
		}
	};
}

/** An open module: a frame with a header, and its content below. */
export function frame(context: PartContext, content: Piece, metrics: Metrics): Piece {
	const { located, paths, input, output, level, parent } = context;
	const { node, path, role } = located;
	const { framePadding, headerHeight, frameMinWidth, gap } = metrics;
	const missing = Math.max(0, frameMinWidth - content.left - content.right - 2 * framePadding);
	const left = content.left + framePadding + missing / 2;
	const right = content.right + framePadding + missing / 2;
	const above = content.isSolid ? gap : gap / 4;
	const below = gap;
	const height = headerHeight + above + content.height + below;
	return {
		id: path,
		left,
		right,
		height,
		isSolid: true,
		isBar: false,
		place(sink, x, y, extent) {
			sink.parts.push({
				kind: 'frame',
				path,
				paths,
				node,
				role,
				input,
				output,
				level,
				parent,
				x,
				y,
				left: Math.max(left, extent?.left ?? 0),
				right: Math.max(right, extent?.right ?? 0),
				height,
				headerHeight
			});
			const top = y + headerHeight + above;
			const points = [
				[x, y + headerHeight],
				[x, top]
			] as const;
			addLine(sink, `${path}:enter`, points, { arrow: content.isSolid, along: path });
			content.place(sink, x, top);
			const end = [
				[x, top + content.height],
				[x, y + height]
			] as const;
			addLine(sink, `${path}:leave`, end, { along: path });
		}
	};
}

function boxWidths(
	shape: BoxShape,
	{ input, output, isBeside }: PartContext,
	metrics: Metrics
): [top: number, bottom: number] {
	if (shape === 'bar') {
		const width = isBeside ? metrics.barWidth * 0.45 : metrics.barWidth;
		return [width, width];
	}
	if (isBeside) {
		const narrower = metrics.sideWidth * (shape === 'pool' ? 0.8 : 1);
		return [metrics.sideWidth, narrower];
	}
	return [widthOver(input, metrics), widthOver(output, metrics)];
}

function boxHeight(shape: BoxShape, isOp: boolean, metrics: Metrics): number {
	if (shape === 'bar') return metrics.barHeight;
	if (isOp) return metrics.opHeight;
	return shape === 'stage' ? metrics.stageHeight : metrics.groupHeight;
}

function opShape(op: Op): BoxShape {
	if (isActivation(op)) return 'bar';
	switch (op.type) {
		case 'conv':
			return isDepthwise(op) ? 'depthwise' : isPointwise(op) ? 'pointwise' : 'dense';
		case 'linear':
			return 'linear';
		case 'globalAvgPool':
			return 'pool';
		default:
			return 'bar';
	}
}

function moduleShape(node: ModuleNode, role: Role | undefined): BoxShape {
	if (role === 'stage' || role === 'block' || role === 'squeeze-excite') return role;
	const convs = [...ops(node)].filter((leaf) => leaf.node.op.type === 'conv');
	// All branches of a mixer may be depthwise: then so is what they make together.
	const isAllDepthwise = convs.length > 0 && convs.every((leaf) => isDepthwise(leaf.node.op));
	return isAllDepthwise ? 'depthwise' : 'group';
}

function sidesWithNorms({ before, behind }: NormPaths): number {
	return Number(before.length > 0) + Number(behind.length > 0);
}

/** Whether the module is nothing but its body with the input added, directly. */
function isResidual(node: ModuleNode): boolean {
	return (
		node.kind === 'branches' &&
		node.join === 'add' &&
		node.children.some((child) => child.kind === 'op' && child.op.type === 'identity')
	);
}
