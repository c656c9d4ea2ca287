import type { StoredProfile } from '../../src/lib/measure/profile/stored-profile';

/** How many parts a table lists. */
const SHOWN = 15;

/** A profile as a table for a terminal: the slowest parts, then what the runtime took for itself. */
export function profileTable(name: string, profile: StoredProfile): string {
	const { runMs, wallMs, unmappedMs, overheadMs, peaks, runs, runtime } = profile;
	const row = (what: string, ms: number) =>
		`${what.padEnd(52)} ${ms.toFixed(3).padStart(9)} ms ${((ms / total) * 100).toFixed(1).padStart(6)} %`;
	const total = unmappedMs + overheadMs + Object.values(profile.timesMs).reduce((a, b) => a + b, 0);
	const parts = Object.entries(profile.timesMs).sort(([, a], [, b]) => b - a);
	const rest = parts.slice(SHOWN).reduce((sum, [, ms]) => sum + ms, 0);
	return [
		`${name}: ${runtime.name} ${runtime.version}, 1 thread, profiler on, medians of ${runs} runs`,
		...parts.slice(0, SHOWN).map(([path, ms]) => row(path, ms)),
		...(rest > 0 ? [row(`${parts.length - SHOWN} more parts`, rest)] : []),
		row('added by the runtime', unmappedMs),
		row('between kernels', overheadMs),
		`A run takes ${runMs.toFixed(2)} ms, without the profiler ${wallMs.toFixed(2)} ms by the clock: read shares, not latencies.`,
		...(peaks
			? [
					`At best ${(peaks.macsPerSecond / 1e9).toFixed(2)} G MACs/s and ${(peaks.bytesPerSecond / 1e9).toFixed(2)} GB/s.`
				]
			: [])
	].join('\n');
}
