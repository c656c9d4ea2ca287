import { protocolMajor } from '../measure/devices/column';
import { controlHeld } from '../measure/devices/control-held';
import type { HistoryEntry } from '../measure/history/entry';
import { runId } from '../measure/history/run-id';
import { PROTOCOL_VERSION } from '../measure/protocol';
import { mayBeSameDevice, thisDevice, type DeviceTraits } from '../measure/same-device';
import type { RunResult } from '../measure/types';

/**
 * Runs that say what this device takes: the last one of this visit, and those of the history that may be
 * of this device. One of another protocol major measured something else, and what is unreliable is not
 * called upon at another time.
 * @param entries newest first
 */
export function runsOfThisDevice(
	madeHere: RunResult | null,
	entries: readonly HistoryEntry[],
	device: DeviceTraits = thisDevice()
): readonly RunResult[] {
	const known = entries.flatMap((entry) =>
		entry.state === 'readable' && isOf(entry.result, device) ? [entry.result] : []
	);
	if (!madeHere) return known;
	const id = runId(madeHere);
	return [madeHere, ...known.filter((run) => runId(run) !== id)];
}

function isOf(run: RunResult, device: DeviceTraits): boolean {
	const { conditions } = run;
	return (
		conditions !== null &&
		mayBeSameDevice(conditions, device) &&
		protocolMajor({ conditions }) ===
			protocolMajor({ conditions: { protocolVersion: PROTOCOL_VERSION } }) &&
		controlHeld(run, run)
	);
}
