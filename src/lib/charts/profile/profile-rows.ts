import type { TreeAnalysis } from '../../arch/analysis';
import { bytesMoved, trafficOf } from '../../arch/intensity';
import { walk, type ModuleNode, type Role } from '../../arch/module';
import type { Op } from '../../arch/op';
import { isDepthwise, isPointwise } from '../../arch/op';
import type { Profile } from '../../measure/profile/profile-client';
import { rooflinePlace, type RooflinePlace } from '../../measure/profile/roofline';
import { sumTimes } from '../../diagram/values/values';

/** How finely a profile is told. */
export type ProfileGrain = 'blocks' | 'ops' | 'kinds';

/** What ops of one kind have in common. */
export type OpKind =
	| 'pointwise'
	| 'depthwise'
	| 'dense'
	| 'linear'
	| 'activation'
	| 'pool'
	| 'norm'
	| 'join'
	| 'other';

export interface ProfileRow {
	/** Unique among the rows. */
	readonly id: string;
	readonly subject:
		| { readonly type: 'part'; readonly node: ModuleNode; readonly path: string }
		| { readonly type: 'kind'; readonly kind: OpKind; readonly count: number }
		/** What the runtime added, and what no kernel accounts for. */
		| { readonly type: 'unmapped' | 'overhead' };
	readonly role: Role | undefined;
	readonly ms: number;
	/** Of the whole run. */
	readonly share: number;
	/** Null for what has no multiply-accumulates, or where there are no peaks. */
	readonly place: RooflinePlace | null;
}

/** A profile as rows, slowest first; unmapped time and overhead are rows as well. They sum to a run. */
export function profileRows(
	analysis: TreeAnalysis,
	profile: Profile,
	grain: ProfileGrain
): ProfileRow[] {
	const own = grain === 'blocks' ? blockRows(analysis, profile) : opRows(analysis, profile);
	const rest = (['unmapped', 'overhead'] as const).map((type) => {
		const ms = type === 'unmapped' ? profile.unmappedMs : profile.overheadMs;
		return { id: type, subject: { type }, role: undefined, ms, place: null };
	});
	const rows = [...(grain === 'kinds' ? byKind(own) : own), ...rest];
	const runMs = rows.reduce((sum, { ms }) => sum + ms, 0);
	return rows
		.map((row) => ({ ...row, share: runMs > 0 ? row.ms / runMs : 0 }))
		.sort((a, b) => b.ms - a.ms);
}

type Row = Omit<ProfileRow, 'share'>;

/** Stem, blocks, downsampling layers and classifier; together they are all of the tree's time. */
function blockRows(analysis: TreeAnalysis, profile: Profile): Row[] {
	const times = sumTimes(analysis.root, profile.timesMs);
	const rows: Row[] = [];
	const covered: string[] = [];
	for (const visit of walk(analysis.root)) {
		const { node, path, role } = visit;
		if (!isBlock(node) || covered.some((outer) => path.startsWith(`${outer}.`))) continue;
		covered.push(path);
		rows.push(partRow(analysis, profile, { node, path, role }, times.get(path) ?? 0));
	}
	return rows;
}

function isBlock({ role }: ModuleNode): boolean {
	return role === 'stem' || role === 'block' || role === 'downsampling' || role === 'classifier';
}

/** Ops and joins with a time of their own; what is fused into another is in that one's. */
function opRows(analysis: TreeAnalysis, profile: Profile): Row[] {
	return [...walk(analysis.root)].flatMap((visit) => {
		const ms = profile.timesMs.get(visit.path);
		return ms === undefined ? [] : [partRow(analysis, profile, visit, ms)];
	});
}

function partRow(
	analysis: TreeAnalysis,
	{ peaks }: Profile,
	{ node, path, role }: { node: ModuleNode; path: string; role: Role | undefined },
	ms: number
): Row {
	const { macs } = analysis.costs.get(path)!;
	// A join's own time is its join's alone, and its work that of an addition: no MACs.
	const isJoin = node.kind === 'branches' && !isBlock(node);
	const bytes = bytesMoved(trafficOf(analysis).get(path)!);
	const place = peaks && !isJoin ? rooflinePlace({ macs, bytes, ms }, peaks) : null;
	return { id: path, subject: { type: 'part', node, path }, role, ms, place };
}

function byKind(rows: readonly Row[]): Row[] {
	const kinds = new Map<OpKind, { ms: number; count: number }>();
	for (const { subject, ms } of rows) {
		if (subject.type !== 'part') continue;
		const kind = kindOf(subject.node);
		const sum = kinds.get(kind) ?? { ms: 0, count: 0 };
		kinds.set(kind, { ms: sum.ms + ms, count: sum.count + 1 });
	}
	return [...kinds].map(([kind, { ms, count }]) => ({
		id: kind,
		subject: { type: 'kind', kind, count },
		role: undefined,
		ms,
		place: null
	}));
}

function kindOf(node: ModuleNode): OpKind {
	return node.kind === 'op' ? opKind(node.op) : 'join';
}

function opKind(op: Op): OpKind {
	switch (op.type) {
		case 'conv':
			return isPointwise(op) ? 'pointwise' : isDepthwise(op) ? 'depthwise' : 'dense';
		case 'linear':
			return 'linear';
		case 'globalAvgPool':
			return 'pool';
		case 'batchNorm':
			return 'norm';
		case 'flatten':
		case 'identity':
			return 'other';
		default:
			return 'activation';
	}
}
