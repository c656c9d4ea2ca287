import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { analyseDesign } from '$lib/arch/analysis';
import { ROADMAP } from '$lib/arch/roadmap';
import Icicle from '$lib/charts/profile/Icicle.svelte';
import { profileRows } from '$lib/charts/profile/profile-rows';
import ProfileTable from '$lib/charts/profile/ProfileTable.svelte';
import RooflinePlot from '$lib/charts/profile/RooflinePlot.svelte';
import EffectChart from '$lib/charts/sweep/EffectChart.svelte';
import ErrorPlot from '$lib/charts/sweep/ErrorPlot.svelte';
import '$lib/ui/base.css';
import '$lib/ui/tokens.css';
import { sampleProfile } from '../../unit/charts/profile/sample-profile';

const analysis = analyseDesign(ROADMAP[8]!.design);
const profile = sampleProfile(analysis);

async function violations() {
	const { violations } = await axe.run(document.body, {
		runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']
	});
	return violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`);
}

describe('Icicle', () => {
	it('is one stop for the keyboard, walked by arrows, and leads to the diagram', async () => {
		const picked: string[] = [];
		await render(Icicle, {
			root: analysis.root,
			profile,
			onpick: (path: string) => void picked.push(path)
		});
		const focused = () => document.activeElement?.getAttribute('data-bar');
		await userEvent.tab();
		expect(focused()).toBe('run');
		await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowRight}');
		expect(focused()).toBe('part:stages');
		await userEvent.keyboard('{Enter}');
		expect(picked).toEqual(['stages']);
		const bar = page.getByRole('button', { name: /^stages · / }).element();
		await expect.poll(() => (bar as HTMLElement).style.width).toBe('100%');
		expect(await violations()).toEqual([]);
	});
});

describe('ProfileTable', () => {
	it('shows the slowest, all on request, and always what the runtime took', async () => {
		const picked: string[] = [];
		const rows = profileRows(analysis, profile, 'ops');
		await render(ProfileTable, {
			rows,
			hasPeaks: true,
			onpick: (path: string) => void picked.push(path),
			onpoint: () => {}
		});
		const ids = () =>
			[...document.querySelectorAll('tr[data-row]')].map((row) => row.getAttribute('data-row'));
		expect(ids()).toEqual(expect.arrayContaining(['unmapped', 'overhead']));
		expect(ids().length).toBeLessThan(20);
		await page.getByRole('button', { name: `Show all ${rows.length}` }).click();
		expect(ids()).toHaveLength(rows.length);
		await page
			.getByRole('button', { name: /1×1 convolution/ })
			.first()
			.click();
		expect(picked).toHaveLength(1);
		expect(await violations()).toEqual([]);
	});
});

describe('RooflinePlot', () => {
	it('has a mark a part, and rings the one that is pointed at', async () => {
		const rows = profileRows(analysis, profile, 'blocks');
		const { rerender } = await render(RooflinePlot, { rows, peaks: profile.peaks!, active: null });
		expect(document.querySelectorAll('[data-mark]')).toHaveLength(25);
		expect(document.querySelector('.ring')).toBeNull();
		await rerender({ active: 'stem' });
		expect(document.querySelector('.ring')).not.toBeNull();
		expect(await violations()).toEqual([]);
	});
});

describe('EffectChart', () => {
	it('says every effect in words, and marks what cannot be told otherwise than by colour', async () => {
		await render(EffectChart, {
			label: 'Effects',
			rows: [
				{
					id: 'se',
					text: 'SE costs 6 %',
					verdict: 'slower',
					ratio: { value: 1.06, low: 1.05, high: 1.07 }
				},
				{
					id: 'stem',
					text: 'Stem: cannot tell',
					verdict: 'cannot-tell',
					ratio: { value: 1, low: 0.98, high: 1.02 }
				}
			]
		});
		await expect.element(page.getByText('SE costs 6 %')).toBeVisible();
		const [told, untold] = document.querySelectorAll('[data-effect]');
		expect(told!.querySelector('.dot')).not.toBeNull();
		expect(untold!.querySelector('.dot')).toBeNull();
		expect(untold!.querySelector('.whisker')).not.toBeNull();
		expect(await violations()).toEqual([]);
	});
});

describe('ErrorPlot', () => {
	it('has a diamond a design that was left out', async () => {
		const leftOut = [1, 2, 3].map((n) => ({ id: `d${n}`, measuredMs: n, predictedMs: n * 1.1 }));
		await render(ErrorPlot, { leftOut });
		expect(document.querySelectorAll('[data-left-out]')).toHaveLength(3);
		await expect.element(page.getByRole('img', { name: /3 designs/ })).toBeVisible();
	});
});
