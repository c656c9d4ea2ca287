import type { Execution } from '$lib/measure/share/summary';
import * as m from '$lib/paraglide/messages';
import type { Origin, ShelvedRun } from '$lib/state/devices.svelte';
import { formatDateTime, formatNumber } from '$lib/ui/format';
import { parted } from '$lib/ui/join-texts';
import { browserText, executionText } from '$lib/ui/runs/run-texts';

export const ORIGIN_TEXTS: { readonly [O in Origin]: () => string } = {
	history: m.devices_origin_history,
	file: m.devices_origin_file,
	link: m.devices_origin_link,
	example: m.devices_origin_example
};

/** Under which conditions a run was made, in one line. */
export function factsText({ summary }: ShelvedRun, execution: Execution): string {
	const { conditions, roundCount } = summary;
	return parted([
		m.devices_conditions({
			browser: browserText(summary),
			execution: executionText(execution),
			protocol: conditions.protocolVersion,
			date: formatDateTime(conditions.startedAt)
		}),
		m.devices_conditions_more({
			runtime: conditions.runtimeVersion,
			isolated: conditions.crossOriginIsolated ? m.devices_isolated_yes() : m.devices_isolated_no(),
			cores:
				conditions.logicalCores === null
					? m.devices_unknown()
					: formatNumber(conditions.logicalCores),
			rounds: formatNumber(roundCount)
		})
	]);
}
