import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { ChangePlaces } from '$lib/arch/change-lines';
import { compareDesigns } from '$lib/arch/comparison';
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
		const visited: ChangePlaces[] = [];
		await render(ChangeList, { lines, onvisit: (places: ChangePlaces) => visited.push(places) });
		const buttons = [...document.querySelectorAll('button')];
		expect(buttons).toHaveLength(lines.length);
		for (const button of buttons) {
			expect(button.getBoundingClientRect().height).toBeGreaterThanOrEqual(44);
		}
		await userEvent.click(buttons[1]!);
		await userEvent.keyboard('{Tab}{Enter}');
		expect(visited).toEqual([lines[1]!.places, lines[2]!.places]);
		const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
		expect(violations.map(({ id }) => id)).toEqual([]);
	});

	it('says so where nothing differs', async () => {
		await render(ChangeList, { lines: [] });
		await expect.element(page.getByText('Nothing differs.')).toBeVisible();
	});
});
