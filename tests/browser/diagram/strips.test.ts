import '@fontsource-variable/source-sans-3/index.css';
import axe from 'axe-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { analyseDesign } from '$lib/arch/analysis';
import { ROADMAP } from '$lib/arch/roadmap';
import DiagramLegend from '$lib/diagram/DiagramLegend.svelte';
import { defaultOpen } from '$lib/diagram/layout/visible';
import DiagramRow from '$lib/diagram/DiagramRow.svelte';
import NetworkDiagram from '$lib/diagram/NetworkDiagram.svelte';
import StageStrips from '$lib/diagram/strips/StageStrips.svelte';
import '$lib/ui/base.css';
import '$lib/ui/tokens.css';

const STEPS = ROADMAP.map(({ design }) => analyseDesign(design));
const strips = ([7, 8] as const).map((step) => ({
	id: `step${step}`,
	title: `Step ${step}`,
	network: STEPS[step]!,
	href: `#step${step}`,
	isInferred: step === 7
}));
const cells = () => [...document.querySelectorAll<SVGGElement>('[role="option"]')];
const drawings = () => [...document.querySelectorAll<SVGSVGElement>('svg[role="listbox"]')];
const cell = (path: string, strip = 1) =>
	drawings().at(strip)!.querySelector<SVGGElement>(`[data-path="${path}"]`)!;
const focused = () => (document.activeElement as SVGElement | null)?.dataset.path;
const facts = () => document.querySelector('.facts')!.textContent;

beforeEach(async () => {
	await page.viewport(1000, 800);
});

describe('StageStrips', () => {
	it('draws a cell for every block, one drawing a network, and marks what it is about', async () => {
		await render(StageStrips, { strips, topic: 'squeeze-excite' });
		expect(document.querySelectorAll('svg[role="listbox"]')).toHaveLength(2);
		expect(cells()).toHaveLength(2 * (2 + 2 + 14 + 2 + 3));
		const marked = cells().filter((each) => each.querySelector('.dot'));
		expect(marked).toHaveLength(10 + 10);
		expect(document.querySelectorAll('[role="option"] .inferred')).toHaveLength(20);
	});

	it('tells of a block on hover and on tap, and leads to its network', async () => {
		await render(StageStrips, { strips, topic: 'squeeze-excite' });
		expect(facts()).toContain('Point at a block');
		await userEvent.hover(cell('stages.2.blocks.2'));
		expect(facts()).toContain('Stage 3, block 3');
		await userEvent.unhover(cell('stages.2.blocks.2'));
		expect(facts()).toContain('Point at a block');
		await userEvent.click(cell('stages.1.blocks.1'));
		for (const fact of ['Stage 2, block 2', 'Step 8', '96 × 28 × 28', 'without SE', 'MACs']) {
			expect(facts()).toContain(fact);
		}
		expect(document.querySelector('.facts a')!.getAttribute('href')).toBe('#step8');
		expect(cells().filter((each) => each.getAttribute('aria-selected') === 'true')).toEqual([
			cell('stages.1.blocks.1')
		]);
	});

	it('is one stop a drawing for the keyboard; arrows walk the blocks and tell of them', async () => {
		await render(StageStrips, { strips, topic: 'squeeze-excite' });
		await userEvent.keyboard('{Tab}{ArrowRight}{ArrowRight}');
		expect(focused()).toBe('stages.1.downsample');
		await userEvent.keyboard('{ArrowDown}{ArrowRight}');
		expect(focused()).toBe('stages.2.blocks.0');
		expect(facts()).toContain('Stage 3, block 1');
		await userEvent.keyboard('{Tab}');
		expect(document.activeElement).toBe(cell('stages.0.blocks.0', 1));
		const ring = getComputedStyle(document.activeElement!.querySelector('.shape')!);
		await expect.poll(() => ring.strokeWidth).toBe('3.5px');
	});

	it('gives a finger 44 pixels on a phone, within the page', async () => {
		await page.viewport(390, 800);
		await render(StageStrips, { strips, topic: 'kernel' });
		for (const hit of document.querySelectorAll('.hit')) {
			const { width, height, right } = hit.getBoundingClientRect();
			expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
			expect(right).toBeLessThanOrEqual(390);
		}
	});

	it('writes the ratio where the number of blocks is told', async () => {
		await render(StageStrips, { strips, topic: 'depth' });
		await expect.element(page.getByText('1 : 1 : 7 : 1').first()).toBeVisible();
	});
});

