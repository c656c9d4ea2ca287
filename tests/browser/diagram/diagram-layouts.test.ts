import '@fontsource-variable/source-sans-3/index.css';
import axe from 'axe-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { analyseDesign } from '$lib/arch/analysis';
import { FAMILY } from '$lib/arch/family';
import { inferencesOf, ROADMAP } from '$lib/arch/roadmap';
import DiagramLegend from '$lib/diagram/DiagramLegend.svelte';
import { inferredParts } from '$lib/diagram/inferred-parts';
import { inferredReasons } from '$lib/diagram/inferred-reasons';
import type { Detail } from '$lib/diagram/layout/detail';
import { repeatKey } from '$lib/diagram/layout/repeats';
import { defaultOpen, openBelow } from '$lib/diagram/layout/visible';
import NetworkDiagram from '$lib/diagram/NetworkDiagram.svelte';
import '$lib/ui/tokens.css';
import { overflowingTexts } from './overflowing-texts';

const STEPS = ROADMAP.map(({ design }) => analyseDesign(design));
const M09 = STEPS[8]!;
const M09_TRAINED = analyseDesign({ ...ROADMAP[8]!.design, form: 'training', heads: 2 });
const M23 = analyseDesign(FAMILY.find(({ name }) => name === 'repvit-m2.3')!.design);
const STAGE = 'stages.2';
const RUN = repeatKey(`${STAGE}.blocks.0`);
const parts = () => [...document.querySelectorAll<SVGGElement>('[role="treeitem"]')];
const part = (path: string) => document.querySelector<SVGGElement>(`[data-path="${path}"]`)!;

beforeEach(async () => {
	await page.viewport(1000, 800);
	await document.fonts.load('600 13px "Source Sans 3 Variable"');
});

describe('a diagram to the right', () => {
	it.each([
		...[0, 4, 8].map((step) => ({ name: `step ${step}`, ...STEPS[step]! })),
		{ name: 'M0.9 in training', ...M09_TRAINED },
		{ name: 'M2.3', ...M23 }
	])('keeps every text inside its box: $name', async ({ root, inputShape }) => {
		for (const depth of [0, 1, 2, Infinity]) {
			const open = defaultOpen(root, depth);
			const direction = 'right';
			const { unmount } = await render(NetworkDiagram, { root, inputShape, open, direction });
			expect(overflowingTexts()).toEqual([]);
			await unmount();
		}
	});

	it('has room for a number beside the name', async () => {
		const heat = new Map(
			[...M09.costs.keys()].map((path) => [path, { share: 1, text: '12.3 %' }] as const)
		);
		const open = defaultOpen(M09.root, Infinity);
		await render(NetworkDiagram, { ...M09, open, heat, direction: 'right' });
		expect(overflowingTexts()).toEqual([]);
		const overlaps = parts().filter((group) => {
			const [name, number] = group.querySelectorAll<SVGTextElement>('.name, .heat');
			if (!name || !number) return false;
			const box = name.getBBox();
			return box.x + box.width > number.getBBox().x;
		});
		expect(overlaps).toHaveLength(0);
	});
});

describe('a figure on a box', () => {
	// As wide as they come: "120 M", "100 %", "<0.1 %", "192 × 112 × 112".
	it.each(['120 M', '<0.1 %', '384 × 14 × 14'])('stands clear of the texts: %s', async (text) => {
		for (const { root, inputShape, costs } of [STEPS[0]!, STEPS[1]!, M09]) {
			const heat = new Map([...costs.keys()].map((path) => [path, { share: 1, text }] as const));
			for (const depth of [0, 1, 2, Infinity]) {
				const open = defaultOpen(root, depth);
				const { unmount } = await render(NetworkDiagram, { root, inputShape, open, heat });
				const figures = [...document.querySelectorAll<SVGTextElement>('text.heat')];
				expect(figures.length).toBeGreaterThan(5);
				for (const figure of figures) {
					const box = figure.getBBox();
					const group = figure.closest<SVGGElement>('[data-path]')!;
					for (const other of group.querySelectorAll<SVGGraphicsElement>(
						':scope > :is(text, .sign)'
					)) {
						if (other === figure) continue;
						const near = other.getBBox();
						const isBeside = near.y < box.y + box.height - 4 && box.y < near.y + near.height - 4;
						const gap = Math.max(box.x - (near.x + near.width), near.x - (box.x + box.width));
						if (isBeside) expect(gap, `${group.dataset.path} ${depth}`).toBeGreaterThanOrEqual(3);
					}
				}
				await unmount();
			}
		}
	});
});

