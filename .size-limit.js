import { firstLoadFiles } from './scripts/tools/first-load.mjs';

/** JavaScript before a page is alive, as sent (gzip). */
const FIRST_LOAD_LIMIT = '120 KiB';

export default await Promise.all(
	['/', '/design/'].map(async (page) => ({
		name: `First load of ${page}`,
		path: await firstLoadFiles(page),
		limit: FIRST_LOAD_LIMIT,
		gzip: true
	}))
);
