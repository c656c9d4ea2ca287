import axe from 'axe-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import LatencyAccuracyPlot from '$lib/charts/LatencyAccuracyPlot.svelte';
import '$lib/ui/tokens.css';
import { ownPoints, roadmapPoints } from '../../unit/charts/sample-data';

const panels = () => document.querySelectorAll('svg[role="group"]');
const marks = (place: number) => panels()[place]!.querySelectorAll<SVGGElement>('[data-mark]');
const cards = () => [...document.querySelectorAll<HTMLElement>('[role="status"].card')];

describe('LatencyAccuracyPlot', () => {
	beforeEach(async () => {
		await page.viewport(1100, 800);
	});

	it('draws measured and reported in panels of their own', async () => {
		await render(LatencyAccuracyPlot, { points: roadmapPoints() });
		await expect.poll(() => panels().length).toBe(2);
		expect(marks(0)).toHaveLength(9);
		expect(marks(1)).toHaveLength(9);
		expect(marks(0)[0]!.querySelector('.whisker')).not.toBeNull();
		expect(marks(1)[0]!.querySelector('.whisker')).toBeNull();
	});

	it('has one stop for Tab, goes on with arrows, tells what is known and lights up the twin', async () => {
		await render(LatencyAccuracyPlot, { points: roadmapPoints() });
		marks(0)[0]!.focus();
		await userEvent.keyboard('{ArrowRight}{ArrowRight}');
		expect(document.activeElement).toBe(marks(0)[2]);
		await expect.poll(() => cards().length).toBe(1);
		const text = cards()[0]!.textContent ?? '';
		for (const known of ['Step 2', '48.0', '1.200x', '0.89', '73.5', '5.30', '420', '300 epochs']) {
			expect(text).toContain(known);
		}
		expect(marks(1)[2]!.classList).toContain('active');
		expect([...marks(0)].filter(({ tabIndex }) => tabIndex === 0)).toEqual([marks(0)[2]]);
		await userEvent.keyboard('{End}');
		expect(document.activeElement).toBe(marks(0)[8]);
		await userEvent.keyboard('{Escape}');
		await expect.poll(() => cards().length).toBe(0);
	});

	it('keeps the card off the design it tells of, at every mark', async () => {
		await page.viewport(390, 800);
		await render(LatencyAccuracyPlot, { points: [...roadmapPoints(), ...ownPoints(2)] });
		for (const mark of marks(0)) {
			mark.focus();
			await expect.poll(() => cards()[0]?.textContent ?? '').toContain(mark.ariaLabel);
			await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
			const card = cards()[0]!.getBoundingClientRect();
			const shape = mark.querySelector('.shape')!.getBoundingClientRect();
			const x = shape.x + shape.width / 2;
			const y = shape.y + shape.height / 2;
			const covered = x > card.left && x < card.right && y > card.top && y < card.bottom;
			expect(covered, mark.ariaLabel ?? '').toBe(false);
			expect(card.right).toBeLessThanOrEqual(390);
		}
	});

	it('finds the nearest design under a pointer and pins it with a click', async () => {
		await render(LatencyAccuracyPlot, { points: roadmapPoints() });
		const svg = panels()[0]!;
		const shape = marks(0)[4]!.querySelector('.shape')!.getBoundingClientRect();
		const at = { clientX: shape.x + 12, clientY: shape.y + 12, bubbles: true };
		svg.dispatchEvent(new PointerEvent('pointermove', { ...at, pointerType: 'mouse' }));
		await expect.poll(() => cards()[0]?.textContent).toContain('Step 4');
		svg.dispatchEvent(new PointerEvent('pointerleave', { pointerType: 'mouse' }));
		await expect.poll(() => cards().length).toBe(0);
		svg.dispatchEvent(new MouseEvent('click', at));
		await expect.poll(() => cards()[0]?.textContent).toContain('Step 4');
	});

	it('puts a design without reported accuracy in the lane, with the reason', async () => {
		await render(LatencyAccuracyPlot, { points: [...roadmapPoints(), ...ownPoints(1)] });
		expect(document.body.textContent).toContain('Top-1 not reported');
		document.querySelector<SVGGElement>('[data-mark="own0"]')!.focus();
		await expect.poll(() => cards()[0]?.textContent).toContain('no accuracy for this combination');
	});

	it('says what to do while nothing is measured', async () => {
		const screen = await render(LatencyAccuracyPlot, {
			points: roadmapPoints({ measured: false })
		});
		await expect.element(screen.getByText('Nothing measured on this device yet.')).toBeVisible();
		expect(panels()).toHaveLength(1);
	});

	it('gives the figures as a table too', async () => {
		await render(LatencyAccuracyPlot, { points: roadmapPoints() });
		const rows = document.querySelectorAll('details tbody tr');
		expect(rows).toHaveLength(9);
		expect(rows[8]!.textContent).toContain('77.4');
	});

	it('follows a window that becomes narrow, whatever its parents do', async () => {
		const box = document.createElement('div');
		// A grid without columns of its own gives its items the room that they hold on to.
		box.style.cssText = 'display: grid; width: 1200px';
		document.body.append(box);
		await render(LatencyAccuracyPlot, { target: box, props: { points: roadmapPoints() } });
		const widths = () => [...panels()].map((svg) => svg.getBoundingClientRect().width);
		await expect.poll(() => widths()[0]!).toBeGreaterThan(600);
		box.style.width = '350px';
		await expect.poll(() => widths()).toEqual([350, 350]);
		await expect.poll(() => panels()[0]!.getAttribute('viewBox')).toMatch(/^0 0 350 /);
		expect(box.scrollWidth).toBe(350);
		box.remove();
	});

	it('marks reconstructions on the card and in the table', async () => {
		await render(LatencyAccuracyPlot, { points: roadmapPoints() });
		marks(0)[7]!.focus();
		await expect.poll(() => cards()[0]?.textContent).toContain('our reconstruction');
		marks(0)[8]!.focus();
		await expect.poll(() => cards()[0]?.textContent).not.toContain('our reconstruction');
		const rows = [...document.querySelectorAll('details tbody th')];
		expect(rows.filter(({ textContent }) => textContent!.includes('inferred'))).toHaveLength(8);
	});

	it('leaves axe nothing to find', async () => {
		await render(LatencyAccuracyPlot, { points: [...roadmapPoints(), ...ownPoints(1)] });
		marks(0)[3]!.focus();
		const { violations } = await axe.run(document.body, {
			rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } }
		});
		expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
	});
});
