import { describe, expect, it } from 'vitest';
import { SiteCaches } from '$lib/state/site-caches';
import { isolated } from '../../../src/service-worker/headers';
import { Keeper } from '../../../src/service-worker/keeper';
import { answerFor, buildOfPage, pageKey, type Site } from '../../../src/service-worker/policy';
import { FakeCaches } from './fake-caches';

const ORIGIN = 'https://example.org';
const BASE = '/repvit';
const at = (path: string) => `${ORIGIN}${BASE}${path}`;

const SITE: Site = {
	origin: ORIGIN,
	immutable: `${BASE}/_app/immutable/`,
	build: new Set([`${BASE}/_app/immutable/entry/start.A.js`]),
	files: new Set([`${BASE}/models/index.json`])
};

const page = (build: string) =>
	`<!doctype html><script>import("./_app/immutable/entry/start.${build}.js")</script>`;

/** A host that can be cut off, or come back with another build. */
class FakeWorld {
	readonly caches = new FakeCaches();
	readonly asked: string[] = [];
	readonly answers = new Map<string, () => Response>();
	isOnline = true;
	updates = 0;

	serve(path: string, body: string, type = 'text/html', headers: Record<string, string> = {}) {
		const all = { 'Content-Type': type, ...headers };
		this.answers.set(at(path), () => new Response(body, { headers: all }));
	}

	/** What the page sees of the same caches. */
	get page(): SiteCaches {
		return new SiteCaches({ caches: this.caches.all, base: BASE });
	}

	keeper(version = 'A', site = SITE): Keeper {
		return new Keeper({
			site,
			base: BASE,
			version,
			browser: {
				caches: this.caches.all,
				update: () => void this.updates++,
				fetch: async (request) => {
					const url = typeof request === 'string' ? request : request.url;
					this.asked.push(url);
					if (!this.isOnline) throw new TypeError('Failed to fetch');
					return this.answers.get(pageKey(url))?.() ?? new Response('', { status: 404 });
				}
			}
		});
	}

	/** The paths that a version keeps. */
	kept(version = 'A'): string[] {
		const store = this.caches.stores.get(`repvit-explorer ${BASE}/ ${version}`);
		return [...(store?.keys() ?? [])].map((url) => url.slice(at('').length));
	}
}

/** A request as a browser makes it; Node's own can't be a navigation. */
function request(url: string, more: Partial<Request> = {}): Request {
	return {
		url,
		method: 'GET',
		mode: 'cors',
		destination: '',
		headers: new Headers(),
		...more
	} as Request;
}

async function ask(keeper: Keeper, path: string, more: Partial<Request> = {}): Promise<Response> {
	const work: Promise<unknown>[] = [];
	const answer = keeper.answer(request(at(path), more), (promise) => work.push(promise));
	if (!answer) throw new Error('not answered');
	const response = await answer;
	await Promise.all(work);
	return response;
}

const navigate = (keeper: Keeper, path: string, more: Partial<Request> = {}) =>
	ask(keeper, path, { mode: 'navigate', destination: 'document', ...more });

describe('who answers a request', () => {
	it.each<[string, Partial<Request>, string, string]>([
		['a page', { mode: 'navigate' }, at('/steps/3/?x=1'), 'page'],
		['a compiled file', {}, at('/_app/immutable/entry/start.A.js'), 'build'],
		['one that only workers know', {}, at('/_app/immutable/workers/threads.mjs'), 'build'],
		['a file', {}, at('/models/index.json'), 'file'],
		['anything else', {}, at('/_app/version.json'), 'pass'],
		['what is sent', { method: 'POST', mode: 'navigate' }, at('/'), 'pass'],
		['another origin', { mode: 'navigate' }, 'https://elsewhere.org/', 'pass'],
		['a part', { headers: new Headers({ range: 'bytes=0-1' }) }, at('/models/index.json'), 'pass']
	])('%s', (_what, more, url, answer) => {
		expect(answerFor(request(url, more), SITE)).toBe(answer);
	});

	it('tells pages of this build from those of another, and from what is none', () => {
		expect(buildOfPage(page('A'), at('/'), SITE)).toBe('this');
		expect(buildOfPage(page('B'), at('/'), SITE)).toBe('other');
		expect(buildOfPage('<!doctype html>', at('/'), SITE)).toBe('none');
		const deeper = page('A').replace('./', '../../');
		expect(buildOfPage(deeper, at('/steps/3/'), SITE)).toBe('this');
	});
});

