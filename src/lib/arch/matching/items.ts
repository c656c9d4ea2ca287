import type { Join, ModuleNode, Role } from '../module';
import { isDepthwise, type Op } from '../op';

/** An op, or the join of a branches node: what a difference is told in. */
export interface DiffItem {
	readonly path: string;
	readonly role: Role | undefined;
	readonly what: ItemKind;
	/** Path of the stem, block, downsampling layer or classifier it belongs to. */
	readonly unit: string;
	readonly attributes: ReadonlyMap<string, string>;
}

/** What an item is, in the terms that matching and texts use. */
export type ItemKind =
	| 'convolution'
	| 'depthwise'
	| 'pointwise'
	| 'linear'
	| 'batch-norm'
	| 'activation'
	| 'pool'
	| 'flatten'
	| 'join';

/** An item as matching sees it. Networks have thousands: what few are asked for is worked out on demand. */
export class Item implements DiffItem {
	readonly path: string;
	readonly role: Role | undefined;
	readonly what: ItemKind;
	readonly unit: string;
	readonly #source: Op | Join;
	#attributes: ReadonlyMap<string, string> | undefined;
	#detail: string | undefined;

	constructor(
		{ path, role, unit }: Pick<DiffItem, 'path' | 'role' | 'unit'>,
		what: ItemKind,
		source: Op | Join
	) {
		this.path = path;
		this.role = role;
		this.what = what;
		this.unit = unit;
		this.#source = source;
	}

	get attributes(): ReadonlyMap<string, string> {
		return (this.#attributes ??= attributesOf(this.#source));
	}

	/** All attributes as one text: equal where they are. */
	get detail(): string {
		return (this.#detail ??= detailOf(this.#source));
	}
}

/** The item that a node is; null for a row of children and for a bare line. */
export function itemOf(
	node: ModuleNode,
	place: Pick<DiffItem, 'path' | 'role' | 'unit'>
): Item | null {
	switch (node.kind) {
		case 'sequential':
			return null;
		case 'branches':
			return new Item(place, 'join', node.join);
		case 'op': {
			const what = kindOf(node.op);
			return what && new Item(place, what, node.op);
		}
	}
}

function kindOf(op: Op): ItemKind | null {
	switch (op.type) {
		case 'conv': {
			const area = op.kernel[0] * op.kernel[1];
			if (isDepthwise(op)) return 'depthwise';
			return area === 1 ? 'pointwise' : 'convolution';
		}
		case 'linear':
			return 'linear';
		case 'batchNorm':
			return 'batch-norm';
		case 'globalAvgPool':
			return 'pool';
		case 'flatten':
			return 'flatten';
		case 'identity':
			// The bare line of a skip: its join is the item.
			return null;
		case 'gelu':
		case 'hardSwish':
		case 'relu':
		case 'sigmoid':
		case 'hardSigmoid':
			return 'activation';
	}
}

function attributesOf(source: Op | Join): ReadonlyMap<string, string> {
	if (typeof source === 'string') return new Map([['join', source]]);
	switch (source.type) {
		case 'conv':
			return new Map([
				['channels', `${source.inChannels} → ${source.outChannels}`],
				['kernel', source.kernel.join('×')],
				['stride', String(source.stride[0])]
			]);
		case 'linear':
			return new Map([['features', `${source.inFeatures} → ${source.outFeatures}`]]);
		case 'batchNorm':
			return new Map([['channels', String(source.channels)]]);
		default:
			return new Map([['type', source.type]]);
	}
}

function detailOf(source: Op | Join): string {
	if (typeof source === 'string') return source;
	switch (source.type) {
		case 'conv': {
			const { inChannels, outChannels, kernel, stride } = source;
			return `${inChannels} ${outChannels} ${kernel[0]} ${kernel[1]} ${stride[0]}`;
		}
		case 'linear':
			return `${source.inFeatures} ${source.outFeatures}`;
		case 'batchNorm':
			return String(source.channels);
		default:
			return source.type;
	}
}
