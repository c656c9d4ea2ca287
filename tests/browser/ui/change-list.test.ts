import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { compareDesigns } from '$lib/arch/comparison';
import type { ChangeStop } from '$lib/arch/diff-summary';
import { ROADMAP } from '$lib/arch/roadmap';
import ChangeList from '$lib/ui/ChangeList.svelte';
import '$lib/ui/tokens.css';
import '$lib/ui/base.css';

const between = (from: number, to: number) =>
	compareDesigns(ROADMAP[from]!.design, ROADMAP[to]!.design);

describe('ChangeList', () => {
	it('tells choices and lines; without a place to lead to nothing is a button', async () => {
		const { before, after, lines } = between(5, 6);
		await render(ChangeList, { before: before.design, after: after.design, lines });
		await expect.element(page.getByText('Stage depths: 1, 2, 5, 2 → 2, 2, 14, 2')).toBeVisible();
		await expect.element(page.getByText('Stage 3: depth 5 → 14')).toBeVisible();
		expect(document.querySelectorAll('button')).toHaveLength(0);
	});

	it('leads to what a line is about, by click and by keys', async () => {
		await page.viewport(390, 800);
		const { lines } = between(0, 1);
		const visited: ChangeStop[] = [];
		await render(ChangeList, { lines, onvisit: (stop: ChangeStop) => visited.push(stop) });
		const buttons = [...document.querySelectorAll('button')];
		expect(buttons).toHaveLength(lines.length);
		for (const button of buttons) {
			expect(button.getBoundingClientRect().height).toBeGreaterThanOrEqual(44);
		}
		await userEvent.click(buttons[1]!);
		buttons[2]!.focus();
		await userEvent.keyboard('{Enter}');
		expect(visited).toEqual([lines[1]!.stops[0], lines[2]!.stops[0]]);
		const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
		expect(violations.map(({ id }) => id)).toEqual([]);
	});

	it('walks all places of a line, on and back, and says where it is', async () => {
		await page.viewport(390, 800);
		const { lines } = between(0, 1);
		const { stops } = lines[0]!;
		expect(stops).toHaveLength(13);
		const visited: ChangeStop[] = [];
		await render(ChangeList, { lines, onvisit: (stop: ChangeStop) => visited.push(stop) });
		const said = page.getByTestId('changes-said');
		await expect.element(said).toHaveTextContent(/^$/);
		const line = document.querySelector('button')!;
		for (let press = 0; press < 14; press++) await userEvent.click(line);
		expect(visited).toEqual([...stops, stops[0]]);
		await expect.element(page.getByText('1 of 13', { exact: true })).toBeVisible();
		await expect.element(said).toHaveTextContent(`Place 1 of 13: ${stops[0]!.path}`);

		await page.getByRole('button', { name: 'Previous place' }).click();
		await expect.element(page.getByText('13 of 13', { exact: true })).toBeVisible();
		const next = page.getByRole('button', { name: 'Next place' });
		await next.click();
		await next.click();
		expect(visited.slice(-3)).toEqual([stops[12], stops[0], stops[1]]);
		for (const button of document.querySelectorAll('button')) {
			const { width, height } = button.getBoundingClientRect();
			expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
		}
		const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
		expect(violations.map(({ id }) => id)).toEqual([]);

		// Another line has its own place, and the walk along the first begins anew.
		await userEvent.click(page.getByText(/^Squeeze-and-excitation: now/));
		await expect.element(page.getByText('1 of 8', { exact: true })).toBeVisible();
		await userEvent.click(line);
		expect(visited.at(-1)).toEqual(stops[0]);
	});

	it('says so where nothing differs', async () => {
		await render(ChangeList, { lines: [] });
		await expect.element(page.getByText('Nothing differs.')).toBeVisible();
	});
});
