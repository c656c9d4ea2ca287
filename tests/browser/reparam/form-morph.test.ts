import '@fontsource-variable/source-sans-3/index.css';
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cdp, page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { analyseDesign } from '$lib/arch/analysis';
import { FAMILY } from '$lib/arch/family';
import { ROADMAP } from '$lib/arch/roadmap';
import FormMorph from '$lib/reparam/FormMorph.svelte';
import '$lib/ui/tokens.css';
import '$lib/ui/base.css';

const STEP_1 = analyseDesign({ ...ROADMAP[1]!.design, form: 'training' });
const BLOCK = 'stages.0.blocks.0';

const boxes = () => [...document.querySelectorAll<SVGGElement>('svg [data-path]')];
const slider = () => document.querySelector<HTMLInputElement>('input[type="range"]')!;
const said = () => document.querySelector('[aria-live="polite"]')!.textContent;
const form = (name: string) => page.getByRole('radio', { name });

async function setReducedMotion(value: 'reduce' | 'no-preference') {
	const session = cdp() as unknown as {
		send(method: string, params: object): Promise<void>;
	};
	const features = [{ name: 'prefers-reduced-motion', value }];
	await session.send('Emulation.setEmulatedMedia', { features });
}

/** The heights at which the output was seen, one a frame, until `stop` is called. */
function watchOutput(): () => ReadonlySet<string> {
	const seen = new Set<string>();
	let frame = 0;
	const look = () => {
		seen.add(document.querySelector('svg .arrow')!.getAttribute('transform')!);
		frame = requestAnimationFrame(look);
	};
	look();
	return () => {
		cancelAnimationFrame(frame);
		return seen;
	};
}

