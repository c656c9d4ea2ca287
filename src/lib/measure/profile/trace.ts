import * as v from 'valibot';
import { median } from '../../stats/summary';

/** One kernel of the graph: how long it takes, in the middle of the runs. */
export interface KernelTime {
	/** The ONNX node's name, which is its path in the tree; fused nodes keep the first one's. */
	readonly name: string;
	readonly medianMs: number;
}

/** What a trace says of a session's runs. */
export interface ProfileTrace {
	readonly kernels: readonly KernelTime[];
	/** From call to return inside the runtime, in the middle of the runs. */
	readonly runMs: number;
	/**
	 * All kernels of a run together, in the middle of the runs. More than the kernels' own medians sum to
	 * where something else wanted the processor: each run was held up in another kernel.
	 */
	readonly kernelMs: number;
	/** The same in the fastest run: what nothing else held up. */
	readonly leastKernelMs: number;
	/** What a run takes beside its own kernels, in the middle of the runs. */
	readonly overheadMs: number;
	/** How many runs it rests on. */
	readonly runs: number;
}

/** Entries of the trace that are looked at; there are others. Times are microseconds. */
const entrySchema = v.object({
	cat: v.string(),
	name: v.string(),
	dur: v.number()
});
type Entry = v.InferOutput<typeof entrySchema>;

const KERNEL_SUFFIX = '_kernel_time';
const RUN_NAME = 'model_run';

/**
 * Reads the Chrome trace that onnxruntime prints at the end of a profiled session.
 * @param text all lines, as they were printed
 * @param warmUpRuns how many of the first runs are left out
 * @throws an Error that says what is missing
 */
export function readTrace(text: string, warmUpRuns: number): ProfileTrace {
	const entries = parseEntries(text);
	const runTimes = entries
		.filter(({ cat, name }) => cat === 'Session' && name === RUN_NAME)
		.map(({ dur }) => dur / 1000)
		.slice(warmUpRuns);
	if (runTimes.length === 0) throw new Error('the trace holds no runs');
	const byName = new Map<string, number[]>();
	for (const { cat, name, dur } of entries) {
		if (cat !== 'Node' || !name.endsWith(KERNEL_SUFFIX)) continue;
		const node = name.slice(0, -KERNEL_SUFFIX.length);
		const times = byName.get(node);
		if (times) times.push(dur / 1000);
		else byName.set(node, [dur / 1000]);
	}
	if (byName.size === 0) throw new Error('the trace holds no kernels');
	const kernels = [...byName].map(([name, times]) => ({ name, times: times.slice(warmUpRuns) }));
	const sums = runTimes.map((_, run) =>
		kernels.reduce((sum, { times }) => sum + (times[run] ?? 0), 0)
	);
	return {
		kernels: kernels.map(({ name, times }) => ({ name, medianMs: median(times) })),
		runMs: median(runTimes),
		kernelMs: median(sums),
		leastKernelMs: Math.min(...sums),
		overheadMs: median(runTimes.map((ms, run) => Math.max(0, ms - sums[run]!))),
		runs: runTimes.length
	};
}

/** Lines around the trace's own JSON, and a comma before its closing bracket, are put up with. */
function parseEntries(text: string): Entry[] {
	const [start, end] = [text.indexOf('['), text.lastIndexOf(']')];
	if (start < 0 || end < start) throw new Error('the runtime printed no trace');
	const json = text.slice(start, end + 1).replace(/,\s*\]$/, ']');
	let parsed: unknown;
	try {
		parsed = JSON.parse(json);
	} catch (error) {
		throw new Error('the trace is not JSON', { cause: error });
	}
	return v.parse(v.array(v.unknown()), parsed).flatMap((entry) => {
		const known = v.safeParse(entrySchema, entry);
		return known.success ? [known.output] : [];
	});
}