describe('isolation', () => {
	const get = (response: Response) =>
		['Opener', 'Embedder', 'Resource'].map((what) =>
			response.headers.get(`Cross-Origin-${what}-Policy`)
		);

	it('is added where the host sends none, and nothing else changes', async () => {
		const response = isolated(new Response('body', { status: 404, headers: { 'X-Own': '1' } }));
		expect(get(response)).toEqual(['same-origin', 'require-corp', 'same-origin']);
		expect([response.status, response.headers.get('X-Own')]).toEqual([404, '1']);
		expect(await response.text()).toBe('body');
	});

	it('is left to a host that does it', () => {
		const own = new Response('', {
			headers: {
				'Cross-Origin-Opener-Policy': 'same-origin',
				'Cross-Origin-Embedder-Policy': 'credentialless'
			}
		});
		expect(isolated(own)).toBe(own);
	});

	it('lets a framed page into anybody’s page', () => {
		expect(get(isolated(new Response(''), { isFramed: true }))[2]).toBe('cross-origin');
	});

	it('leaves redirections alone', () => {
		const redirection = { status: 0, headers: new Headers() } as Response;
		expect(isolated(redirection)).toBe(redirection);
	});
});

describe('offline', () => {
	it('what was visited is there, for any query, and isolated', async () => {
		const world = new FakeWorld();
		world.serve('/measure/', page('A').replace('./', '../'));
		world.serve('/_app/immutable/entry/start.A.js', 'script', 'text/javascript');
		world.serve('/models/index.json', '[1]', 'application/json');
		const keeper = world.keeper();
		await navigate(keeper, '/measure/?designs=step0');
		await ask(keeper, '/_app/immutable/entry/start.A.js');
		await ask(keeper, '/models/index.json');
		expect(world.kept()).toEqual([
			'/measure/',
			'/_app/immutable/entry/start.A.js',
			'/models/index.json'
		]);

		world.isOnline = false;
		const again = world.keeper();
		const answer = await navigate(again, '/measure/?designs=step8#x');
		expect(answer.headers.get('Cross-Origin-Embedder-Policy')).toBe('require-corp');
		expect(await answer.text()).toContain('start.A.js');
		expect(await (await ask(again, '/_app/immutable/entry/start.A.js')).text()).toBe('script');
		expect(await (await ask(again, '/models/index.json')).text()).toBe('[1]');
	});

	it('what was not visited says so, in its language, and leads to what was', async () => {
		const world = new FakeWorld();
		world.serve('/steps/', page('A').replace('./', '../'));
		world.serve('/zh-hant/steps/', page('A').replace('./', '../../'));
		const keeper = world.keeper();
		await navigate(keeper, '/steps/');
		await navigate(keeper, '/zh-hant/steps/');
		world.isOnline = false;
		const answer = await navigate(keeper, '/design/');
		expect(answer.status).toBe(503);
		const html = await answer.text();
		expect(html).toContain('lang="en"');
		expect(html).toContain('href="/repvit/steps/"');
		expect(html).not.toContain('zh-hant');
		const chinese = await (await navigate(keeper, '/zh-hant/design/')).text();
		expect(chinese).toContain('lang="zh-Hant"');
		expect(chinese).toContain('href="/repvit/zh-hant/steps/"');
	});

	it('a compiled file that is kept is not asked for again; big ones only once they are used', async () => {
		const world = new FakeWorld();
		world.serve('/_app/immutable/big.wasm', 'wasm', 'application/wasm');
		const keeper = world.keeper();
		expect(world.kept()).toEqual([]);
		await ask(keeper, '/_app/immutable/big.wasm');
		await ask(keeper, '/_app/immutable/big.wasm');
		expect(world.asked).toHaveLength(1);
	});

	it('keeps what a page had loaded before the worker came', async () => {
		const world = new FakeWorld();
		world.serve('/', page('A'));
		world.serve('/_app/immutable/entry/start.A.js', 'script', 'text/javascript');
		const keeper = world.keeper();
		const files = [
			at('/_app/immutable/entry/start.A.js'),
			at('/service-worker.js'),
			'https://x.org/a.js'
		];
		await keeper.keepVisited({ version: 'B', page: at('/'), files });
		expect(world.asked).toEqual([]);
		await keeper.keepVisited({ version: 'A', page: at('/?q=1'), files });
		expect(world.kept()).toEqual(['/', '/_app/immutable/entry/start.A.js']);
	});
});

