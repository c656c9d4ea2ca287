import type { Change } from './diff';
import { summariseChanges, type ChangeGroup, type ChangeStop } from './diff-summary';
import { groupBy } from './group-by';
import type { TreeMatching } from './matching/match-trees';
import { indexTree, opsIn, type Entry } from './matching/tree-index';
import type { ModuleNode, Role } from './module';
import { stageFacts, type StageFacts } from './stage-facts';

/** A stage that is deeper or wider than it was. */
export interface StageLine {
	readonly about: 'stage';
	readonly kind: 'changed';
	readonly fact: 'depth' | 'width' | 'hidden';
	/** From 0. */
	readonly stage: number;
	/** Several where not all blocks have the same. */
	readonly before: readonly number[];
	readonly after: readonly number[];
	/** What only the later network has of it, and only the earlier one; else the stage itself. */
	readonly stops: readonly ChangeStop[];
}

/** A whole module, block or mixer, that only one network has: its ops are not told again. */
export interface ModuleLine {
	readonly about: 'module';
	readonly kind: 'added' | 'removed';
	readonly role: Role;
	/** Role of the unit that it is in; undefined for one that is a unit itself. */
	readonly within: Role | undefined;
	readonly count: number;
	/** Of those units. */
	readonly unitCount: number;
	/** The first of them in each of those units. */
	readonly stops: readonly ChangeStop[];
}

/** The same change of ops, told once for all the places it happens in. */
export interface OpsLine extends ChangeGroup {
	readonly about: 'ops';
}

export type ChangeLine = StageLine | ModuleLine | OpsLine;

/**
 * The differences of two networks as a reader would tell them: how deep and wide the stages are, what
 * moved, whole modules, and only then single ops. What one line has told, no other tells again.
 */
export function tellChanges(
	a: ModuleNode,
	b: ModuleNode,
	matching: TreeMatching,
	changes: readonly Change[]
): ChangeLine[] {
	const stages = stageLines(a, b, matching);
	const told = new Set<string>();
	for (const { fact, stops } of stages) {
		if (fact !== 'depth') continue;
		for (const { side, path } of stops) {
			told.add(`${side === 'before' ? 'removed' : 'added'} ${path}`);
		}
	}
	const rest = changes.filter(
		(change) => !told.has(`${change.kind} ${change.item.unit}`) && !followsFromWidth(change, stages)
	);
	const modules = [
		...wholeModules(b, 'added', rest, matching.toBefore),
		...wholeModules(a, 'removed', rest, matching.toAfter)
	];
	const inModules = new Set(modules.flatMap(({ ops }) => ops));
	const groups = summariseChanges(
		rest.filter(
			({ kind, item }) => kind === 'moved' || kind === 'changed' || !inModules.has(item.path + kind)
		)
	).map((group): OpsLine => ({ about: 'ops', ...group }));
	const isMoved = ({ kind }: OpsLine) => kind === 'moved';
	return [
		...stages,
		...groups.filter(isMoved),
		...moduleLines(modules),
		...groups.filter((group) => !isMoved(group))
	];
}

function stageLines(a: ModuleNode, b: ModuleNode, matching: TreeMatching): StageLine[] {
	const before = new Map(stageFacts(a).map((facts) => [facts.path, facts]));
	const lines = stageFacts(b).flatMap((now): StageLine[] => {
		const path = matching.toBefore.get(now.path);
		const old = path === undefined ? undefined : before.get(path);
		return old ? linesOf(old, now, matching) : [];
	});
	const order = ['depth', 'width', 'hidden'] as const;
	return order.flatMap((fact) => lines.filter((line) => line.fact === fact));
}

function linesOf(old: StageFacts, now: StageFacts, matching: TreeMatching): StageLine[] {
	const shared = { about: 'stage', kind: 'changed', stage: now.index } as const;
	const lines: StageLine[] = [];
	if (old.blocks.length !== now.blocks.length) {
		lines.push({
			...shared,
			fact: 'depth',
			before: [old.blocks.length],
			after: [now.blocks.length],
			stops: [
				...stopsAt(
					'after',
					now.blocks.filter((path) => !matching.toBefore.has(path))
				),
				...stopsAt(
					'before',
					old.blocks.filter((path) => !matching.toAfter.has(path))
				)
			]
		});
	}
	const facts = [
		['width', old.widths, now.widths],
		['hidden', old.hidden, now.hidden]
	] as const;
	for (const [fact, before, after] of facts) {
		if (String(before) === String(after)) continue;
		lines.push({ ...shared, fact, before, after, stops: stopsAt('after', [now.path]) });
	}
	return lines;
}

function stopsAt(side: ChangeStop['side'], paths: readonly string[]): ChangeStop[] {
	return paths.map((path) => ({ side, path }));
}

/** In a stage whose widths are told, an op of which nothing but its channels changed. */
function followsFromWidth(change: Change, stages: readonly StageLine[]): boolean {
	return (
		change.kind === 'changed' &&
		change.attributes.every(({ attribute }) => attribute === 'channels') &&
		stages.some(
			({ fact, stops }) =>
				fact !== 'depth' && stops.some(({ path }) => change.item.path.startsWith(`${path}.`))
		)
	);
}

interface WholeModule {
	readonly kind: ModuleLine['kind'];
	readonly entry: Entry;
	/** Its ops' and joins' paths, each with the kind behind it. */
	readonly ops: readonly string[];
}

/** The outermost modules with a role of their own that are new, or gone, with all that is in them. */
function wholeModules(
	root: ModuleNode,
	kind: ModuleLine['kind'],
	changes: readonly Change[],
	counterparts: ReadonlyMap<string, string>
): WholeModule[] {
	const paths = new Set(
		changes.flatMap((change) => (change.kind === kind ? change.item.path : []))
	);
	const visit = (entry: Entry): WholeModule[] => {
		const { node } = entry;
		if (node.kind === 'op') return [];
		const ops = opsIn(entry);
		const isWhole = ops.length > 0 && ops.every(({ path }) => paths.has(path));
		if (!isWhole || node.role === undefined || counterparts.has(entry.path)) {
			return entry.children.flatMap(visit);
		}
		// An SE is told with the others, be it whole or not.
		if (node.role === 'squeeze-excite') return [];
		return [{ kind, entry, ops: itemPaths(entry).map((path) => path + kind) }];
	};
	return visit(indexTree(root).root);
}

function itemPaths({ item, children }: Entry): string[] {
	return [...(item ? [item.path] : []), ...children.flatMap(itemPaths)];
}

function moduleLines(modules: readonly WholeModule[]): ModuleLine[] {
	const groups = groupBy(modules, ({ kind, entry }) =>
		[kind, entry.node.role, withinRole(entry)].join('|')
	);
	return [...groups.values()].map((group) => {
		const [{ kind, entry }] = group as [WholeModule, ...WholeModule[]];
		const units = [...groupBy(group, ({ entry }) => entry.unit).values()];
		return {
			about: 'module',
			kind,
			role: entry.node.role!,
			within: withinRole(entry),
			count: group.length,
			unitCount: units.length,
			stops: stopsAt(
				kind === 'added' ? 'after' : 'before',
				units.map((inUnit) => inUnit[0]!.entry.path)
			)
		};
	});
}

function withinRole(entry: Entry): Role | undefined {
	return entry.unit === entry ? undefined : entry.unit?.node.role;
}
