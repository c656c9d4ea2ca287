import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import LivePairs from '$lib/charts/LivePairs.svelte';
import RunChecks from '$lib/charts/RunChecks.svelte';
import RunTimeline from '$lib/charts/RunTimeline.svelte';
import type { LogEntry } from '$lib/measure/types';
import '$lib/ui/tokens.css';
import { estimate, runResult } from '../../unit/charts/sample-data';

const log: readonly LogEntry[] = [
	{ atMs: 1, event: 'round-dropped', detail: '7: page-hidden', round: 7 },
	{ atMs: 2, event: 'paused', detail: 'page-hidden', round: 8 },
	{ atMs: 3, event: 'warmed-up-again', detail: '', round: 8 }
];

async function violations() {
	const result = await axe.run(document.body, {
		rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } }
	});
	return result.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}

describe('RunTimeline', () => {
	it('draws the reference and the network that is picked, and lists what happened', async () => {
		await page.viewport(390, 800);
		const screen = await render(RunTimeline, { result: runResult({ log }) });
		const lines = () => [...document.querySelectorAll<SVGPathElement>('.chart .line')];
		expect(lines()).toHaveLength(2);
		const before = lines()[0]!.getAttribute('d');
		await screen.getByLabelText('Beside the reference').selectOptions('step3');
		expect(lines()[0]!.getAttribute('d')).not.toBe(before);
		await screen.getByLabelText('Beside the reference').selectOptions('');
		expect(lines()).toHaveLength(1);
		expect(document.querySelectorAll('.event')).toHaveLength(3);
		await screen.getByText('Events: 3').click();
		await expect.element(screen.getByText('Round 8: dropped (page hidden)')).toBeVisible();
		expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
		expect(await violations()).toEqual([]);
	});

	it('says that nothing disturbed a run, or that there is none yet', async () => {
		const screen = await render(RunTimeline, { result: runResult({ candidates: [] }) });
		await expect.element(screen.getByText('Nothing disturbed the run.')).toBeVisible();
		await expect.element(screen.getByText('No round has been completed yet.')).toBeVisible();
	});
});

describe('RunChecks', () => {
	it('gives each check a word and a sign, not colour alone', async () => {
		await page.viewport(390, 800);
		await render(RunChecks, {
			result: runResult({
				checks: [
					{
						name: 'control',
						outcome: 'failed',
						ratio: estimate(1.05, 0.01),
						passLimit: 0.01,
						failLimit: 0.02
					},
					{ name: 'drift', outcome: 'passed', change: 0.01, limit: 0.05 }
				]
			})
		});
		const row = (name: string) => document.querySelector(`[data-check="${name}"]`)!;
		expect(row('control').textContent).toMatch(/✗\s*failed/);
		expect(row('drift').textContent).toMatch(/✓\s*passed/);
		expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
		expect(await violations()).toEqual([]);
	});
});

describe('LivePairs', () => {
	it('holds every comparison that the run waits for against its target', async () => {
		const screen = await render(LivePairs, { result: runResult() });
		await screen.getByText('8 of 8 intervals are narrow enough').click();
		expect(document.querySelectorAll('[data-testid="live-pairs"] li')).toHaveLength(8);
		await expect.element(screen.getByText('The reference against itself')).toBeVisible();
	});
});
