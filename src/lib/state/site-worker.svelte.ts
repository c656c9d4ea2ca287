import { watchBeginning } from './begun';
import { SiteCaches } from './site-caches';
import { availableStorage } from './storage';
import type { WorkerOrder } from './worker-orders';

/** Where the service worker stands, for this page. */
export type SiteWorkerStatus =
	| { readonly state: 'unknown' | 'starting' }
	/** `reload`: whether the page would gain isolation by being loaded again, or has tried in vain. */
	| { readonly state: 'on'; readonly reload: 'none' | 'due' | 'in-vain' }
	/** By the visitor. `isAnswering`: this page was loaded through the worker, and still is. */
	| { readonly state: 'off'; readonly isAnswering: boolean }
	| { readonly state: 'unsupported' | 'insecure' }
	| { readonly state: 'refused'; readonly detail: string };

/** What is looked at of the browser; tests give their own. */
export interface SiteWorkerBrowser {
	/** Undefined where there are none, or the address is not secure. */
	readonly container: ServiceWorkerContainer | undefined;
	/** Undefined where pages can keep nothing. */
	readonly caches: CacheStorage | undefined;
	readonly isSecure: boolean;
	readonly isIsolated: boolean;
	/** Remembers that the visitor has switched the worker off. */
	readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null;
	/** Remembers, for this tab, that the page was reloaded. */
	readonly session: Pick<Storage, 'getItem' | 'setItem'> | null;
	/** Whether the visitor has clicked, typed or touched since the page came. */
	readonly hasBegun: () => boolean;
	readonly reload: () => void;
	/** The page's address, and those of the files that it has loaded. */
	readonly page: () => string;
	readonly files: () => readonly string[];
}

const SWITCH_KEY = 'service-worker';
const OFF = 'off';
const RELOADED_KEY = 'reloaded-for-isolation';

/**
 * The site's service worker as a page sees it: registered unless the visitor has switched it off; the
 * page is reloaded once, at most, where that isolates it and nobody is in the middle of something.
 */
export class SiteWorker {
	readonly #browser: SiteWorkerBrowser;
	readonly #script: string;
	readonly #version: string;
	readonly #caches: SiteCaches | null;
	/** Whether this page came through the worker: if it is not isolated then, no reload will do it. */
	readonly #cameThrough: boolean;
	#status = $state.raw<SiteWorkerStatus>({ state: 'unknown' });

	/**
	 * @param script address of the worker
	 * @param base the folder that it stands in, without a slash at its end
	 * @param version of the build that this page is of
	 */
	constructor({
		script,
		base,
		version,
		browser = thisBrowser()
	}: {
		readonly script: string;
		readonly base: string;
		readonly version: string;
		readonly browser?: SiteWorkerBrowser;
	}) {
		this.#browser = browser;
		this.#script = script;
		this.#version = version;
		this.#cameThrough = (browser.container?.controller ?? null) !== null;
		this.#caches = browser.caches ? new SiteCaches({ caches: browser.caches, base }) : null;
	}

	get status(): SiteWorkerStatus {
		return this.#status;
	}

