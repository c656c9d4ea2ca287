/// <reference types="@sveltejs/kit" />
import { base, build, files, version } from '$service-worker';
import { parseOrder } from '../lib/state/worker-orders';
import { Keeper } from './keeper';

const worker = self as unknown as ServiceWorkerGlobalScope;

const keeper = new Keeper({
	site: {
		origin: worker.location.origin,
		immutable: `${base}/_app/immutable/`,
		build: new Set(build),
		files: new Set(files)
	},
	base,
	version,
	browser: {
		caches: worker.caches,
		fetch: (request) => worker.fetch(request),
		update: () => void worker.registration.update().catch(() => undefined)
	}
});

// A new build's worker takes over at once: it brings the isolation of the first visit, and pages that
// are open have the scripts of their own build, or fetch them.
worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));

worker.addEventListener('activate', (event) => {
	event.waitUntil(Promise.all([keeper.removeOld(), worker.clients.claim()]));
});

worker.addEventListener('fetch', (event) => {
	const answer = keeper.answer(event.request, (work) => event.waitUntil(work));
	if (answer) event.respondWith(answer);
});

worker.addEventListener('message', (event) => {
	const order = parseOrder(event.data);
	if (order) event.waitUntil(keeper.keepVisited(order));
});
