import { describe, expect, it } from 'vitest';
import { watchBeginning } from '$lib/state/begun';
import { SiteWorker, type SiteWorkerBrowser } from '$lib/state/site-worker.svelte';
import { SiteCaches } from '$lib/state/site-caches';
import { parseOrder, type WorkerOrder } from '$lib/state/worker-orders';
import { FakeCaches } from '../service-worker/fake-caches';

class FakeStorage {
	readonly #values = new Map<string, string>();
	isRefusing = false;

	getItem(key: string): string | null {
		return this.#values.get(key) ?? null;
	}

	setItem(key: string, value: string): void {
		if (this.isRefusing) throw new DOMException('full', 'QuotaExceededError');
		this.#values.set(key, value);
	}

	removeItem(key: string): void {
		this.#values.delete(key);
	}
}

/** One tab: what it remembers outlives the page. */
class FakeTab {
	readonly storage = new FakeStorage();
	readonly session = new FakeStorage();
	readonly caches = new FakeCaches();
	readonly orders: WorkerOrder[] = [];
	reloads = 0;
	registrations = 0;
	isRegistered = false;
	isIsolated = false;
	hasBegun = false;
	refusal: Error | null = null;
	/** What a worker becomes once it is registered. */
	fate: ServiceWorkerState = 'activated';
	more: Partial<SiteWorkerBrowser> = {};

	get #worker(): ServiceWorker {
		return {
			state: this.fate,
			addEventListener: () => undefined,
			postMessage: (order: WorkerOrder) => void this.orders.push(order)
		} as unknown as ServiceWorker;
	}

	get #container(): ServiceWorkerContainer {
		const controller = () => (this.isRegistered ? this.#worker : null);
		return {
			get controller() {
				return controller();
			},
			register: async () => {
				if (this.refusal) throw this.refusal;
				this.registrations++;
				this.isRegistered = true;
				return { active: this.#worker };
			},
			getRegistration: async () => ({
				unregister: async () => {
					this.isRegistered = false;
					return true;
				}
			})
		} as unknown as ServiceWorkerContainer;
	}

	async load(): Promise<SiteWorker> {
		const worker = this.page();
		await worker.start();
		return worker;
	}

	page(): SiteWorker {
		const browser: SiteWorkerBrowser = {
			container: this.#container,
			caches: this.caches.all,
			isSecure: true,
			isIsolated: this.isIsolated,
			storage: this.storage,
			session: this.session,
			hasBegun: () => this.hasBegun,
			reload: () => void this.reloads++,
			page: () => 'https://example.org/measure/',
			files: () => ['https://example.org/a.js'],
			...this.more
		};
		return new SiteWorker({ script: '/at/service-worker.js', base: '/at', version: 'A', browser });
	}
}

describe('the service worker, on a host that does not isolate', () => {
	it('reloads the page once, and never again', async () => {
		const tab = new FakeTab();
		await tab.load();
		expect(tab.reloads).toBe(1);
		// It did not help: said, and left at that.
		const again = await tab.load();
		expect(again.status).toEqual({ state: 'on', reload: 'in-vain' });
		await tab.load();
		expect(tab.reloads).toBe(1);
	});

	it('offers to reload where the page did not come through the worker, as when it was off', async () => {
		const tab = new FakeTab();
		await tab.load();
		const page = await tab.load();
		await page.switchOff();
		// Loaded again without the worker, and then switched on.
		const off = await tab.load();
		expect(off.status).toEqual({ state: 'off', isAnswering: false });
		await off.switchOn();
		expect(off.status).toEqual({ state: 'on', reload: 'due' });
		// By itself it is never loaded a second time.
		expect(tab.reloads).toBe(1);
		expect((await tab.load()).status).toEqual({ state: 'on', reload: 'in-vain' });
	});

	it('says nothing of reloading once the page is isolated', async () => {
		const tab = new FakeTab();
		await tab.load();
		tab.isIsolated = true;
		expect((await tab.load()).status).toEqual({ state: 'on', reload: 'none' });
		expect(tab.reloads).toBe(1);
	});

	it('does not take a page away from somebody who has begun to use it', async () => {
		const tab = new FakeTab();
		tab.hasBegun = true;
		const worker = await tab.load();
		expect(worker.status).toEqual({ state: 'on', reload: 'due' });
		expect(tab.reloads).toBe(0);
		worker.reload();
		expect(tab.reloads).toBe(1);
	});

	it.each([
		['refused', { session: null }],
		['full', {}]
	])('does not reload where the tab’s memory is %s', async (_what, more) => {
		const tab = new FakeTab();
		tab.session.isRefusing = true;
		tab.more = more;
		expect((await tab.load()).status).toEqual({ state: 'on', reload: 'due' });
		expect(tab.reloads).toBe(0);
	});
});

