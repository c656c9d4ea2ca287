import axe from 'axe-core';
import { beforeEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { analyseDesign } from '$lib/arch/analysis';
import { ROADMAP } from '$lib/arch/roadmap';
import SearchBox from '$lib/diagram/SearchBox.svelte';
import '$lib/ui/base.css';
import '$lib/ui/tokens.css';

const START = analyseDesign(ROADMAP[0]!.design);
const M09 = analyseDesign(ROADMAP[8]!.design);
const STAGES = [0, 1, 2, 3].map((stage) => `stages.${stage}`);

let visited: string[];
const onhit = (path: string) => visited.push(path);
const field = () => page.getByRole('searchbox', { name: 'Search the network' });
const status = () => page.getByRole('status');

beforeEach(() => {
	visited = [];
});

it('counts the hits, and walks them with Enter and Shift+Enter, round and round', async () => {
	await render(SearchBox, { analysis: M09, onhit });
	await field().fill('stage');
	await expect.element(status()).toHaveTextContent('4 found');
	expect(visited).toEqual([]);
	await userEvent.keyboard('{Enter}');
	await expect.element(status()).toHaveTextContent('1 of 4: Stage 1');
	await userEvent.keyboard('{Enter}{Enter}{Enter}{Enter}');
	await userEvent.keyboard('{Shift>}{Enter}{/Shift}');
	expect(visited).toEqual([...STAGES, STAGES[0], STAGES[3]]);
	await expect.element(status()).toHaveTextContent('4 of 4: Stage 4');
});

it('walks with its buttons too, backwards from the last', async () => {
	await render(SearchBox, { analysis: M09, onhit, query: 'stage' });
	await userEvent.click(page.getByRole('button', { name: 'Previous hit' }));
	await userEvent.click(page.getByRole('button', { name: 'Previous hit' }));
	await userEvent.click(page.getByRole('button', { name: 'Next hit' }));
	expect(visited).toEqual([STAGES[3], STAGES[2], STAGES[3]]);
});

it('begins anew with another query, and clears with Escape', async () => {
	await render(SearchBox, { analysis: M09, onhit });
	await field().fill('stage');
	await userEvent.keyboard('{Enter}{Enter}');
	await field().fill('stem');
	await expect.element(status()).toHaveTextContent('1 found');
	let escaped = 0;
	const onescape = () => escaped++;
	document.addEventListener('keydown', onescape);
	await userEvent.keyboard('{Escape}');
	await expect.element(field()).toHaveValue('');
	await expect.element(status()).toHaveTextContent(/^$/);
	// With nothing to clear the key is for what is around: a sheet that closes, say.
	expect(escaped).toBe(0);
	await userEvent.keyboard('{Escape}');
	expect(escaped).toBe(1);
	document.removeEventListener('keydown', onescape);
});

it('says so where nothing is found, and leads nowhere', async () => {
	const { rerender } = await render(SearchBox, { analysis: M09, onhit, query: '5x5' });
	await expect.element(status()).toHaveTextContent('Nothing found');
	await expect.element(page.getByRole('button', { name: 'Next hit' })).toBeDisabled();
	await userEvent.click(field());
	await userEvent.keyboard('{Enter}');
	expect(visited).toEqual([]);
	// Another network may have it.
	await rerender({ analysis: START, onhit, query: '5x5' });
	await expect.element(status()).toHaveTextContent('6 found');
});

it('is labelled, and large enough for a finger on a phone', async () => {
	await page.viewport(390, 800);
	await render(SearchBox, { analysis: M09, onhit, query: 'se' });
	const { violations } = await axe.run(document.body, { runOnly: ['wcag2a', 'wcag2aa'] });
	expect(violations.map(({ id }) => id)).toEqual([]);
	for (const target of document.querySelectorAll('input, button')) {
		expect(target.getBoundingClientRect().height).toBeGreaterThanOrEqual(44);
	}
});
