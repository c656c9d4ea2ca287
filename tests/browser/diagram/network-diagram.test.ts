import '@fontsource-variable/source-sans-3/index.css';
import axe from 'axe-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { analyseDesign } from '$lib/arch/analysis';
import { diffTrees } from '$lib/arch/diff';
import { FAMILY } from '$lib/arch/family';
import { ROADMAP } from '$lib/arch/roadmap';
import BlockPair from '$lib/diagram/BlockPair.svelte';
import DepthControl from '$lib/diagram/DepthControl.svelte';
import DiagramLegend from '$lib/diagram/DiagramLegend.svelte';
import { defaultOpen } from '$lib/diagram/layout/visible';
import { marksOf } from '$lib/diagram/marks';
import MiniGlyph from '$lib/diagram/MiniGlyph.svelte';
import NetworkDiagram from '$lib/diagram/NetworkDiagram.svelte';
import { STEP_VIEWS } from '$lib/diagram/step-views';
import '$lib/ui/tokens.css';
import { overflowingTexts } from './overflowing-texts';

const STEPS = ROADMAP.map(({ design }) => analyseDesign(design));
const M09 = STEPS[8]!;
const TRAINED = [0, 1, 8].map((step) => ({
	name: `step ${step} in training`,
	...analyseDesign({ ...ROADMAP[step]!.design, form: 'training', heads: 2 })
}));
const M09_TRAINED = TRAINED[2]!;
const parts = () => [...document.querySelectorAll<SVGGElement>('[role="treeitem"]')];
const part = (path: string) => document.querySelector<SVGGElement>(`[data-path="${path}"]`)!;
const focused = () => (document.activeElement as SVGElement | null)?.dataset.path;

