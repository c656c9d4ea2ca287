import { createContext } from 'svelte';
import type { SiteWorker } from './site-worker.svelte';

/** The site's service worker, once its code is there: it is fetched behind the first page. */
export interface SiteWorkerLater {
	readonly current: SiteWorker | undefined;
}

export const [getSiteWorker, setSiteWorker] = createContext<SiteWorkerLater>();