describe('two builds', () => {
	it('are never kept together: a page of another one is shown, and nothing more is kept', async () => {
		const world = new FakeWorld();
		world.serve('/', page('A'));
		world.serve('/models/index.json', '[1]', 'application/json');
		const keeper = world.keeper();
		await navigate(keeper, '/');
		world.serve('/', page('B'));
		expect(await (await navigate(keeper, '/')).text()).toContain('start.B.js');
		expect(world.updates).toBe(1);
		await ask(keeper, '/models/index.json');
		expect(world.kept()).toEqual(['/']);
		world.isOnline = false;
		expect(await (await navigate(keeper, '/')).text()).toContain('start.A.js');
	});

	it('the newer one removes what the older has kept, and nothing of other sites', async () => {
		const world = new FakeWorld();
		world.serve('/', page('A'));
		await navigate(world.keeper('A'), '/');
		await world.caches.open('somebody else');
		await world.caches.open('repvit-explorer /other/ A');
		await world.keeper('B').removeOld();
		expect(await world.caches.keys()).toEqual(['somebody else', 'repvit-explorer /other/ A']);
	});

	it('what is no page of the site says nothing of builds', async () => {
		const world = new FakeWorld();
		world.serve('/models/index.json', '[1]', 'application/json');
		world.serve('/host.html', '<!doctype html>');
		const keeper = world.keeper();
		await navigate(keeper, '/models/index.json');
		await navigate(keeper, '/host.html');
		expect(world.kept()).toEqual([]);
		expect(world.updates).toBe(0);
	});
});

describe('faults', () => {
	it.each(['isFull', 'isDenied'] as const)('storage that %s costs no answer', async (fault) => {
		const world = new FakeWorld();
		world.caches[fault] = true;
		world.serve('/', page('A'));
		world.serve('/models/index.json', '[1]', 'application/json');
		const keeper = world.keeper();
		expect((await navigate(keeper, '/')).status).toBe(200);
		expect((await ask(keeper, '/models/index.json')).status).toBe(200);
		world.isOnline = false;
		expect((await navigate(keeper, '/')).status).toBe(503);
	});

	it('what the host refuses is not kept', async () => {
		const world = new FakeWorld();
		const keeper = world.keeper();
		expect((await navigate(keeper, '/gone/')).status).toBe(404);
		expect((await ask(keeper, '/_app/immutable/big.wasm')).status).toBe(404);
		expect(world.kept()).toEqual([]);
	});
});

describe('switched off', () => {
	/** All that a page can ask of a worker. */
	async function visitAll(keeper: Keeper): Promise<void> {
		await navigate(keeper, '/');
		await ask(keeper, '/_app/immutable/entry/start.A.js');
		await ask(keeper, '/models/index.json');
		await keeper.keepVisited({ version: 'A', page: at('/'), files: [at('/models/index.json')] });
	}

	function world(): FakeWorld {
		const served = new FakeWorld();
		served.serve('/', page('A'));
		served.serve('/_app/immutable/entry/start.A.js', 'script', 'text/javascript');
		served.serve('/models/index.json', '[1]', 'application/json');
		return served;
	}

	it('it forgets everything, and hands on what the host sends, as it is', async () => {
		const off = world();
		const keeper = off.keeper();
		await visitAll(keeper);
		expect(off.kept()).toHaveLength(3);
		await off.caches.open('somebody else');
		await off.page.switchOff();
		await visitAll(keeper);
		expect(off.kept()).toEqual([]);
		expect(await off.caches.keys()).toEqual(['somebody else', `repvit-explorer off ${BASE}/`]);
		const answer = await navigate(keeper, '/');
		expect(answer.headers.get('Cross-Origin-Embedder-Policy')).toBeNull();
		off.isOnline = false;
		await expect(navigate(keeper, '/')).rejects.toThrow('Failed to fetch');
	});

	it('it stays off when the browser starts it again under tabs that are open', async () => {
		const off = world();
		await visitAll(off.keeper());
		await off.page.switchOff();
		await visitAll(off.keeper());
		expect(off.kept()).toEqual([]);
		// Until the visitor wants it again.
		await off.page.switchOn();
		await visitAll(off.keeper());
		expect(off.kept()).toHaveLength(3);
	});

	it('what was about to be kept goes too', async () => {
		const off = world();
		const keeper = off.keeper();
		let opened = 0;
		off.caches.beforeOpen = async () => {
			// The wish comes after the last look and before the writing; noting it opens a cache too.
			if (opened++ === 0) await off.page.switchOff();
		};
		await ask(keeper, '/models/index.json');
		expect(opened).toBe(2);
		expect(await off.caches.keys()).toEqual([`repvit-explorer off ${BASE}/`]);
	});

	it('only the site in the same folder is', async () => {
		const off = world();
		await new SiteCaches({ caches: off.caches.all, base: '/other' }).switchOff();
		await visitAll(off.keeper());
		expect(off.kept()).toHaveLength(3);
	});

	it('where storage is refused nothing is kept anyway, and nothing fails', async () => {
		const off = world();
		off.caches.isDenied = true;
		await off.page.switchOff();
		expect(await off.page.isOff()).toBe(false);
		await visitAll(off.keeper());
		await off.page.switchOn();
		expect(off.kept()).toEqual([]);
	});
});
