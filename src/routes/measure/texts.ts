import { findNamedDesign } from '$lib/arch/named-designs';
import { isPlanned } from '$lib/arch/planned-network';
import { printDesign } from '$lib/arch/query';
import type { Execution } from '$lib/measure/execution';
import type { Candidate, PauseReason, RunResult } from '$lib/measure/types';
import * as m from '$lib/paraglide/messages';
import { networkId } from '$lib/state/executions';
import type { SetupProblem } from '$lib/state/measure-address';
import type { RunObstacle } from '$lib/state/measure-size';
import type { Selected } from '$lib/state/selection';
import { executionName } from '$lib/ui/backend-texts';
import { designName, trainingFormName } from '$lib/ui/design-names';
import { formatCount } from '$lib/ui/format';
import { runFailureText } from '$lib/ui/run-failure-texts';

/**
 * What a chosen network is called in a run: its name, or "Own design 1". The ends of the roadmap go by
 * what they are, so that sentences about them can be repeated.
 */
export function candidateLabel({ name, design, label }: Selected, ownNumber: number): string {
	if (isPlanned(design)) {
		const file = label ?? name ?? '';
		return design.form === 'training'
			? trainingFormName(file, { branches: 'current', heads: 1 })
			: file;
	}
	if (name === null) {
		const query = printDesign(design).replace(/^v=1&?/, '');
		return `${m.measure_own_label({ number: ownNumber })} (${query})`;
	}
	const training = findNamedDesign(name)?.training;
	return training ? trainingFormName(deployLabel(training.of), training) : deployLabel(name);
}

function deployLabel(name: string): string {
	switch (name) {
		case 'step0':
			return m.measure_label_start();
		case 'step8':
			return m.measure_label_end();
		default:
			return designName(name);
	}
}

/**
 * A run whose networks are called what the language being read calls them: it may have been started in
 * the other one.
 */
export function relabelled(result: RunResult): RunResult {
	const { candidates } = result.options;
	const isOnSeveral = candidates.some(({ id }) => networkId(id) !== id);
	const rename = (candidate: Candidate) => {
		const label = currentLabel(candidate);
		const { execution } = candidate;
		// A file's label is what it was called when the run began, with what it ran on.
		if (!execution || !isOnSeveral || isPlanned(candidate.design)) return { ...candidate, label };
		return { ...candidate, label: labelOn(label, execution) };
	};
	return {
		...result,
		options: { ...result.options, candidates: candidates.map(rename) },
		candidates: result.candidates.map((each) => ({ ...each, candidate: rename(each.candidate) }))
	};
}

/** What a network is called where a run has several things to run on. */
export function labelOn(label: string, execution: Execution): string {
	return m.backends_label({ design: label, execution: executionName(execution) });
}

/** The label again, from what the id is made of (`candidatesOf`); a file is called what it is called. */
function currentLabel({ id, label, design }: Candidate): string {
	if (isPlanned(design)) return label;
	const [base = id, repeated] = networkId(id).split('#');
	const own = /^own(\d+)$/.exec(base);
	const again = candidateLabel({ name: own ? null : base, design }, Number(own?.[1]));
	return repeated === undefined ? again : `${again} (${repeated})`;
}

/** The state of a run in one line. */
export function runStateText(
	result: Pick<RunResult, 'status' | 'roundCount' | 'candidates'>
): string {
	const { status, roundCount: rounds } = result;
	switch (status.state) {
		case 'idle':
			return m.measure_state_idle();
		case 'starting':
			return m.measure_state_starting();
		case 'loading':
			return m.measure_state_loading();
		case 'warming-up':
			return m.measure_state_warming_up();
		case 'measuring':
			return m.measure_state_measuring({ round: rounds + 1 });
		case 'paused':
			return pausedText(status.reason);
		case 'stopped':
			return rounds === 0 ? m.measure_state_stopped_early() : m.measure_state_stopped({ rounds });
		case 'failed':
			return runFailureText(status.reason, result);
		case 'done':
			switch (status.reason) {
				case 'precise-enough':
					return m.measure_state_done_precise({ rounds });
				case 'round-limit':
					return m.measure_state_done_rounds({ rounds });
				case 'time-limit':
					return m.measure_state_done_time({ rounds });
			}
	}
}

/** Why a run waits, and what for. */
function pausedText(reason: PauseReason): string {
	switch (reason) {
		case 'page-hidden':
			return m.measure_state_paused();
		case 'visitor':
			return m.checks_paused_visitor();
		case 'battery-low':
			return m.checks_paused_battery();
		case 'pressure':
			return m.checks_paused_pressure();
		case 'another-tab':
			return m.checks_paused_another_tab();
	}
}

export function setupProblemText({ code, key, value, allowed }: SetupProblem): string {
	switch (code) {
		case 'unknown-design':
			return m.measure_problem_unknown_design({ value });
		case 'bad-design':
			return m.measure_problem_bad_design({ key, value });
		case 'no-checkpoint':
			return m.measure_problem_no_checkpoint();
		case 'bad-number':
			return m.measure_problem_bad_number({ key, value, allowed });
		case 'bad-execution':
			return m.backends_problem_execution({ key, value, allowed });
		case 'unknown-key':
			return m.measure_problem_unknown_key({ key, allowed });
	}
}

/** Why the selection can't be run, and what to do. */
export function obstacleText(obstacle: RunObstacle, labels: readonly string[]): string {
	switch (obstacle.code) {
		case 'nothing-chosen':
			return m.measure_obstacle_nothing_chosen();
		case 'nothing-to-run-on':
			return m.backends_obstacle_none();
		case 'too-many':
			return m.measure_obstacle_too_many({ count: obstacle.count, limit: obstacle.limit });
		case 'too-heavy':
			return m.measure_obstacle_too_heavy({
				params: formatCount(obstacle.params),
				limit: formatCount(obstacle.limit)
			});
		case 'too-large':
			return m.measure_obstacle_too_large({ name: labels[obstacle.index] ?? '' });
	}
}