	/** Sets the worker up, or finds it. Never rejects. */
	async start(): Promise<void> {
		const { container, isSecure } = this.#browser;
		if (!container) {
			this.#status = { state: isSecure ? 'unsupported' : 'insecure' };
			return;
		}
		if (await this.#isOff()) {
			await this.#leave(container);
			return;
		}
		this.#status = { state: 'starting' };
		try {
			const worker = await activeWorker(container, this.#script);
			// A page that comes again is seen by the worker from its first request on.
			if (this.#isolate()) return;
			this.#order(worker, {
				type: 'visited',
				version: this.#version,
				page: this.#browser.page(),
				files: [...this.#browser.files()]
			});
		} catch (error) {
			const detail = error instanceof Error ? error.message : String(error);
			this.#status = { state: 'refused', detail };
		}
	}

	/** From now on, on every page: the worker goes, with all that it has kept, and stays away. */
	async switchOff(): Promise<void> {
		const { container, storage } = this.#browser;
		try {
			storage?.setItem(SWITCH_KEY, OFF);
		} catch {
			// Refused: the caches remember it, or it is off until the next page.
		}
		if (container) await this.#leave(container);
	}

	async switchOn(): Promise<void> {
		try {
			this.#browser.storage?.removeItem(SWITCH_KEY);
		} catch {
			// What can't be written can't say "off" either.
		}
		await this.#caches?.switchOn();
		await this.start();
	}

	reload(): void {
		this.#browser.reload();
	}

	/** @returns whether the page is being loaded again */
	#isolate(): boolean {
		const { isIsolated, hasBegun, reload } = this.#browser;
		const wasReloaded = isIsolated ? 'no' : this.#reloaded();
		const canReload = !isIsolated && (wasReloaded !== 'yes' || !this.#cameThrough);
		this.#status = {
			state: 'on',
			reload: isIsolated ? 'none' : canReload ? 'due' : 'in-vain'
		};
		// Where it can't be remembered it is left to the visitor: it would be done for ever.
		if (wasReloaded !== 'no' || isIsolated || hasBegun() || !this.#rememberReload()) return false;
		reload();
		return true;
	}

	/** By either memory: a tab may have written the one, and another not have seen it yet. */
	async #isOff(): Promise<boolean> {
		try {
			if (this.#browser.storage?.getItem(SWITCH_KEY) === OFF) return true;
		} catch {
			// Refused: the other one may know.
		}
		return (await this.#caches?.isOff()) ?? false;
	}

	#reloaded(): 'yes' | 'no' | 'unknown' {
		try {
			const { session } = this.#browser;
			if (!session) return 'unknown';
			return session.getItem(RELOADED_KEY) === null ? 'no' : 'yes';
		} catch {
			return 'unknown';
		}
	}

	#rememberReload(): boolean {
		try {
			this.#browser.session?.setItem(RELOADED_KEY, '1');
			return this.#reloaded() === 'yes';
		} catch {
			return false;
		}
	}

	#order(worker: ServiceWorker, order: WorkerOrder): void {
		worker.postMessage(order);
	}

	/** It stays behind the tabs that came through it until the last one is closed, but keeps nothing more. */
	async #leave(container: ServiceWorkerContainer): Promise<void> {
		await this.#caches?.switchOff();
		try {
			const registration = await container.getRegistration(this.#script);
			await registration?.unregister();
		} catch {
			// Refused: then none was registered either.
		}
		this.#status = { state: 'off', isAnswering: container.controller !== null };
	}
}

/**
 * Registers the worker and waits until it works.
 * @throws in the browser's words where it is refused, or fails to install
 */
async function activeWorker(
	container: ServiceWorkerContainer,
	script: string
): Promise<ServiceWorker> {
	const registration = (await container.register(script, { updateViaCache: 'none' })) as
		ServiceWorkerRegistration | undefined;
	const worker = registration?.installing ?? registration?.waiting ?? registration?.active;
	if (!worker) throw new Error('no registration');
	await new Promise<void>((resolve, reject) => {
		const look = () => {
			if (worker.state === 'activated') resolve();
			else if (worker.state === 'redundant') reject(new Error('not installed'));
		};
		worker.addEventListener('statechange', look);
		look();
	});
	return worker;
}

/** Where storage is refused, reading the property throws. */
function availableSession(): Storage | null {
	try {
		return window.sessionStorage;
	} catch {
		return null;
	}
}

function thisBrowser(): SiteWorkerBrowser {
	return {
		container: 'serviceWorker' in navigator ? navigator.serviceWorker : undefined,
		caches: 'caches' in globalThis ? globalThis.caches : undefined,
		isSecure: isSecureContext,
		isIsolated: crossOriginIsolated,
		storage: availableStorage(),
		session: availableSession(),
		hasBegun: watchBeginning(window),
		reload: () => location.reload(),
		page: () => location.href,
		files: () => performance.getEntriesByType('resource').map(({ name }) => name)
	};
}
