import * as m from '../../paraglide/messages';
import type { ImportOutcome } from '../../state/history.svelte';
import { formatNumber } from '../format';
import { listed } from '../join-texts';

/** What became of the runs of a file, in few words: "2 kept, 1 was here before". */
export function importText({ kept, known, refused }: ImportOutcome): string {
	return listed([
		kept > 0 ? m.history_import_kept({ count: formatNumber(kept) }) : '',
		known > 0 ? m.history_import_known({ count: formatNumber(known) }) : '',
		refused > 0 ? m.history_import_refused({ count: formatNumber(refused) }) : ''
	]);
}
