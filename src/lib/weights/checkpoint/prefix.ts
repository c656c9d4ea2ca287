/** What training code puts before all names: DataParallel, wrappers, torch.compile, savers. */
const WRAPPERS = ['module.', 'model.', 'state_dict.', '_orig_mod.'] as const;

/** More than anyone nests; a name may be megabytes of them. */
const MAX_WRAPPERS = 6;

/**
 * The prefix that most keys share, taken from those that wrappers leave: `module._orig_mod.`, for
 * example. Most, not all: one key that was put beside them is an odd one, not another architecture.
 */
export function commonPrefix(keys: readonly string[]): string {
	let prefix = '';
	for (let depth = 0; depth < MAX_WRAPPERS; depth++) {
		const longer = WRAPPERS.map((wrapper) => prefix + wrapper).find(
			(candidate) => 2 * keys.filter((key) => key.startsWith(candidate)).length > keys.length
		);
		if (longer === undefined) break;
		prefix = longer;
	}
	return prefix;
}
