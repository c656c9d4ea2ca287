import { hierarchy, partition } from 'd3';
import { childPath, type ModuleNode, type Role } from '../../arch/module';
import type { Profile } from '../../measure/profile/profile-client';

/** One bar of an icicle: as wide as it is slow, under what it is a part of. */
export interface IcicleBar {
	/** `run`, `unmapped`, `overhead`, or `part:` and the path. */
	readonly id: string;
	readonly type: 'run' | 'part' | 'unmapped' | 'overhead';
	/** Of a part. */
	readonly path: string;
	readonly node: ModuleNode | null;
	readonly role: Role | undefined;
	readonly ms: number;
	readonly depth: number;
	/** Left edge and width, as shares of what is in focus. */
	readonly left: number;
	readonly width: number;
	/** For the keyboard. */
	readonly parent: string | null;
}

interface Datum extends Pick<IcicleBar, 'id' | 'type' | 'path' | 'node' | 'role'> {
	/** Its own time, without its children's. */
	readonly ownMs: number;
	readonly children: readonly Datum[];
}

/**
 * All bars of a profile with the focused one over the whole width: it, what it is part of, and what
 * is in it. Bars thinner than `leastWidth` are left out; their time stays in those above. Pure.
 */
export function layoutIcicle(
	root: ModuleNode,
	profile: Profile,
	{ focus = 'run', leastWidth = 0.0015 }: { focus?: string; leastWidth?: number } = {}
): IcicleBar[] {
	const laidOut = partition<Datum>()(
		hierarchy(runDatum(root, profile), ({ children }) => children).sum(({ ownMs }) => ownMs)
	);
	const all = laidOut.descendants();
	const focused = all.find(({ data }) => data.id === focus) ?? laidOut;
	const { x0, x1 } = focused;
	const span = x1 - x0 || 1;
	return all.flatMap((each): IcicleBar[] => {
		const from = Math.max(each.x0, x0);
		const to = Math.min(each.x1, x1);
		const width = (to - from) / span;
		if (width < leastWidth) return [];
		const { id, type, path, node, role } = each.data;
		return [
			{
				id,
				type,
				path,
				node,
				role,
				ms: each.value ?? 0,
				depth: each.depth,
				left: (from - x0) / span,
				width,
				parent: each.parent?.data.id ?? null
			}
		];
	});
}

function runDatum(root: ModuleNode, profile: Profile): Datum {
	const leaf = (type: 'unmapped' | 'overhead', ownMs: number): Datum => ({
		id: type,
		type,
		path: '',
		node: null,
		role: undefined,
		ownMs,
		children: []
	});
	return {
		...leaf('unmapped', 0),
		id: 'run',
		type: 'run',
		children: [
			partDatum(root, '', undefined, profile.timesMs),
			leaf('unmapped', profile.unmappedMs),
			leaf('overhead', profile.overheadMs)
		]
	};
}

function partDatum(
	node: ModuleNode,
	path: string,
	inherited: Role | undefined,
	timesMs: Profile['timesMs']
): Datum {
	const role = node.role ?? inherited;
	return {
		id: partId(path),
		type: 'part',
		path,
		node,
		role,
		ownMs: timesMs.get(path) ?? 0,
		children:
			node.kind === 'op'
				? []
				: node.children.map((child) => partDatum(child, childPath(path, child.name), role, timesMs))
	};
}

export function partId(path: string): string {
	return `part:${path}`;
}

/** Where an arrow key leads from a bar; null where there is nothing. */
export function icicleStep(bars: readonly IcicleBar[], from: string, key: string): string | null {
	const bar = bars.find(({ id }) => id === from);
	if (!bar) return bars[0]?.id ?? null;
	const row = bars.filter(({ depth }) => depth === bar.depth).sort((a, b) => a.left - b.left);
	const place = row.indexOf(bar);
	switch (key) {
		case 'ArrowLeft':
			return row[place - 1]?.id ?? null;
		case 'ArrowRight':
			return row[place + 1]?.id ?? null;
		case 'ArrowUp':
			return bar.parent;
		case 'ArrowDown':
			return bars.find(({ parent }) => parent === bar.id)?.id ?? null;
		case 'Home':
			return row[0]?.id ?? null;
		case 'End':
			return row.at(-1)?.id ?? null;
		default:
			return null;
	}
}
