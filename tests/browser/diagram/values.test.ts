import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { analyseDesign } from '$lib/arch/analysis';
import { ROADMAP } from '$lib/arch/roadmap';
import { heatFor } from '$lib/diagram/values/heat-for';
import HeatLegend from '$lib/diagram/values/HeatLegend.svelte';
import MetricControl from '$lib/diagram/values/MetricControl.svelte';
import '$lib/ui/base.css';
import '$lib/ui/tokens.css';

const M09 = analyseDesign(ROADMAP[8]!.design);
const NBSP = '\u00a0';

async function violations() {
	const { violations } = await axe.run(document.body, {
		runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']
	});
	return violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`);
}

describe('MetricControl', () => {
	it('offers every figure under its name, time only where it was measured', async () => {
		const { rerender } = await render(MetricControl, { metric: null });
		const select = page.getByLabelText('Figure on each block').element() as HTMLSelectElement;
		const texts = () => [...select.options].map(({ text }) => text);
		expect(texts()).toEqual([
			'None: colour is role',
			'Output shape',
			'Parameters',
			'MACs',
			'Activation bytes',
			'Share of MACs',
			'Share of parameters',
			'MACs per byte'
		]);
		await rerender({ metric: 'time', hasTimes: true });
		expect(texts().at(-1)).toBe('Measured time');
		expect(select.value).toBe('time');
		expect(await violations()).toEqual([]);
	});

	it('takes a choice, and none', async () => {
		const chosen: (string | null)[] = [];
		const props = {
			get metric() {
				return null;
			},
			set metric(metric: string | null) {
				chosen.push(metric);
			}
		};
		await render(MetricControl, props as { metric: null });
		const select = page.getByLabelText('Figure on each block');
		await userEvent.selectOptions(select, 'MACs per byte');
		await userEvent.selectOptions(select, 'None: colour is role');
		expect(chosen).toEqual(['intensity', null]);
	});

	it('is large enough for a finger on a phone', async () => {
		await page.viewport(390, 800);
		await render(MetricControl, { metric: 'macs' });
		const { height } = page
			.getByLabelText('Figure on each block')
			.element()
			.getBoundingClientRect();
		expect(height).toBeGreaterThanOrEqual(44);
	});
});

describe('HeatLegend', () => {
	it('has numbers at its ends and in its middle, and says what kind of scale it is', async () => {
		const { legend } = heatFor({ analysis: M09, metric: 'macs' });
		const { rerender } = await render(HeatLegend, { legend });
		const scale = page.getByRole('img');
		const most = Math.round(M09.costs.get('stages.2')!.macs / 1e6);
		await expect
			.element(scale)
			.toHaveAttribute(
				'aria-label',
				`MACs, linear scale: 0 to ${most}${NBSP}M, ${most / 2}${NBSP}M in the middle`
			);
		await expect.element(scale).toHaveTextContent('linear scale');
		await rerender({ legend: heatFor({ analysis: M09, metric: 'intensity' }).legend });
		await expect.element(scale).toHaveTextContent('logarithmic scale');
		expect(scale.element().getAttribute('aria-label')).toMatch(
			/^MACs per byte, logarithmic scale: /
		);
		expect(await violations()).toEqual([]);
	});

	it('runs through the colours that parts are filled with', async () => {
		await render(HeatLegend, { legend: heatFor({ analysis: M09, metric: 'macs' }).legend });
		const bar = document.querySelector('.bar')!;
		expect(getComputedStyle(bar).backgroundImage).toMatch(/^linear-gradient\(.*oklch/);
	});

	it('draws no scale where there is nothing to compare', async () => {
		const scale = { kind: 'linear', from: 0, to: 0 } as const;
		await render(HeatLegend, { legend: { metric: 'time', scale } });
		expect(document.querySelector('[role="img"]')).toBeNull();
		await expect.element(page.getByText('Nothing to compare')).toBeVisible();
	});
});