describe('NetworkDiagram', () => {
	beforeEach(async () => {
		await page.viewport(1000, 800);
		await document.fonts.load('600 13px "Source Sans 3 Variable"');
	});

	it('shows stem, stages and classifier, and opens a stage in place by click', async () => {
		await render(NetworkDiagram, { root: M09.root, inputShape: M09.inputShape });
		expect(parts().map(({ dataset }) => dataset.path)).toEqual([
			'stem',
			'stages.0',
			'stages.1',
			'stages.2',
			'stages.3',
			'head'
		]);
		const stage = part('stages.2');
		expect(stage.getAttribute('aria-expanded')).toBe('false');
		await userEvent.click(stage);
		expect(part('stages.2')).toBe(stage);
		expect(stage.getAttribute('aria-expanded')).toBe('true');
		expect(parts()).toHaveLength(6 + 15);
		stage.dispatchEvent(new MouseEvent('click', { bubbles: true }));
		await expect.poll(() => parts().length).toBe(6);
	});

	it('is walked, opened and closed with the keys; one part is in the tab order', async () => {
		await render(NetworkDiagram, { root: M09.root, inputShape: M09.inputShape });
		await userEvent.keyboard('{Tab}');
		expect(focused()).toBe('stem');
		await userEvent.keyboard('{ArrowDown}{ArrowDown}');
		expect(focused()).toBe('stages.1');
		await userEvent.keyboard('{ArrowRight}');
		expect(part('stages.1').getAttribute('aria-expanded')).toBe('true');
		await userEvent.keyboard('{ArrowRight}');
		expect(focused()).toBe('stages.1.downsample');
		await userEvent.keyboard('{ArrowDown}{Enter}{ArrowRight}');
		expect(focused()).toBe('stages.1.blocks.0.token_mixer');
		await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
		expect(focused()).toBe('stages.1.blocks.0');
		expect(part('stages.1.blocks.0').getAttribute('aria-expanded')).toBe('false');
		await userEvent.keyboard('{End}');
		expect(focused()).toBe('head');
		expect(parts().filter(({ tabIndex }) => tabIndex === 0)).toEqual([part('head')]);
		const ring = getComputedStyle(part('head').querySelector('.shape')!);
		expect(ring.strokeWidth).toBe('4px');
	});

	it('draws a ring around the chosen part, without the focus too', async () => {
		const selected = 'stages.2';
		const screen = await render(NetworkDiagram, { ...M09, selected });
		const rings = () => [...document.querySelectorAll<SVGRectElement>('.ring')];
		expect(document.activeElement).toBe(document.body);
		expect(rings().map((ring) => ring.closest<SVGGElement>('[data-path]')!.dataset.path)).toEqual([
			selected
		]);
		const [ring, shape] = [
			rings()[0]!,
			part(selected).querySelector<SVGGraphicsElement>('.shape')!
		];
		const [around, inside] = [ring.getBBox(), shape.getBBox()];
		expect(around.x).toBeLessThan(inside.x - 2);
		expect(around.x + around.width).toBeGreaterThan(inside.x + inside.width + 2);
		expect(getComputedStyle(ring).strokeWidth).toBe('2px');
		await screen.rerender({ selected: null });
		expect(rings()).toHaveLength(0);
	});

	it('speaks name, shape and cost at a stop, with level and place', async () => {
		await render(NetworkDiagram, {
			root: M09.root,
			inputShape: M09.inputShape,
			costs: M09.costs,
			open: defaultOpen(M09.root, 1)
		});
		const block = part('stages.2.blocks.4');
		expect(block.getAttribute('aria-label')).toBe(
			'Block 5: 3×3 dw · SE · 192 · 14×14; 169\u00a0k parameters, 29.3\u00a0M MACs'
		);
		expect(block.getAttribute('aria-level')).toBe('2');
		expect(block.getAttribute('aria-posinset')).toBe('6');
		expect(block.getAttribute('aria-setsize')).toBe('15');
	});

	it.each([
		...STEPS.map(({ root, inputShape }, step) => ({ name: `step ${step}`, root, inputShape })),
		...FAMILY.map(({ name, design }) => ({ name, ...analyseDesign(design) })),
		...TRAINED
	])('keeps every text inside its box, all ops open: $name', async ({ root, inputShape }) => {
		for (const depth of [0, 1, 2, Infinity]) {
			const { unmount } = await render(NetworkDiagram, {
				root,
				inputShape,
				open: defaultOpen(root, depth)
			});
			expect(overflowingTexts()).toEqual([]);
			await unmount();
		}
	});

	it('stays readable on a phone: it scrolls before its texts fall under 11 px', async () => {
		await page.viewport(390, 800);
		await render(NetworkDiagram, {
			root: M09.root,
			inputShape: M09.inputShape,
			open: defaultOpen(M09.root, Infinity)
		});
		const svg = document.querySelector('svg[role="tree"]')!;
		const scale =
			svg.getBoundingClientRect().width / svg.getAttribute('viewBox')!.split(' ').map(Number)[2]!;
		expect(scale * 12).toBeGreaterThanOrEqual(11);
		expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
	});

	it('marks a comparison by sign and words, and fades what stays', async () => {
		const marks = marksOf(diffTrees(STEPS[0]!.root, STEPS[1]!.root));
		const block = 'stages.2.blocks.4';
		await render(BlockPair, {
			before: { ...STEPS[0]!, focus: block, marks: marks.before, caption: 'MobileNetV3 block' },
			after: { ...STEPS[1]!, focus: block, marks: marks.after, caption: 'RepViT block' }
		});
		const moved = part(`${block}.token_mixer`);
		expect(moved.getAttribute('aria-label')).toMatch(/^Moved\. Token mixer/);
		expect(moved.querySelector('.badge')!.textContent).toContain('→');
		expect(getComputedStyle(moved.querySelector('.shape')!).opacity).toBe('1');
		expect(part(`${block}.channel_mixer`).classList).toContain('faded');
		const widths = [...document.querySelectorAll('svg[role="tree"]')].map(
			(svg) => svg.getAttribute('viewBox')!.split(' ')[2]
		);
		expect(new Set(widths).size).toBe(1);
	});

	it('draws dashed, and says, what only the training form has', async () => {
		const { root, inputShape } = M09_TRAINED;
		const open = defaultOpen(root, Infinity);
		const { unmount } = await render(NetworkDiagram, { root, inputShape, open });
		const mixer = 'stages.2.blocks.1.token_mixer.conv';
		const isDashed = (path: string) =>
			getComputedStyle(part(path).querySelector('.shape')!).strokeDasharray !== 'none';
		for (const path of ['bn', 'branches.depthwise.bn', 'branches.pointwise']) {
			expect(isDashed(`${mixer}.${path}`)).toBe(true);
			expect(part(`${mixer}.${path}`).getAttribute('aria-label')).toMatch(/; in training only$/);
		}
		expect(isDashed(`${mixer}.branches.depthwise.c`)).toBe(false);
		expect(isDashed('head.linear.head_dist.l')).toBe(true);
		expect(isDashed('head.linear.head.l')).toBe(false);
		// Per mixer two lines of a branch, and the one that passes it; the same of a head, without that.
		const mixers = [...open].filter((path) => path.endsWith('token_mixer')).length;
		expect(document.querySelectorAll('.edge.folding').length).toBeGreaterThanOrEqual(
			3 * mixers + 2
		);
		expect(document.querySelectorAll('.join.folding')).toHaveLength(mixers + 1);
		await unmount();

		await render(NetworkDiagram, { root: M09.root, inputShape, open: defaultOpen(M09.root, 2) });
		expect(document.querySelectorAll('.folding')).toHaveLength(0);
	});

	it('closes a mixer of the training form over its branches, and a norm into its op', async () => {
		const { root, inputShape } = M09_TRAINED;
		await render(NetworkDiagram, { root, inputShape, open: defaultOpen(root, 2) });
		const mixer = part('stages.2.blocks.1.token_mixer');
		expect(mixer.querySelectorAll('.cell')).toHaveLength(3);
		expect(mixer.querySelectorAll('.cell.folding')).toHaveLength(2);
		const unit = part('stages.1.downsample.channel_downsample');
		expect(unit.textContent).toContain('1×1 conv · BN');
		expect(unit.querySelectorAll('.norm.folding')).toHaveLength(1);
		expect(unit.getAttribute('aria-expanded')).toBeNull();
	});

	it('takes a heat scale as fill and number, roles staying on the edge', async () => {
		const heat = new Map([['stem', { share: 0.5, text: '5 %' }]]);
		await render(NetworkDiagram, { root: M09.root, inputShape: M09.inputShape, heat });
		expect(part('stem').textContent).toContain('5 %');
		expect(part('stem').getAttribute('aria-label')).toContain('5 %');
		expect(part('head').textContent).not.toContain('%');
	});
});

