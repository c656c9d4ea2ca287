import { isPlanned } from '$lib/arch/planned-network';
import type { SweepPlan } from '$lib/measure/sweep/sweep-plan';
import * as m from '$lib/paraglide/messages';
import type { Selected } from '$lib/state/selection';
import type { SweepProblem } from '$lib/state/sweep-address';
import type { SweepObstacle } from '$lib/state/sweep-size';
import { designName } from '$lib/ui/design-names';
import { formatCount } from '$lib/ui/format';

export function problemText({ code, key, value, allowed }: SweepProblem): string {
	switch (code) {
		case 'unknown-base':
			return m.sweep_problem_base({ value });
		case 'bad-factor':
			return m.sweep_problem_factor({ value, allowed });
		case 'bad-number':
			return m.sweep_problem_number({ key, value, allowed });
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