describe('whether the visitor has begun', () => {
	// A screen reader's or a switch's click comes alone.
	it.each(['pointerdown', 'keydown', 'click'])('is told by a %s', (sign) => {
		const page = new EventTarget();
		const hasBegun = watchBeginning(page);
		page.dispatchEvent(new Event('pointermove'));
		expect(hasBegun()).toBe(false);
		page.dispatchEvent(new Event(sign));
		expect(hasBegun()).toBe(true);
	});
});

describe('the service worker, on a host that isolates', () => {
	it('is told what the page has loaded, and reloads nothing', async () => {
		const tab = new FakeTab();
		tab.isIsolated = true;
		await tab.load();
		expect(tab.reloads).toBe(0);
		expect(tab.orders).toEqual([
			{
				type: 'visited',
				version: 'A',
				page: 'https://example.org/measure/',
				files: ['https://example.org/a.js']
			}
		]);
		expect(parseOrder(tab.orders[0])).toEqual(tab.orders[0]);
		expect(parseOrder({ type: 'visited', files: 3 })).toBeNull();
	});
});

describe('switched off', () => {
	it('it goes and stays away, until it is switched on', async () => {
		const tab = new FakeTab();
		tab.isIsolated = true;
		const worker = await tab.load();
		const siteCaches = new SiteCaches({ caches: tab.caches.all, base: '/at' });
		await siteCaches.open('A');
		await worker.switchOff();
		expect(await siteCaches.isOff()).toBe(true);
		expect(await tab.caches.keys()).not.toContain('repvit-explorer /at/ A');
		expect(tab.isRegistered).toBe(false);
		expect(worker.status.state).toBe('off');

		tab.isIsolated = false;
		// A worker of before that has kept something all the same: gone with the next page.
		await siteCaches.open('A');
		const next = await tab.load();
		expect(next.status).toEqual({ state: 'off', isAnswering: false });
		expect(await tab.caches.keys()).not.toContain('repvit-explorer /at/ A');
		expect([tab.registrations, tab.reloads]).toEqual([1, 0]);

		tab.hasBegun = true;
		await next.switchOn();
		expect(await siteCaches.isOff()).toBe(false);
		expect(next.status).toEqual({ state: 'on', reload: 'due' });
		expect(tab.registrations).toBe(2);
	});

	it.each([
		['stays so where only the caches can remember it', false, 'off'],
		['is so for this page even where nothing can', true, 'on']
	])('it %s', async (_where, isDenied, next) => {
		const tab = new FakeTab();
		tab.isIsolated = true;
		tab.caches.isDenied = isDenied;
		const worker = await tab.load();
		tab.storage.isRefusing = true;
		await worker.switchOff();
		expect(worker.status.state).toBe('off');
		expect(tab.isRegistered).toBe(false);
		expect((await tab.load()).status.state).toBe(next);
	});
});

describe('without a service worker', () => {
	it.each<[string, Partial<SiteWorkerBrowser>, string]>([
		['the browser has none', { container: undefined }, 'unsupported'],
		['the address is not secure', { container: undefined, isSecure: false }, 'insecure']
	])('where %s it is said', async (_where, more, state) => {
		const tab = new FakeTab();
		tab.more = more;
		const worker = await tab.load();
		expect(worker.status).toEqual({ state });
		await worker.switchOff();
		expect(tab.reloads).toBe(0);
	});

	it('where the browser refuses it, it is said in the browser’s words', async () => {
		const tab = new FakeTab();
		tab.refusal = new DOMException('not here', 'SecurityError');
		expect((await tab.load()).status).toEqual({ state: 'refused', detail: 'not here' });
	});

	it('where it does not install, likewise', async () => {
		const tab = new FakeTab();
		tab.fate = 'redundant';
		expect((await tab.load()).status).toEqual({ state: 'refused', detail: 'not installed' });
	});
});
