import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { analyseDesign } from '$lib/arch/analysis';
import { diffTrees } from '$lib/arch/diff';
import { ROADMAP } from '$lib/arch/roadmap';
import StepChart from '$lib/charts/StepChart.svelte';
import type { StepChange } from '$lib/charts/types';
import ExportMenu from '$lib/diagram/export/ExportMenu.svelte';
import { plainColor } from '$lib/diagram/export/color';
import { fontsOf } from '$lib/diagram/export/fonts';
import { drawOffscreen } from '$lib/diagram/export/offscreen';
import { PictureTooLarge, pngOf } from '$lib/diagram/export/png';
import { standaloneSvg } from '$lib/diagram/export/standalone-svg';
import { defaultOpen } from '$lib/diagram/layout/visible';
import { marksOf } from '$lib/diagram/marks';
import NetworkDiagram from '$lib/diagram/NetworkDiagram.svelte';
import FormMorph from '$lib/reparam/FormMorph.svelte';
import '@fontsource-variable/source-sans-3/index.css';
import '$lib/ui/tokens.css';

const STEPS = ROADMAP.map(({ design }) => analyseDesign(design));
const STEP1 = STEPS[1]!;
const LABELS = { title: 'A & B', source: 'RepViT Explorer, https://example.org/design/?a=1&b=2' };
const tree = () => document.querySelector<SVGSVGElement>('svg[role="tree"]')!;

function parse(text: string): Document {
	const file = new DOMParser().parseFromString(text, 'image/svg+xml');
	expect(file.querySelector('parsererror')).toBeNull();
	return file;
}

