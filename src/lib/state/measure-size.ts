import { analyseDesign } from '../arch/analysis';
import type { Cost } from '../arch/cost';
import { illegalityOfCost } from '../arch/legality';
import { analysePlanned, isPlanned } from '../arch/planned-network';
import { DEFAULT_OPTIONS, PROTOCOL } from '../measure/protocol';
import type { Selected } from './selection';

/** Why a selection can't be run. `names` finds the words; `index` is a place in the selection. */
export type RunObstacle =
	| { readonly code: 'nothing-chosen' }
	| { readonly code: 'nothing-to-run-on' }
	| { readonly code: 'too-many'; readonly count: number; readonly limit: number }
	| { readonly code: 'too-heavy'; readonly params: number; readonly limit: number }
	| { readonly code: 'too-large'; readonly index: number };

/** All networks of a run are alive at once: more weights than this and a tab may be ended. */
export const MAX_TOTAL_PARAMS = 256_000_000;

/** More make simultaneous intervals too wide to say anything, and a run too long to sit through. */
const MAX_CANDIDATES = 32;

/** @param executions on how many things each network is to run */
export function runObstacle(selected: readonly Selected[], executions = 1): RunObstacle | null {
	const totals = selected.map(totalOf);
	const params = executions * totals.reduce((sum, total) => sum + total.params, 0);
	const count = executions * selected.length;
	const index = totals.findIndex((total) => illegalityOfCost(total) !== null);
	if (selected.length === 0) return { code: 'nothing-chosen' };
	if (executions === 0) return { code: 'nothing-to-run-on' };
	if (count > MAX_CANDIDATES) {
		return { code: 'too-many', count, limit: MAX_CANDIDATES };
	}
	if (index >= 0) return { code: 'too-large', index };
	if (params > MAX_TOTAL_PARAMS) return { code: 'too-heavy', params, limit: MAX_TOTAL_PARAMS };
	return null;
}

function totalOf({ design }: Selected): Cost {
	return (isPlanned(design) ? analysePlanned(design) : analyseDesign(design)).total;
}

/** One inference on one x86 core in WASM: about 15 ms and 0.07 ms a million MACs. */
const BASE_MS = 15;
const MS_PER_MEGA_MAC = 0.07;
const LOADING_SECONDS = 0.8;
const WARM_UP_RUNS = 25;
/** Above this a visit is one discarded and one timed run, below it one and three. */
const SLOW_MS = 60;

/**
 * About how long a run takes, from MACs, as if everything were as fast as one thread.
 * @param executions on how many things each network is to run
 */
export function estimateRunSeconds(
	selected: readonly Selected[],
	rounds: number | null,
	executions = 1
): number {
	const secondsFor = (count: number) =>
		executions *
		selected.reduce((sum, entry) => sum + networkSeconds(totalOf(entry).macs, count), 0);
	if (rounds !== null) return secondsFor(rounds);
	const start = secondsFor(0);
	return (
		start +
		Math.min(secondsFor(PROTOCOL.page.typicalRounds) - start, DEFAULT_OPTIONS.maxMeasuringMs / 1000)
	);
}

/** What one network adds to a run. */
export function networkSeconds(macs: number, rounds: number): number {
	const ms = BASE_MS + (MS_PER_MEGA_MAC * macs) / 1e6;
	const runs = WARM_UP_RUNS + rounds * (ms > SLOW_MS ? 2 : 4);
	return LOADING_SECONDS + (ms / 1000) * runs;
}
