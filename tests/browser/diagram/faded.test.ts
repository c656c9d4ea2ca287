import '@fontsource-variable/source-sans-3/index.css';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { analyseDesign } from '$lib/arch/analysis';
import { diffTrees } from '$lib/arch/diff';
import { ROADMAP } from '$lib/arch/roadmap';
import { defaultOpen } from '$lib/diagram/layout/visible';
import { layoutDiagram } from '$lib/diagram/layout/layout';
import { marksOf } from '$lib/diagram/marks';
import NetworkDiagram from '$lib/diagram/NetworkDiagram.svelte';
import ListDiagram from '$lib/diagram/viewer/ListDiagram.svelte';
import '$lib/ui/tokens.css';
import '$lib/ui/base.css';
import { contrastOf } from './contrast';

/** What WCAG 2 asks of texts at level AA. */
const AA = 4.5;
const STEPS = ROADMAP.map(({ design }) => analyseDesign(design));
const after = STEPS[4]!;
const { after: marks } = marksOf(diffTrees(STEPS[3]!.root, after.root));
const open = defaultOpen(after.root, 2);
const root = document.documentElement;

beforeEach(() => page.viewport(1000, 800));
afterEach(() => delete root.dataset.theme);

describe.each(['light', 'dark'] as const)('what stays in a comparison, %s', (theme) => {
	beforeEach(() => {
		root.dataset.theme = theme;
	});

	it('fades in the drawing, and its texts still read', async () => {
		await render(NetworkDiagram, { ...after, open, marks });
		const faded = [...document.querySelectorAll<SVGGElement>('.part.faded')];
		expect(faded.length).toBeGreaterThan(20);
		await Promise.all(document.getAnimations().map((animation) => animation.finished));
		let read = 0;
		for (const part of faded) {
			const shape = part.querySelector('.shape')!;
			expect(Number(getComputedStyle(shape).opacity)).toBeLessThan(0.5);
			const isBar = shape.classList.contains('bar');
			const pattern = part.querySelector('.pattern');
			const { fill, stroke } = getComputedStyle(shape);
			const behind = [
				...(isBar ? [] : [{ element: shape, color: fill }]),
				...(pattern ? [{ element: pattern, color: stroke }] : [])
			];
			for (const text of part.querySelectorAll('text, tspan')) {
				expect(
					contrastOf(text, 'fill', behind),
					`${part.dataset.path}: ${text.textContent}`
				).toBeGreaterThanOrEqual(AA);
				read += 1;
			}
		}
		expect(read).toBeGreaterThan(40);
	});

	it('fades in the list, and its texts still read', async () => {
		const layout = layoutDiagram({ ...after, open });
		await render(ListDiagram, {
			layout,
			root: after.root,
			open,
			marks,
			label: 'step 4',
			selected: null
		});
		const rows = [...document.querySelectorAll<HTMLElement>('.row.faded')];
		expect(rows.length).toBeGreaterThan(20);
		for (const row of rows) {
			const text = row.querySelector('.text')!;
			const behind = [row, text].map((element) => ({
				element,
				color: getComputedStyle(element).backgroundColor
			}));
			for (const part of text.querySelectorAll('.name, .detail')) {
				expect(
					contrastOf(part, 'color', behind),
					`${row.dataset.path}: ${part.textContent}`
				).toBeGreaterThanOrEqual(AA);
			}
			expect(Number(getComputedStyle(row.querySelector('.edge')!).opacity)).toBeLessThan(0.5);
		}
	});
});
