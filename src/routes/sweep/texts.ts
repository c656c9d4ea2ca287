import { isPlanned } from '$lib/arch/planned-network';
import { readUserAgent } from '$lib/measure/share/user-agent';
import type { SweepPlan } from '$lib/measure/sweep/sweep-plan';
import * as m from '$lib/paraglide/messages';
import type { OpenProblem, ShownSweep } from '$lib/state/kept-sweeps.svelte';
import type { Selected } from '$lib/state/selection';
import type { SweepProblem } from '$lib/state/sweep-address';
import type { SweepObstacle } from '$lib/state/sweep-size';
import { designName } from '$lib/ui/design-names';
import { formatCount, formatDateTime } from '$lib/ui/format';
import { listed, sentences } from '$lib/ui/join-texts';

export function problemText({ code, key, value, allowed }: SweepProblem): string {
	switch (code) {
		case 'unknown-base':
			return m.sweep_problem_base({ value });
		case 'bad-factor':
			return m.sweep_problem_factor({ value, allowed });
		case 'bad-number':
			return m.sweep_problem_number({ key, value, allowed });
		case 'bad-execution':
			return m.backends_problem_execution({ key, value, allowed });
		case 'several-executions':
			return m.sweep_problem_several({ value, taken: allowed });
		case 'unknown-key':
			return m.sweep_problem_key({ key, allowed });
	}
}

export function obstacleText(obstacle: SweepObstacle): string {
	switch (obstacle.code) {
		case 'no-factors':
			return m.sweep_obstacle_none();
		case 'too-large':
			return m.sweep_obstacle_large();
		case 'too-heavy':
			return m.sweep_obstacle_heavy({
				params: formatCount(obstacle.params),
				limit: formatCount(obstacle.limit)
			});
	}
}

/** What a plan measures, and what it tells apart. */
export function planText({ factors, corners, resolution }: SweepPlan): string {
	const counts = { corners: corners.length, all: 2 ** factors.length };
	if (resolution === null) {
		return m.sweep_plan_full({ corners: corners.length, factors: factors.length });
	}
	return resolution > 4
		? m.sweep_plan_five({ ...counts, resolution })
		: m.sweep_plan_four({ ...counts, resolution });
}

export function baseText({ name, design }: Selected): string {
	return name === null || isPlanned(design) ? m.sweep_base_own() : designName(name);
}

/** Of when the sweep on screen is, whether it is kept, and whether predictions come from it. */
export function noteText({ sweep, origin, use }: ShownSweep, isKept: boolean): string {
	const { conditions } = sweep.run;
	const date = formatDateTime(conditions?.startedAt ?? '');
	if (origin === 'opened') return sentences(m.kept_opened({ date }), useText({ sweep, use }));
	// Refused by both: the history has said why.
	if (use === 'no-room' && !isKept) return m.sweep_not_kept();
	return sentences(m.sweep_kept({ date }), useText({ sweep, use }));
}

function useText({ sweep, use }: Pick<ShownSweep, 'sweep' | 'use'>): string {
	switch (use) {
		case 'used':
			return m.kept_used();
		case 'few-rounds':
			return m.kept_few_rounds();
		case 'cut-short':
			return m.kept_cut_short();
		case 'other-device':
			return m.kept_other_device({ device: deviceText(sweep) });
		case 'example':
			return m.kept_example();
		case 'no-room':
			return m.kept_no_room();
	}
}

/** "Firefox 153, Android, 8 logical cores" */
function deviceText({ run: { conditions } }: ShownSweep['sweep']): string {
	const { browser, system } = readUserAgent(conditions?.userAgent ?? '');
	const cores = conditions?.logicalCores;
	return listed([
		browser ?? m.history_unknown_browser(),
		system ?? '',
		cores == null ? '' : m.kept_cores({ count: cores })
	]);
}

/** Why a sweep that an address names is not shown. */
export function openProblemText(problem: OpenProblem, id: string): string {
	switch (problem) {
		case 'unknown':
			return m.kept_problem_unknown({ id });
		case 'unreadable':
			return m.kept_problem_unreadable();
		case 'no-sweep':
			return m.kept_problem_no_sweep();
		case 'not-read':
			return m.kept_problem_not_read();
	}
}
