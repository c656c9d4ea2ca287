import { BASELINE } from '../arch/design';
import { isPlanned } from '../arch/planned-network';
import { ranks } from '../stats/rank';
import type { LaneConditions, RunResult } from './types';

/** What differs between a run and the paper's measurement; the page finds the words. */
export type PaperDifference =
	| {
			readonly code: 'processor';
			readonly backends: readonly string[];
			readonly cores: number | null;
	  }
	| { readonly code: 'precision'; readonly precisions: readonly string[] }
	| { readonly code: 'runtime'; readonly runtime: LaneConditions['runtime'] }
	/** Of WebAssembly; empty where none ran on it. */
	| { readonly code: 'threads'; readonly threads: readonly number[] }
	| { readonly code: 'protocol' }
	| { readonly code: 'resolution'; readonly sizes: readonly number[] }
	| { readonly code: 'form'; readonly count: number }
	| { readonly code: 'structure'; readonly count: number };

/**
 * The differences that apply to a run (the paper: iPhone 12, iOS 16, Core ML Tools, batch 1, 224x224,
 * deploy form). Batch 1 is the same here, always.
 * @param reconstructed ids of candidates whose layers the paper does not give
 */
export function paperDifferences(
	{ conditions, candidates }: Pick<RunResult, 'conditions' | 'candidates'>,
	reconstructed: ReadonlySet<string>
): PaperDifference[] {
	if (conditions === null) return [];
	const lanes = conditions.lanes.filter(({ use }) => use === 'measuring');
	const [first] = lanes;
	if (!first) return [];
	const threads = lanes.flatMap((lane) =>
		lane.backend === 'wasm' ? [lane.threads.effective] : []
	);
	const designs = candidates.flatMap(({ candidate: { design } }) =>
		isPlanned(design) ? [] : [design]
	);
	const sizes = [...new Set(designs.map(({ resolution }) => resolution))].sort((a, b) => a - b);
	const training = candidates.filter(({ candidate }) => candidate.design.form === 'training');
	const rebuilt = candidates.filter(({ candidate }) => reconstructed.has(candidate.id));
	return [
		{
			code: 'processor',
			backends: [...new Set(lanes.map(({ backend }) => backend))],
			cores: conditions.logicalCores
		},
		{ code: 'precision', precisions: [...new Set(lanes.flatMap((lane) => lane.precisions))] },
		{ code: 'runtime', runtime: first.runtime },
		...(threads.length > 0 ? [{ code: 'threads', threads } as const] : []),
		{ code: 'protocol' },
		...(sizes.some((size) => size !== BASELINE.resolution)
			? [{ code: 'resolution', sizes } as const]
			: []),
		...(training.length > 0 ? [{ code: 'form', count: training.length } as const] : []),
		...(rebuilt.length > 0 ? [{ code: 'structure', count: rebuilt.length } as const] : [])
	];
}

/** One network here and in the paper, without milliseconds. */
export interface RankedNetwork {
	readonly id: string;
	/** From 1, the fastest; equals share the mean of theirs. */
	readonly rankHere: number;
	readonly rankPaper: number;
	readonly ratioHere: NonNullable<RunResult['candidates'][number]['ratio']>;
	readonly ratioPaper: number;
}

/**
 * Ranks and ratios of the networks that have both a ratio here and a reported latency, the reference
 * among them; empty for fewer than two.
 */
export function rankedNetworks(
	{ candidates, referenceId }: Pick<RunResult, 'candidates' | 'referenceId'>,
	reportedMs: ReadonlyMap<string, number>
): RankedNetwork[] {
	const reference = referenceId === null ? undefined : reportedMs.get(referenceId);
	const known = candidates.flatMap(({ candidate: { id }, ratio }) => {
		const ms = reportedMs.get(id);
		return ratio && ms !== undefined ? [{ id, ratio, ms }] : [];
	});
	if (reference === undefined || known.length < 2) return [];
	const here = ranks(known.map(({ ratio }) => ratio.value));
	const paper = ranks(known.map(({ ms }) => ms));
	return known.map(({ id, ratio, ms }, index) => ({
		id,
		rankHere: here[index]!,
		rankPaper: paper[index]!,
		ratioHere: ratio,
		ratioPaper: ms / reference
	}));
}
