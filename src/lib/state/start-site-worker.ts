import { dev, version } from '$app/environment';
import { asset } from '$app/paths';
import { SiteWorker } from './site-worker.svelte';

/** The service worker of the built site, being set up. While the site is edited there is none. */
export function startSiteWorker(): SiteWorker {
	const script = new URL(asset('/service-worker.js'), location.href);
	const base = new URL('.', script).pathname.replace(/\/$/, '');
	const worker = new SiteWorker({ script: script.href, base, version });
	if (!dev) void worker.start();
	return worker;
}