describe('boxes of one size', () => {
	it.each(['down', 'right'] as const)('keep every text inside (%s)', async (direction) => {
		for (const { root, inputShape } of [STEPS[0]!, M09]) {
			const open = defaultOpen(root, Infinity);
			const encode = 'plain';
			const { unmount } = await render(NetworkDiagram, {
				root,
				inputShape,
				open,
				encode,
				direction
			});
			expect(overflowingTexts()).toEqual([]);
			await unmount();
		}
	});
});

describe('a folded run', () => {
	it('opens and closes by click and key, and keeps the focus', async () => {
		await render(NetworkDiagram, { ...M09, open: new Set([STAGE]), foldRepeats: true });
		const run = part(RUN);
		expect(run.getAttribute('aria-label')).toMatch(
			/^7 identical pairs of blocks\. Blocks 1–14: .*SE in 7; .* parameters/
		);
		expect(run.querySelectorAll('.cell')).toHaveLength(14);
		expect(run.querySelectorAll('.dot')).toHaveLength(7);
		expect(run.textContent).toContain('×7');
		const blocks = () => parts().filter(({ dataset }) => /blocks\.\d+$/.test(dataset.path!));
		expect(blocks()).toHaveLength(2);
		run.focus();
		await userEvent.keyboard('{Enter}');
		expect(blocks()).toHaveLength(14);
		expect(document.activeElement).toBe(part(RUN));
		expect(part(`${STAGE}.blocks.13`).getAttribute('aria-posinset')).toBe('14');
		expect(part(`${STAGE}.blocks.13`).getAttribute('aria-level')).toBe('3');
		await userEvent.keyboard('{ArrowLeft}');
		expect(blocks()).toHaveLength(2);
		await userEvent.keyboard('{ArrowLeft}');
		expect((document.activeElement as SVGElement).dataset.path).toBe(STAGE);
		part(RUN)
			.querySelector('.name')!
			.dispatchEvent(new MouseEvent('click', { bubbles: true }));
		await expect.poll(() => blocks().length).toBe(14);
	});

	it.each(['down', 'right'] as const)('keeps every text inside (%s)', async (direction) => {
		const same = analyseDesign({ ...ROADMAP[8]!.design, se: 'none' });
		for (const { root, inputShape } of [same, M09, M23]) {
			for (const depth of [1, 2]) {
				const { unmount } = await render(NetworkDiagram, {
					root,
					inputShape,
					direction,
					open: defaultOpen(root, depth),
					foldRepeats: true
				});
				expect(document.querySelectorAll('.stack').length).toBeGreaterThan(0);
				expect(overflowingTexts()).toEqual([]);
				await unmount();
			}
		}
	});
});

describe('what is inferred', () => {
	it('is drawn in long dashes, not those of training, and says why', async () => {
		const { root, inputShape } = analyseDesign({ ...ROADMAP[4]!.design, form: 'training' });
		const inferred = inferredReasons(inferredParts(root, inferencesOf(ROADMAP[4]!.design)));
		const open = defaultOpen(root, Infinity);
		await render(NetworkDiagram, { root, inputShape, open, inferred });
		const dashes = (path: string) =>
			getComputedStyle(part(path).querySelector('.shape')!).strokeDasharray;
		expect(dashes('stages.1')).toBe('10px, 4px');
		expect(dashes('stages.1.downsample.spatial_downsample.bn')).toBe('4px, 3px');
		expect(dashes('stages.1.blocks.0.channel_mixer')).toBe('none');
		expect(part('head').getAttribute('aria-label')).toMatch(/; inferred: The old classifier keeps/);
		expect(part('stem').getAttribute('aria-label')).not.toMatch(/inferred/);
	});
});