/** What only a page can resolve, or what would fetch something. */
function foreignParts(text: string): string[] {
	const forbidden =
		/var\(|oklch|oklab|light-dark|color-mix|color\(|style="|foreignObject|href|tabindex|aria-|role=|onclick|svelte-|NaN|undefined|url\((?!#|data:)/g;
	return text.match(forbidden) ?? [];
}

beforeEach(async () => {
	// No higher than the window: a larger page would be shown, and photographed, scaled down.
	await page.viewport(1000, 700);
	document.documentElement.dataset.theme = 'light';
	document.body.style.cssText = 'margin: 0; background: var(--surface);';
	await Promise.all(
		[400, 600].map((w) => document.fonts.load(`${w} 13px "Source Sans 3 Variable"`))
	);
});
afterEach(() => delete document.documentElement.dataset.theme);

describe('a standalone SVG', () => {
	const marks = marksOf(diffTrees(STEPS[0]!.root, STEP1.root)).after;
	const trained = analyseDesign({ ...ROADMAP[8]!.design, form: 'training', heads: 2 });
	const { root, inputShape } = STEP1;
	const drawings: readonly { name: string; props: Parameters<typeof drawOffscreen>[0] }[] = [
		{ name: 'all ops', props: { root, inputShape, open: defaultOpen(root, Infinity) } },
		{ name: 'marks', props: { root, inputShape, open: defaultOpen(root, 2), marks } },
		{
			name: 'training form',
			props: {
				root: trained.root,
				inputShape: trained.inputShape,
				open: defaultOpen(trained.root, Infinity)
			}
		},
		{
			name: 'heat',
			props: { root, inputShape, heat: new Map([['stages.2', { share: 0.7, text: '70 %' }]]) }
		}
	];

	it.each(drawings)('needs nothing of the page, and is XML: $name', async ({ props }) => {
		const { svg, dispose } = drawOffscreen(props);
		const text = standaloneSvg(svg, LABELS);
		const parts = [...svg.querySelectorAll<SVGElement>('[data-path]')].map((p) => p.dataset.path);
		await dispose();
		const file = parse(text);
		expect(foreignParts(text)).toEqual([]);
		expect(text).not.toMatch(/\d\.\d{5}/);
		expect([...file.querySelectorAll('g[id]')].map(({ id }) => id)).toEqual(parts);
		for (const [, id] of text.matchAll(/url\(#([^)]+)\)/g)) {
			expect(file.getElementById(id!)?.localName).toBe('pattern');
		}
		expect(file.querySelector('title')?.textContent).toBe('A & B');
		expect(file.getElementsByTagName('dc:source')[0]?.textContent).toBe(LABELS.source);
		expect(document.querySelectorAll('svg')).toHaveLength(0);
	});

	it('takes charts and folding blocks as well', async () => {
		const change: StepChange = {
			id: 'step1',
			step: 1,
			label: 'Step 1',
			previousId: 'step0',
			previousLabel: 'Step 0',
			inferred: null,
			reported: -0.1,
			measured: { value: 0.2, low: 0.1, high: 0.3 },
			verdict: 'slower',
			source: null,
			href: null
		};
		await render(StepChart, { changes: [change] });
		await render(FormMorph, { network: trained, path: 'stages.0.blocks.0' });
		const drawn = [...document.querySelectorAll<SVGSVGElement>('svg[role="img"]')];
		expect(drawn).toHaveLength(2);
		for (const svg of drawn) {
			const text = standaloneSvg(svg, LABELS);
			expect(foreignParts(text)).toEqual([]);
			expect(parse(text).querySelectorAll('path, rect, line, circle').length).toBeGreaterThan(5);
		}
	});

	it('has the colours of the theme that is asked for, and no background if so asked', async () => {
		const { svg, dispose } = drawOffscreen({ root: STEP1.root, inputShape: STEP1.inputShape });
		const light = standaloneSvg(svg, LABELS);
		const dark = standaloneSvg(svg, { ...LABELS, theme: 'dark' });
		document.documentElement.dataset.theme = 'dark';
		expect(standaloneSvg(svg, LABELS)).toBe(dark);
		expect(standaloneSvg(svg, { ...LABELS, theme: 'light' })).toBe(light);
		const bare = standaloneSvg(svg, { ...LABELS, background: 'transparent' });
		await dispose();
		expect(dark).not.toBe(light);
		expect(parse(dark).querySelector('svg > rect')?.getAttribute('fill')).toBe('#111418');
		expect(parse(bare).querySelector('svg > rect')).toBeNull();
	});

	it('leaves the drawing as it was', async () => {
		await render(NetworkDiagram, { root: STEP1.root, inputShape: STEP1.inputShape });
		const before = [document.body.innerHTML, document.head.childElementCount];
		standaloneSvg(tree(), { ...LABELS, theme: 'dark' });
		expect([document.body.innerHTML, document.head.childElementCount]).toEqual(before);
	});

	it('knows colours as the browser paints them', () => {
		const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
		const sheet = [...document.styleSheets].flatMap(({ cssRules }) => [...cssRules]);
		const names = sheet
			.flatMap((rule) => (rule instanceof CSSStyleRule ? [...rule.style] : []))
			.filter((name) => /^--(role|heat|surface|text|line|accent)/.test(name));
		expect(names.length).toBeGreaterThan(30);
		// What a build makes of them, too.
		const built = ['lab(60 -40 30)', 'lab(5 3 -9)', 'lch(70 60 250)', 'lab(30 70 -90)'];
		for (const value of [...names.map((name) => `var(${name})`), ...built]) {
			document.body.style.color = value;
			const { color } = getComputedStyle(document.body);
			canvas.fillStyle = color;
			canvas.fillRect(0, 0, 1, 1);
			const painted = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
			const ours = plainColor(color)
				.hex.match(/\w\w/g)!
				.map((byte) => parseInt(byte, 16));
			const apart = Math.max(...painted.map((byte, index) => Math.abs(byte - ours[index]!)));
			expect(apart, `${value}: ${color}`).toBeLessThanOrEqual(1);
		}
	});
});

describe('pictures', () => {
	it('are what the page shows', async () => {
		const open = defaultOpen(STEP1.root, Infinity);
		const props = {
			root: STEP1.root,
			inputShape: STEP1.inputShape,
			focus: 'stages.2.blocks.4',
			open
		};
		await render(NetworkDiagram, props);
		// The part that appears has ended its fade.
		await Promise.all(document.getAnimations().map(({ finished }) => finished));
		const fonts = await fontsOf(tree());
		expect(fonts.map(({ family }) => family)).toEqual(['Source Sans 3 Variable']);
		tree().style.cssText += `position: fixed; inset: 0 auto auto 0; width: ${tree().viewBox.baseVal.width}px;`;
		const text = standaloneSvg(tree(), { ...LABELS, fonts });
		const ours = await pixelsOf(await pngOf(text, { scale: 1 }));
		const base64 = await page.screenshot({ element: tree(), save: false });
		const theirs = await pixelsOf(await (await fetch(`data:image/png;base64,${base64}`)).blob());
		expect([ours.width, ours.height]).toEqual([theirs.width, theirs.height]);
		expect(shareApart(ours, theirs)).toBeLessThan(0.002);
		// The same measure sees one colour that is another.
		const other = text.replace(/(\.shape\{fill:)#\w+/, '$1#ffffff');
		expect(other).not.toBe(text);
		const wrong = await pixelsOf(await pngOf(other, { scale: 1 }));
		expect(shareApart(wrong, theirs)).toBeGreaterThan(0.002);
	});

	it('come in three sizes, and are refused with their size where no canvas could hold them', async () => {
		const { svg, dispose } = drawOffscreen({ root: STEP1.root, inputShape: STEP1.inputShape });
		const text = standaloneSvg(svg, LABELS);
		await dispose();
		const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(text)!.map(Number);
		for (const scale of [1, 2, 4] as const) {
			const picture = await pixelsOf(await pngOf(text, { scale }));
			expect([picture.width, picture.height]).toEqual([width! * scale, height! * scale]);
		}
		const tall = text.replace(/height="\d+"/, 'height="9000"');
		const refused = await pngOf(tall, { scale: 2 }).catch((error: unknown) => error);
		expect(refused).toBeInstanceOf(PictureTooLarge);
		expect(refused).toMatchObject({ width: width! * 2, height: 18_000 });
		await expect(pngOf('no svg', { scale: 1 })).rejects.toThrow();
	});
});

describe('ExportMenu', () => {
	const props = {
		name: 'step1',
		source: '?v=1',
		drawing: () => drawOffscreen({ root: STEP1.root, inputShape: STEP1.inputShape })
	};
	const summary = () => page.getByTestId('export');

	it('opens by key, saves, says so, and gives focus back', async () => {
		const saved = watchDownloads();
		await render(ExportMenu, { ...props, designJson: () => '{}', markdown: () => '# x' });
		await userEvent.keyboard('{Tab}{Enter}');
		await userEvent.keyboard('{Tab}{Enter}');
		await expect.element(page.getByRole('status')).toHaveTextContent(/^Saved step1\.svg, /);
		expect(document.activeElement).toBe(summary().element());
		expect(document.querySelector('details')!.open).toBe(false);
		await summary().click();
		await page.getByRole('button', { name: 'PNG, 2×' }).click();
		await expect.element(page.getByRole('status')).toHaveTextContent(/^Saved step1@2x\.png, /);
		await summary().click();
		await page.getByRole('button', { name: 'Changes as Markdown' }).click();
		await expect.element(page.getByRole('status')).toHaveTextContent(/^Saved step1-changes\.md/);
		expect(saved).toEqual(['step1.svg', 'step1@2x.png', 'step1-changes.md']);
		expect(document.querySelectorAll('svg')).toHaveLength(0);
	});

	it('closes at Escape with focus back, and at a press elsewhere', async () => {
		await render(ExportMenu, props);
		await summary().click();
		const menu = document.querySelector('details')!;
		expect(menu.open).toBe(true);
		await userEvent.keyboard('{Tab}{Tab}{Escape}');
		expect(menu.open).toBe(false);
		expect(document.activeElement).toBe(summary().element());
		await summary().click();
		document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
		await expect.poll(() => menu.open).toBe(false);
	});

	it('says what to do where a picture would be too large, and why else nothing was made', async () => {
		let height = 9000;
		const drawing = () => {
			const drawn = props.drawing();
			drawn.svg.setAttribute('viewBox', `0 0 100 ${height}`);
			return drawn;
		};
		const { rerender } = await render(ExportMenu, { ...props, drawing });
		await summary().click();
		await page.getByRole('button', { name: 'PNG, 2×' }).click();
		await expect.element(page.getByRole('status')).toHaveTextContent(/Take a smaller scale/);
		height = 10;
		await rerender({ drawing: () => Promise.reject(new Error('out of ink')) });
		await summary().click();
		await page.getByRole('button', { name: /^SVG/ }).click();
		await expect.element(page.getByRole('status')).toHaveTextContent(/out of ink/);
	});

	it('stays in the window on a phone, with room for a finger', async () => {
		await page.viewport(390, 800);
		document.body.style.cssText += 'padding-left: 250px;';
		await render(ExportMenu, { ...props, designJson: () => '{}' });
		await summary().click();
		const panel = document.querySelector('.panel')!;
		await expect.poll(() => panel.getBoundingClientRect().right).toBeLessThanOrEqual(390);
		expect(panel.getBoundingClientRect().left).toBeGreaterThanOrEqual(0);
		for (const target of document.querySelectorAll('summary, .panel button, .panel label')) {
			expect(target.getBoundingClientRect().height).toBeGreaterThanOrEqual(44);
		}
	});
});

/** Names of the files that would be saved, in order; none is. */
function watchDownloads(): string[] {
	const names: string[] = [];
	const original = HTMLAnchorElement.prototype.click;
	HTMLAnchorElement.prototype.click = function () {
		names.push(this.download);
		if (names.length === 3) HTMLAnchorElement.prototype.click = original;
	};
	return names;
}

async function pixelsOf(picture: Blob): Promise<ImageData> {
	const bitmap = await createImageBitmap(picture);
	const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
	context.drawImage(bitmap, 0, 0);
	return context.getImageData(0, 0, bitmap.width, bitmap.height);
}

/** Share of the pixels that anyone would call different. */
function shareApart(a: ImageData, b: ImageData): number {
	let apart = 0;
	for (let at = 0; at < a.data.length; at += 4) {
		const steps = [0, 1, 2].map((c) => Math.abs(a.data[at + c]! - b.data[at + c]!));
		if (Math.max(...steps) > 6) apart += 1;
	}
	return apart / (a.width * a.height);
}
