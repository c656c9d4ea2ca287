import { ops, walk, type ModuleNode, type Visit } from '../arch/module';
import { isActivation } from '../arch/op';
import type { Inference, InferenceCode } from '../arch/roadmap';
import { soleOp } from './layout/sole-op';

/**
 * Which parts of a network each inference concerns, by path, so that a diagram can mark them. Where
 * all of a kind is inferred, it is its outermost parts; where some layers are, these layers.
 * @param inferences of the design that `root` is of: see `inferencesOf`
 */
export function inferredParts(
	root: ModuleNode,
	inferences: readonly Inference[]
): ReadonlyMap<string, readonly Inference[]> {
	const parts = new Map<string, Inference[]>();
	const visits = inferences.length > 0 ? [...walk(root)] : [];
	for (const inference of inferences) {
		for (const path of new Set(CONCERNED[inference.code](visits))) {
			parts.set(path, [...(parts.get(path) ?? []), inference]);
		}
	}
	return parts;
}

type Selector = (visits: readonly Visit[]) => readonly string[];

const stages: Selector = (visits) => withRole(visits, 'stage');
const squeezeExcites: Selector = (visits) => withRole(visits, 'squeeze-excite');
const downsamplings: Selector = (visits) => withRole(visits, 'downsampling');
const classifier: Selector = (visits) => withRole(visits, 'classifier');

const CONCERNED: { readonly [C in InferenceCode]: Selector } = {
	'layer-table': (visits) => [
		...withRole(visits, 'stem'),
		...stages(visits),
		...classifier(visits)
	],
	// Inside squeeze-and-excitation the activations stay what they are.
	'activation-everywhere': (visits) =>
		pathsOf(
			visits,
			({ node, role }) => node.kind === 'op' && isActivation(node.op) && role !== 'squeeze-excite'
		),
	depths: stages,
	'kernel-positions': largeKernels,
	'kernel-positions-stretched': largeKernels,
	'se-positions': squeezeExcites,
	'se-positions-stretched': squeezeExcites,
	'se-at-block-width': squeezeExcites,
	'stem-stays-coupled': (visits) => inside(visits, withRole(visits, 'stem'), 'block'),
	'stem-meets-width': (visits) => {
		const convs = convsIn(visits).filter(({ path }) => isInside(path, 'stem'));
		return convs.slice(-1).flatMap((conv) => drawnAs(visits, conv));
	},
	'strided-block-separated': downsamplings,
	'width-change-in-stage-3': (visits) =>
		inside(visits, stages(visits), 'block').filter((path) => changesWidth(visits, path)),
	'expansion-of-input': (visits) => {
		const layers = [...inside(visits, stages(visits), 'block'), ...downsamplings(visits)];
		const widening = layers.filter((path) => changesWidth(visits, path));
		return inside(visits, widening, 'channel-mixer');
	},
	'classifier-sizes': classifier,
	'pre-block-kernel': (visits) =>
		inside(visits, inside(visits, downsamplings(visits), 'block'), 'token-mixer'),
	'no-se-in-downsampling': downsamplings
};

function pathsOf(visits: readonly Visit[], keep: (visit: Visit) => boolean): string[] {
	return visits.filter(keep).map(({ path }) => path);
}

/** Nodes that have the role themselves, not from what they are in. */
function withRole(visits: readonly Visit[], role: NonNullable<ModuleNode['role']>): string[] {
	return pathsOf(visits, ({ node }) => node.role === role);
}

/** The same, of what is in these. */
function inside(
	visits: readonly Visit[],
	paths: readonly string[],
	role: NonNullable<ModuleNode['role']>
): string[] {
	return withRole(visits, role).filter((path) => paths.some((outer) => isInside(path, outer)));
}

function isInside(path: string, outer: string): boolean {
	return path.startsWith(`${outer}.`);
}

function convsIn(visits: readonly Visit[]) {
	return visits.flatMap(({ node, path }) =>
		node.kind === 'op' && node.op.type === 'conv' ? [{ path, op: node.op }] : []
	);
}

/** Depthwise kernels above 3x3 behind the stem. */
function largeKernels(visits: readonly Visit[]): string[] {
	return convsIn(visits)
		.filter(
			({ path, op }) => op.groups > 1 && Math.max(...op.kernel) > 3 && !isInside(path, 'stem')
		)
		.flatMap((conv) => drawnAs(visits, conv));
}

/** The convolution and the modules around it that stand for it where they are closed. */
function drawnAs(visits: readonly Visit[], { path }: { readonly path: string }): string[] {
	const around = pathsOf(
		visits,
		(visit) =>
			isInside(path, visit.path) && (visit.node.role === 'token-mixer' || soleOp(visit) !== null)
	);
	return [...around, path];
}

/** Whether a layer's last convolution gives other channels than its first one reads. */
function changesWidth(visits: readonly Visit[], path: string): boolean {
	const layer = visits.find((visit) => visit.path === path);
	if (layer === undefined) return false;
	const convs = [...ops(layer.node)].flatMap(({ node: { op }, role }) =>
		op.type === 'conv' && role !== 'squeeze-excite' ? [op] : []
	);
	return convs[0]?.inChannels !== convs.at(-1)?.outChannels;
}