describe('detail', () => {
	const render23 = (detail: Detail) =>
		render(NetworkDiagram, { ...M23, open: defaultOpen(M23.root, Infinity), detail });

	it.each([
		// Of ops in all three: group, outline, role edge; then names; then patterns, texts, tooltips.
		['full', 10, true],
		['names', 5, true],
		['shapes', 3, false]
	] as const)('%s draws at most %i elements for an op', async (detail, most, hasText) => {
		const { container } = await render23(detail);
		const perOp = parts()
			.filter((group) => !group.hasAttribute('aria-expanded'))
			.map((group) => group.querySelectorAll('*').length + 1);
		expect(perOp.length).toBeGreaterThan(300);
		expect(Math.max(...perOp)).toBeLessThanOrEqual(most);
		expect(container.querySelector('[role="treeitem"] text') !== null).toBe(hasText);
		// Names or not, every part is still spoken.
		expect(parts().every((group) => group.getAttribute('aria-label') !== '')).toBe(true);
	});

	it.each([
		{ name: 'step 0', ...STEPS[0]! },
		{ name: 'step 8', ...M09 },
		{ name: 'M0.9 in training', ...M09_TRAINED }
	])('keeps the larger names of the middle level inside: $name', async ({ root, inputShape }) => {
		for (const direction of ['down', 'right'] as const) {
			for (const depth of [0, 2, Infinity]) {
				const { unmount } = await render(NetworkDiagram, {
					root,
					inputShape,
					direction,
					open: defaultOpen(root, depth),
					detail: 'names'
				});
				expect(overflowingTexts()).toEqual([]);
				await unmount();
			}
		}
	});

	it('draws fewer than 3,000 elements for all of M2.3 once texts are too small', async () => {
		const { container } = await render23('shapes');
		expect(container.querySelectorAll('svg *').length).toBeLessThan(3000);
	});
});

describe('around it', () => {
	it('explains the flow to the right, runs and long dashes where there are some', async () => {
		const screen = await render(DiagramLegend, {});
		await expect.element(screen.getByText('Arc on the left: the input passes by')).toBeVisible();
		expect(screen.getByText(/^Stacked/).query()).toBeNull();
		await screen.rerender({ direction: 'right', hasRepeats: true, hasInferred: true });
		await expect.element(screen.getByText('Arc above: the input passes by')).toBeVisible();
		await expect.element(screen.getByText(/^Stacked/)).toBeVisible();
		await expect.element(screen.getByText(/^Long dashes: inferred/)).toBeVisible();
		await screen.rerender({ encode: 'plain' });
		expect(screen.getByText(/more channels/).query()).toBeNull();
	});

	it.each(['light', 'dark'])('gives axe nothing to find (%s)', async (theme) => {
		document.documentElement.dataset.theme = theme;
		document.body.style.background = 'var(--surface)';
		document.body.style.color = 'var(--text)';
		const { root } = STEPS[4]!;
		const inferred = inferredReasons(inferredParts(root, inferencesOf(ROADMAP[4]!.design)));
		await render(NetworkDiagram, {
			...STEPS[4]!,
			inferred,
			direction: 'right',
			open: openBelow(root, '', 1),
			label: 'Inferred'
		});
		await render(NetworkDiagram, {
			...M09,
			foldRepeats: true,
			open: openBelow(M09.root, '', 2),
			label: 'Folded'
		});
		await render(NetworkDiagram, { ...M09, detail: 'names', label: 'Names' });
		await render(DiagramLegend, { direction: 'right', hasRepeats: true, hasInferred: true });
		await new Promise((resolve) => setTimeout(resolve, 300));
		const { violations } = await axe.run(document.body, {
			rules: { region: { enabled: false }, 'heading-order': { enabled: false } }
		});
		expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`)).toEqual([]);
		delete document.documentElement.dataset.theme;
	});
});