describe('what parts mix', () => {
	const block = {
		...STEPS[1]!,
		focus: 'stages.2.blocks.4',
		open: new Set(['stages.2.blocks.4.channel_mixer'])
	};
	const badges = () =>
		[...document.querySelectorAll<SVGGElement>('[data-mixing]')].map((badge) => [
			badge.closest<SVGGElement>('[data-path]')!.dataset.path!.split('.').at(-1),
			badge.dataset.mixing
		]);

	it('is not shown unasked', async () => {
		await render(NetworkDiagram, block);
		expect(badges()).toEqual([]);
		expect(document.body.textContent).not.toContain('; mixes');
	});

	it('is a sign on each part that mixes, inside the drawing, and is spoken', async () => {
		await render(NetworkDiagram, { ...block, showMixing: true });
		expect(badges()).toEqual([
			['token_mixer', 'tokens'],
			['se', 'both'],
			['channel_mixer', 'channels'],
			['conv1', 'channels'],
			['conv2', 'channels']
		]);
		const label = (name: string) =>
			document.querySelector(`[data-path$="${name}"]`)!.getAttribute('aria-label');
		expect(label('.token_mixer')).toMatch(/; mixes tokens$/);
		expect(label('.se')).toMatch(/; mixes tokens and channels$/);
		expect(label('.act')).toMatch(/; mixes nothing$/);
		const sheet = document.querySelector('svg[role="tree"]')!.getBoundingClientRect();
		for (const badge of document.querySelectorAll('[data-mixing] rect')) {
			expect(badge.getBoundingClientRect().right).toBeLessThanOrEqual(sheet.right + 0.5);
		}
	});

	it.each(['down', 'right'] as const)(
		'is clear of the sign that opens and closes (%s)',
		async (direction) => {
			for (const { root, inputShape } of [STEPS[0]!, STEPS[1]!, STEPS[8]!]) {
				for (const depth of [1, 2, 3]) {
					const open = defaultOpen(root, depth);
					const { unmount } = await render(NetworkDiagram, {
						root,
						inputShape,
						open,
						direction,
						showMixing: true
					});
					const signed = [...document.querySelectorAll<SVGGElement>('[data-path]')].filter(
						(group) => group.querySelector('[data-mixing]') && group.querySelector('.sign')
					);
					expect(signed.length).toBeGreaterThan(3);
					for (const group of signed) {
						const badge = group.querySelector('[data-mixing]')!.getBoundingClientRect();
						const sign = group.querySelector('.sign')!.getBoundingClientRect();
						const across = Math.max(badge.left - sign.right, sign.left - badge.right);
						const along = Math.max(badge.top - sign.bottom, sign.top - badge.bottom);
						expect(Math.max(across, along), group.dataset.path!).toBeGreaterThanOrEqual(1);
					}
					await unmount();
				}
			}
		}
	);

	it('is explained in the legend where it is shown', async () => {
		const screen = await render(DiagramLegend, {});
		expect(screen.getByText(/what a part mixes/).query()).toBeNull();
		await screen.rerender({ hasMixing: true });
		await expect.element(screen.getByText(/what a part mixes/)).toBeVisible();
	});
});

it('draws parts in a row at one scale', async () => {
	await page.viewport(1100, 800);
	const view = { focus: 'stages.2.blocks.4', of: 'here' };
	await render(DiagramRow, {
		views: [0, 1, 8].map((step) => ({ ...view, network: STEPS[step]!, title: `Step ${step}` }))
	});
	const drawings = [...document.querySelectorAll<SVGSVGElement>('svg[role="tree"]')];
	const scales = drawings.map(
		(svg) => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width
	);
	expect(drawings).toHaveLength(3);
	for (const scale of scales) expect(scale).toBeCloseTo(scales[0]!, 2);
	expect(new Set(drawings.map((svg) => Math.round(svg.getBoundingClientRect().top))).size).toBe(1);
});

it.each(['light', 'dark'])('has no accessibility violation, %s', async (theme) => {
	document.documentElement.dataset.theme = theme;
	await render(StageStrips, { strips, topic: 'squeeze-excite' });
	await userEvent.click(cell('stages.1.blocks.1'));
	await render(NetworkDiagram, { ...STEPS[8]!, showMixing: true, label: 'Mixing' });
	await new Promise((resolve) => setTimeout(resolve, 300));
	const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
	delete document.documentElement.dataset.theme;
	expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`)).toEqual([]);
});