describe('FormMorph', () => {
	beforeEach(async () => {
		await page.viewport(1000, 800);
		await document.fonts.load('600 13px "Source Sans 3 Variable"');
	});

	afterEach(() => setReducedMotion('no-preference'));

	it('begins with the training form, what only that has being dashed', async () => {
		await render(FormMorph, { network: STEP_1, path: BLOCK });
		expect(boxes()).toHaveLength(9);
		const dashed = boxes().filter((box) => {
			const outline = box.querySelector('.outline');
			return outline !== null && getComputedStyle(outline).strokeDasharray !== 'none';
		});
		expect(dashed.map((box) => box.dataset.path!.split('.').at(-1)).sort()).toEqual([
			'bn',
			'bn',
			'bn',
			'bn',
			'pointwise'
		]);
		expect(said()).toContain('11 ops');
		await expect.element(form('Training')).toBeChecked();
	});

	it('is scrubbed by keyboard, round by round, and says where it stands', async () => {
		await render(FormMorph, { network: STEP_1, path: BLOCK });
		slider().focus();
		await userEvent.keyboard('{ArrowRight}');
		expect(slider().getAttribute('aria-valuetext')).toBe(
			'Fold 1 of 3, 5 %: Each BatchNorm folds into its convolution.'
		);
		expect(document.querySelector('[aria-current="step"]')!.textContent).toContain('BatchNorm');
		expect(said()).toBe('');
		await userEvent.keyboard('{End}');
		expect(boxes()).toHaveLength(4);
		expect(document.querySelector('svg[role="img"]')!.getAttribute('aria-label')).toBe(
			'The block in deploy form: 3×3 depthwise, 1×1 convolution, GELU, 1×1 convolution'
		);
		expect(slider().getAttribute('aria-valuetext')).toBe('Deploy form');
		expect(said()).toContain('5 ops');
		await expect.element(form('Deploy')).toBeChecked();
		await userEvent.keyboard('{Home}');
		expect(boxes()).toHaveLength(9);
		expect(said()).toContain('Training form');
	});

	it('glides to the form that is chosen, and turns back where another choice interrupts', async () => {
		await render(FormMorph, { network: STEP_1, path: BLOCK });
		const stop = watchOutput();
		await form('Deploy').click();
		expect(said()).toContain('Deploy form');
		await expect.poll(() => slider().valueAsNumber, { interval: 10 }).toBeGreaterThan(5);
		const reached = slider().valueAsNumber;
		await form('Training').click();
		await expect.poll(() => slider().valueAsNumber).toBe(0);
		expect(said()).toContain('Training form');
		expect(reached).toBeLessThan(Number(slider().max));
		expect(stop().size).toBeGreaterThan(4);

		await form('Deploy').click();
		await expect.poll(() => slider().valueAsNumber).toBe(Number(slider().max));
		// The slider rounds: its end may be there a frame before the drawing's.
		await expect.poll(() => boxes().length).toBe(4);
	});

	it('cuts without motion for those who ask for less, and says so all the same', async () => {
		await setReducedMotion('reduce');
		await render(FormMorph, { network: STEP_1, path: BLOCK });
		const stop = watchOutput();
		await form('Deploy').click();
		await expect.poll(() => slider().valueAsNumber).toBe(Number(slider().max));
		expect(said()).toContain('Deploy form');
		expect(stop().size).toBeLessThanOrEqual(2);
	});

	it('shows what both forms cost, and where latency can be measured', async () => {
		const screen = await render(FormMorph, {
			network: STEP_1,
			path: BLOCK,
			measureHref: '/measure/?designs=a,b'
		});
		const row = (name: string, index: number) => {
			const { children } = screen.getByRole('row', { name }).nth(index).element();
			return [...children].map((cell) => cell.textContent);
		};
		expect(row('Ops', 0)).toEqual(['Ops', '11', '5']);
		expect(row('Ops', 1)).toEqual(['Ops', '203', '127']);
		expect(row('Parameters', 0)).toEqual(['Parameters', '4.01\u00a0k', '3.79\u00a0k']);
		const link = screen.getByRole('link', { name: 'Measure both forms' });
		await expect.element(link).toHaveAttribute('href', '/measure/?designs=a,b');
		expect(document.querySelector('table')!.textContent).not.toContain('Latency');
	});

	it('shows latencies where they were measured, with their intervals', async () => {
		const interval = (value: number, half: number) => ({
			value,
			low: value - half,
			high: value + half
		});
		const screen = await render(FormMorph, {
			network: STEP_1,
			path: BLOCK,
			measured: {
				trainingMs: interval(71.2, 0.6),
				deployMs: interval(70.4, 0.5),
				ratio: interval(1.011, 0.004)
			}
		});
		await expect
			.element(screen.getByText('1.011 times as long (1.007 to 1.015)'))
			.toBeInTheDocument();
		await expect.element(screen.getByText('71.2\u00a0ms ±\u00a00.6')).toBeInTheDocument();
		await expect.element(screen.getByText('measured', { exact: true })).toBeInTheDocument();
	});

	it('says so where only norms fold, where nothing does, and shows nothing without a block', async () => {
		const strided = await render(FormMorph, { network: STEP_1, path: 'stages.1.downsample' });
		await expect.element(strided.getByText('nothing but BatchNorm folds')).toBeInTheDocument();
		await strided.rerender({ network: STEP_1, path: 'stages.1.downsample.se' });
		await expect.element(strided.getByText('Nothing folds here')).toBeInTheDocument();
		expect(document.querySelector('input')).toBeNull();
		await strided.rerender({ network: STEP_1, path: 'stages.9' });
		expect(document.querySelector('svg')).toBeNull();
	});

	const designs = [
		...ROADMAP.slice(1).map(({ step, design }) => ({ name: `step ${step}`, design })),
		...FAMILY,
		{ name: '7x7', design: { ...ROADMAP[8]!.design, kernel: 7, activation: 'hard-swish' } as const }
	];
	it.each(designs)('keeps its texts inside their boxes: $name', async ({ design }) => {
		const network = analyseDesign({ ...design, form: 'training' });
		for (const path of [BLOCK, 'stages.3.blocks.0', 'stages.3.downsample']) {
			const screen = await render(FormMorph, { network, path });
			expect(overflowing()).toEqual([]);
			await screen.unmount();
		}
	});

	it.each(['light', 'dark'])('has no fault that axe finds, and fits a phone: %s', async (theme) => {
		document.documentElement.dataset.theme = theme;
		await page.viewport(390, 800);
		const { container } = await render(FormMorph, { network: STEP_1, path: BLOCK });
		const { violations } = await axe.run(container);
		expect(violations.map(({ id }) => id)).toEqual([]);
		expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
		const svg = document.querySelector('svg[role="img"]')!;
		const [, , width] = svg.getAttribute('viewBox')!.split(' ').map(Number);
		expect((svg.getBoundingClientRect().width / width!) * 12.5).toBeGreaterThanOrEqual(11);
		delete document.documentElement.dataset.theme;
	});
});

/** Boxes whose name and number overlap, or run out of the box or the sheet. */
function overflowing(): string[] {
	const sheet = document.querySelector('svg[role="img"]')!.getBoundingClientRect();
	return boxes()
		.filter((box) => {
			const texts = [...box.querySelectorAll('text')].map((text) => text.getBoundingClientRect());
			const outline = box.querySelector('.outline')?.getBoundingClientRect() ?? sheet;
			const [name, count] = texts;
			const isInside = texts.every(
				({ left, right }) => left >= outline.left && right <= outline.right
			);
			return !isInside || (count !== undefined && name!.right + 4 > count.left);
		})
		.map((box) => `${box.dataset.path}: ${box.textContent}`);
}