describe('around the diagram', () => {
	it('opens to a depth at one press', async () => {
		await render(DepthControl, { root: M09.root, open: new Set<string>() });
		const stages = page.getByRole('button', { name: 'Stages' });
		const all = page.getByRole('button', { name: 'All ops' });
		await expect.element(stages).toHaveAttribute('aria-pressed', 'true');
		await all.click();
		await expect.element(all).toHaveAttribute('aria-pressed', 'true');
		await expect.element(stages).toHaveAttribute('aria-pressed', 'false');
	});

	it('draws a glyph for every step', async () => {
		for (const { step } of ROADMAP) {
			const { container, unmount } = await render(MiniGlyph, {
				before: step === 0 ? undefined : STEPS[step - 1],
				after: STEPS[step]!,
				view: STEP_VIEWS[step]
			});
			const frame = container.querySelector('svg')!.getBoundingClientRect();
			for (const shape of container.querySelectorAll('path, rect, circle')) {
				const box = shape.getBoundingClientRect();
				expect(box.left).toBeGreaterThanOrEqual(frame.left - 1);
				expect(box.right).toBeLessThanOrEqual(frame.right + 1);
				expect(box.bottom).toBeLessThanOrEqual(frame.bottom + 1);
			}
			await unmount();
		}
	});

	it('draws a glyph of a training form as well', async () => {
		const { container } = await render(MiniGlyph, {
			before: M09,
			after: M09_TRAINED,
			view: STEP_VIEWS[1]
		});
		expect(container.querySelectorAll('.folding').length).toBeGreaterThan(0);
	});

	it('explains dashes where there are some', async () => {
		const screen = await render(DiagramLegend, {});
		expect(screen.getByText(/^Dashed: in training only/).query()).toBeNull();
		await screen.rerender({ hasFolds: true });
		await expect.element(screen.getByText(/^Dashed: in training only/)).toBeVisible();
	});

	it.each(['light', 'dark'])('gives axe nothing to find (%s)', async (theme) => {
		document.documentElement.dataset.theme = theme;
		document.body.style.background = 'var(--surface)';
		document.body.style.color = 'var(--text)';
		const { container } = await render(NetworkDiagram, {
			root: M09.root,
			inputShape: M09.inputShape,
			costs: M09.costs,
			open: defaultOpen(M09.root, Infinity),
			focus: 'stages.1'
		});
		await render(NetworkDiagram, {
			...STEPS[0]!,
			heat: new Map([...STEPS[0]!.costs.keys()].map((path) => [path, { share: 1, text: '12 %' }])),
			open: defaultOpen(STEPS[0]!.root, 1),
			label: 'Heat'
		});
		const marks = marksOf(diffTrees(STEPS[5]!.root, STEPS[6]!.root));
		await render(BlockPair, {
			depth: 1,
			before: { ...STEPS[5]!, focus: 'stages', marks: marks.before, caption: 'Before' },
			after: { ...STEPS[6]!, focus: 'stages', marks: marks.after, caption: 'After' }
		});
		await render(NetworkDiagram, {
			...M09_TRAINED,
			open: defaultOpen(M09_TRAINED.root, Infinity),
			focus: 'stages.3',
			label: 'Training form'
		});
		await render(DiagramLegend, { hasMarks: true, hasFolds: true });
		await new Promise((resolve) => setTimeout(resolve, 300));
		const { violations } = await axe.run(container.ownerDocument.body, {
			rules: { region: { enabled: false }, 'heading-order': { enabled: false } }
		});
		expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`)).toEqual([]);
		delete document.documentElement.dataset.theme;
	});
});
