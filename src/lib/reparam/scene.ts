import {
	childPath,
	type BranchesNode,
	type ModuleNode,
	type OpNode,
	type Role
} from '../arch/module';
import { isActivation } from '../arch/op';
import { branchesPiece, type Arm } from './branches-piece';
import type { FoldState } from './presence';
import { hostAmong, presenceOfPart, presenceOfRest, remainsOf, UNFOLDED } from './presence';
import { isWithin } from '../arch/reparameterize/paths';
import { gatePiece, zonePiece, type Piece, type Sink } from './piece';
import { rowPiece, type RowItem } from './row-piece';
import { SCENE } from './scene-metrics';
import type { Scene, SceneBox } from './scene-types';

/** A node with its path and the role it has or inherits. */
interface Located {
	readonly node: ModuleNode;
	readonly path: string;
	readonly role: Role | undefined;
}

/**
 * Draws a block at one moment of folding: rows run down, branches stand side by side. The layout is
 * continuous in how present each op is. At 1 everywhere it is that of the training tree; at 0 for all
 * that is taken in, it is that of the deploy tree laid out by itself.
 */
export function layoutScene(root: ModuleNode, state: FoldState = UNFOLDED): Scene {
	const sink: Sink = { boxes: [], zones: [], joins: [], lines: [] };
	const { node, path } = { node: root, path: '' };
	const piece = insideOf({ node, path, role: root.role }, state);
	piece.place(sink, 0, 0);
	return {
		...sink,
		// What slides under its host must lie below it.
		boxes: sink.boxes.sort((a, b) => Number(b.isTrainingOnly) - Number(a.isTrainingOnly)),
		left: piece.left,
		right: piece.right,
		height: piece.height
	};
}

function pieceOf(located: Located, state: FoldState): Piece {
	const inside = insideOf(located, state);
	const { node, path } = located;
	if (node.kind === 'op' || node.role === undefined || gateOf(node, path, state)) return inside;
	const isLasting = remainsOf(node, path, state) === 'more';
	return zonePiece(inside, {
		path,
		node,
		presence: isLasting ? 1 : presenceOfRest(node, path, state)
	});
}

/** The inside of a node, without a frame. */
function insideOf(located: Located, state: FoldState): Piece {
	const { node, path } = located;
	switch (node.kind) {
		case 'op':
			return opPiece(node, located, state);
		case 'sequential':
			return rowPiece(path, rowItems(located, state));
		case 'branches':
			return gateOf(node, path, state)
				? gatePiece(located)
				: branchesPiece(path, node.join, armsOf(located, node, state));
	}
}

function rowItems(located: Located, state: FoldState): RowItem[] {
	const children = childrenOf(located);
	return children.map((child, index) => {
		const isGoing = remainsOf(child.node, child.path, state) === 'none';
		const host = isGoing ? hostAmong(children, child, state) : -1;
		const { node } = child;
		return {
			piece: pieceOf(child, state),
			presence: presenceOfPart(node, child.path, state),
			slides: host === -1 ? null : host < index ? 'up' : 'down',
			isNorm: node.kind === 'op' && node.op.type === 'batchNorm'
		};
	});
}

function armsOf(located: Located, node: BranchesNode, state: FoldState): Arm[] {
	const children = childrenOf(located);
	return children.map((child) => {
		const isGoing = remainsOf(child.node, child.path, state) === 'none';
		return {
			path: child.path,
			piece:
				child.node.kind === 'op' && child.node.op.type === 'identity'
					? null
					: pieceOf(child, state),
			presence: presenceOfPart(child.node, child.path, state),
			isGoing,
			host: isGoing ? hostAmong(children, child, state) : -1
		};
	});
}

function childrenOf({ node, path, role }: Located): Located[] {
	if (node.kind === 'op') return [];
	return node.children.map((child) => ({
		node: child,
		path: childPath(path, child.name),
		role: child.role ?? role
	}));
}

/** Whether the branches gate their input (squeeze-and-excitation) and nothing folds in there. */
function gateOf(node: ModuleNode, path: string, state: FoldState): boolean {
	if (node.kind !== 'branches' || node.join !== 'mul') return false;
	return (
		node.children.some((child) => child.kind === 'op' && child.op.type === 'identity') &&
		![...state.absorptions.keys()].some((key) => isWithin(key, path))
	);
}

function opPiece({ op }: OpNode, { path, role }: Located, state: FoldState): Piece {
	if (op.type === 'identity') return { left: 0, right: 0, height: 0, isBar: false, place() {} };
	const isBar = isActivation(op);
	const isNorm = op.type === 'batchNorm';
	const shape: SceneBox['shape'] = isBar ? 'bar' : isNorm ? 'norm' : 'op';
	const width = isBar ? SCENE.barWidth : isNorm ? SCENE.normWidth : SCENE.opWidth;
	const height = isBar ? SCENE.barHeight : isNorm ? SCENE.normHeight : SCENE.opHeight;
	return {
		left: width / 2,
		right: width / 2 + (isBar ? op.type.length * SCENE.labelPerCharacter : 0),
		height,
		isBar,
		place(sink, x, y) {
			const presence = state.presenceOf(path);
			const isTrainingOnly = state.absorptions.has(path);
			sink.boxes.push({ path, shape, op, role, x, y, width, height, presence, isTrainingOnly });
		}
	};
}
