import { chromium, type Browser, type CDPSession, type Page } from '@playwright/test';
import { findNamedDesign } from '../../src/lib/arch/named-designs';
import { printDesign } from '../../src/lib/arch/query';
import { median, quantile, sorted } from '../../src/lib/stats/summary';
import { serveSite } from '../serve.mjs';
import { CHROMIUM_FLAGS, requireChromium } from '../tools/chromium.mjs';

/** Loads of the page that are timed, each in a browser context of its own. */
const LOADS = 9;
/** New drawings that are timed on one page. */
const DRAWINGS = 15;
/** Frames that each movement lasts. */
const FRAMES = 90;
const THROTTLES = [1, 4] as const;
const VIEWPORT = { width: 1440, height: 900 };

/** Times between frames while something moves, in milliseconds. */
export interface FrameTimes {
	readonly medianMs: number;
	readonly p95Ms: number;
	readonly maxMs: number;
}

export interface Movement {
	/** How many times slower the processor is made. */
	readonly throttle: number;
	readonly pan: FrameTimes;
	readonly zoom: FrameTimes;
	readonly open: FrameTimes;
}

export interface DrawingReport {
	/** From the start of the navigation until RepViT-M0.9 is on the screen, all ops. */
	readonly loadToDrawnMs: number;
	/** From picking a design until it is on the screen, all ops of RepViT-M0.9. */
	readonly pickToDrawnMs: number;
	/** RepViT-M2.3, all ops. */
	readonly movements: readonly Movement[];
	/** The most SVG elements in the diagram at any moment of that. */
	readonly mostElements: number;
}

/** Times the built site's own design page in headless Chromium. */
export async function measureDrawing(): Promise<DrawingReport> {
	const site = await serveSite();
	let browser: Browser | undefined;
	try {
		browser = await chromium.launch({
			executablePath: requireChromium(),
			args: CHROMIUM_FLAGS
		});
		const loadToDrawnMs = await timeLoads(browser, pageOf(site.url, 'repvit-m0.9'));
		const page = await newPage(browser);
		const pickToDrawnMs = await timePicks(page, pageOf(site.url, 'repvit-m0.9'));
		await page.goto(pageOf(site.url, 'repvit-m2.3'));
		await untilDrawn(page);
		const session = await page.context().newCDPSession(page);
		const movements: Movement[] = [];
		const counts: number[] = [];
		for (const throttle of THROTTLES) {
			movements.push(await timeMovements(page, session, throttle, counts));
		}
		return { loadToDrawnMs, pickToDrawnMs, movements, mostElements: Math.max(...counts) };
	} finally {
		await browser?.close();
		await site.close();
	}
}

function pageOf(url: string, name: string): string {
	return `${url}/design/?${printDesign(findNamedDesign(name)!.design)}&open=ops`;
}

/** A page in a context of its own: nothing is cached. */
async function newPage(browser: Browser): Promise<Page> {
	const context = await browser.newContext({ viewport: VIEWPORT });
	// What runs this script keeps the names of functions by a helper, which a page does not have.
	await context.addInitScript('globalThis.__name = (named) => named');
	return context.newPage();
}

async function untilDrawn(page: Page): Promise<void> {
	await page.locator('[data-ready="true"] [role="tree"] [role="treeitem"]').nth(10).waitFor();
}

/** Frames are awaited in the page itself, so that no message to it is in the figure. */
async function timeLoads(browser: Browser, url: string): Promise<number> {
	const times: number[] = [];
	for (let load = 0; load < LOADS; load++) {
		const page = await newPage(browser);
		await page.addInitScript(() => {
			const look = () => {
				const parts = document.querySelectorAll('[data-ready="true"] [data-path*="."]');
				if (parts.length < 10) return void requestAnimationFrame(look);
				// The frame that holds them has been painted when a task runs behind the next one.
				requestAnimationFrame(() =>
					setTimeout(() => Object.assign(window, { drawnMs: performance.now() }))
				);
			};
			requestAnimationFrame(look);
		});
		await page.goto(url, { waitUntil: 'commit' });
		await page.waitForFunction(() => 'drawnMs' in window);
		times.push(await page.evaluate(() => (window as unknown as { drawnMs: number }).drawnMs));
		await page.context().close();
	}
	return median(times);
}

async function timePicks(page: Page, url: string): Promise<number> {
	await page.goto(url);
	await untilDrawn(page);
	const times = await page.evaluate(async (count) => {
		const select = document.querySelector<HTMLSelectElement>('[data-testid="preset"]')!;
		const pick = (name: string) =>
			new Promise<number>((resolve) => {
				const start = performance.now();
				select.value = name;
				select.dispatchEvent(new Event('change', { bubbles: true }));
				requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
			});
		const found: number[] = [];
		for (let i = 0; i < count; i++) {
			await pick('step7');
			found.push(await pick('step8'));
		}
		return found;
	}, DRAWINGS);
	return median(times);
}

async function timeMovements(
	page: Page,
	session: CDPSession,
	throttle: number,
	counts: number[]
): Promise<Movement> {
	await session.send('Emulation.setCPUThrottlingRate', { rate: throttle });
	const time = async (movement: 'pan' | 'zoom' | 'open'): Promise<FrameTimes> => {
		const { gaps, elements } = await page.evaluate(move, { movement, frames: FRAMES });
		counts.push(...elements);
		return {
			medianMs: median(gaps),
			p95Ms: quantile(sorted(gaps), 0.95),
			maxMs: Math.max(...gaps)
		};
	};
	const movements = { pan: await time('pan'), zoom: await time('zoom'), open: await time('open') };
	await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
	return { throttle, ...movements };
}

/** Runs in the page: moves the drawing frame by frame, and tells the time between frames. */
async function move({
	movement,
	frames
}: {
	movement: 'pan' | 'zoom' | 'open';
	frames: number;
}): Promise<{ gaps: number[]; elements: number[] }> {
	const canvas = document.querySelector<HTMLElement>('[data-testid="canvas"]')!;
	const { left, top, width, height } = canvas.getBoundingClientRect();
	const actions = {
		pan: (frame: number) => (canvas.scrollTop += frame < frames / 2 ? 30 : -30),
		zoom: (frame: number) =>
			canvas.dispatchEvent(
				new WheelEvent('wheel', {
					deltaY: frame < frames / 2 ? 24 : -24,
					ctrlKey: true,
					clientX: left + width / 2,
					clientY: top + height / 2,
					bubbles: true,
					cancelable: true
				})
			),
		open: (frame: number) => {
			// A stage closes, or opens again, every half a second.
			if (frame % 30 !== 0) return;
			const sign = canvas.querySelector('[data-path="stages.0"] [data-toggle]');
			sign?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
		}
	};
	if (movement === 'open') canvas.scrollTop = 0;
	const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
	const gaps: number[] = [];
	const elements: number[] = [];
	let last = await nextFrame();
	for (let frame = 0; frame < frames; frame++) {
		actions[movement](frame);
		const now = await nextFrame();
		gaps.push(now - last);
		last = now;
		if (frame % 10 === 0) elements.push(canvas.querySelectorAll('svg, svg *').length);
	}
	return { gaps, elements };
}
