import type { ProfileFailureReason } from '../measure/profile/failure';
import type { CandidateStatus, FailureReason, RunFailure, RunResult } from '../measure/types';
import * as m from '../paraglide/messages';
import { listed, sentences } from './join-texts';

/** Why something that was to be run was not, or not to its end: a network, a whole run, a profile. */
export type AnyFailure = FailureReason | RunFailure | ProfileFailureReason;

/** What went wrong, within a sentence, and what helps, as a sentence of its own. */
interface FailureTexts {
	readonly reason: () => string;
	readonly advice: () => string;
}

const TEXTS: { readonly [R in AnyFailure]: FailureTexts } = {
	'out-of-memory': { reason: m.failure_out_of_memory, advice: m.failure_do_memory },
	'low-memory': { reason: m.failure_low_memory, advice: m.failure_do_memory },
	'model-refused': { reason: m.failure_model_refused, advice: m.failure_do_model_refused },
	'wrong-output': { reason: m.failure_wrong_output, advice: m.failure_do_wrong_output },
	'too-fast-for-timer': { reason: m.failure_too_fast, advice: m.failure_do_too_fast },
	'too-slow': { reason: m.failure_too_slow, advice: m.failure_do_too_slow },
	'worker-crashed': { reason: m.failure_worker_crashed, advice: m.failure_do_worker_crashed },
	'illegal-design': { reason: m.failure_illegal_design, advice: m.failure_do_illegal_design },
	'backend-refused': { reason: m.failure_backend_refused, advice: m.failure_do_backend_refused },
	'device-lost': { reason: m.failure_device_lost, advice: m.failure_do_device_lost },
	'runtime-refused': { reason: m.failure_runtime_refused, advice: m.failure_do_runtime_refused },
	'no-trace': { reason: m.failure_no_trace, advice: m.failure_do_no_trace },
	// What helps depends on why each of them did not.
	'nothing-runs': { reason: m.failure_nothing_runs, advice: () => '' }
};

/** A clause: "out of memory". */
export function failureText(reason: AnyFailure): string {
	return TEXTS[reason].reason();
}

/** What to do about it, in a sentence. */
export function failureAdvice(reason: AnyFailure): string {
	return TEXTS[reason].advice();
}

/** Why a run failed, what of it is left, and what to do. */
export function runFailureText(
	reason: RunFailure,
	{ roundCount, candidates }: Pick<RunResult, 'roundCount' | 'candidates'>
): string {
	return sentences(
		m.failure_run({ reason: failureText(reason) }),
		roundCount > 0 ? m.failure_kept({ rounds: roundCount }) : '',
		reason === 'nothing-runs' ? eachFailureText(candidates) : failureAdvice(reason)
	);
}

/** Why there is no profile, and what to do. */
export function profileFailureText(reason: ProfileFailureReason): string {
	return sentences(
		m.viewer_profile_failed({ reason: failureText(reason) }),
		// It is on WASM in float32 already.
		failureAdvice(reason === 'model-refused' ? 'no-trace' : reason)
	);
}

/** Networks that failed for the same reason stand together. */
function eachFailureText(candidates: RunResult['candidates']): string {
	const byReason = new Map<FailureReason, string[]>();
	for (const { candidate, status } of candidates) {
		const reason = reasonOf(status);
		if (reason === null) continue;
		const labels = byReason.get(reason);
		if (labels) labels.push(candidate.label);
		else byReason.set(reason, [candidate.label]);
	}
	const texts = [...byReason].map(([reason, labels]) =>
		sentences(
			m.failure_networks({ networks: listed(labels), reason: failureText(reason) }),
			failureAdvice(reason)
		)
	);
	return sentences(...texts);
}

function reasonOf(status: CandidateStatus): FailureReason | null {
	return status.state === 'failed' ? status.reason : null;
}

/** The log's "step1: out-of-memory", with the reason in words. */
export function loggedFailureText(detail: string): string {
	const known = (Object.keys(TEXTS) as AnyFailure[]).find((key) => detail.endsWith(`: ${key}`));
	return known ? detail.slice(0, -known.length) + failureText(known) : detail;
}
