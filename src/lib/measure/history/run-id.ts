import type { RunResult } from '../types';

/**
 * What a run is known by: its start and a hash of its samples, so that the same run is the same from
 * the history and from a file, in any language and whatever it is called.
 */
export function runId({ conditions, options, candidates }: RunResult): string {
	const identity = JSON.stringify([
		conditions?.startedAt ?? null,
		options.seed,
		candidates.map(({ candidate, samples }) => [
			candidate.id,
			samples.map(({ round, ms, control }) => [round, ms, control ? 1 : 0])
		])
	]);
	const start = conditions?.startedAt.replace(/\D/g, '').slice(0, 14) ?? 'unknown';
	return `${start}-${fnv1a(identity, OFFSETS[0])}${fnv1a(identity, OFFSETS[1])}`;
}

/** FNV's own, and another one: two hashes of 32 bits, where one might meet by chance. */
const OFFSETS = [0x811c9dc5, 0x050c5d1f] as const;

/** FNV-1a over UTF-16 units, eight hex digits. */
function fnv1a(text: string, offset: number): string {
	let hash = offset;
	for (let i = 0; i < text.length; i++) {
		hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
	}
	return (hash >>> 0).toString(16).padStart(8, '0');
}
