import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { ROADMAP } from '$lib/arch/roadmap';
import FormTable from '$lib/charts/FormTable.svelte';
import LiveRow from '$lib/charts/LiveRow.svelte';
import ResultTable from '$lib/charts/ResultTable.svelte';
import StepChart from '$lib/charts/StepChart.svelte';
import StepTable from '$lib/charts/StepTable.svelte';
import { stepChanges } from '$lib/charts/step-changes';
import TruthTag from '$lib/ui/TruthTag.svelte';
import '$lib/ui/tokens.css';
import {
	candidateResult,
	resultRows,
	roadmapPairs,
	stepFigures
} from '../../unit/charts/sample-data';

async function violations() {
	const result = await axe.run(document.body, {
		rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } }
	});
	return result.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}

describe('ResultTable', () => {
	const order = () =>
		[...document.querySelectorAll<HTMLElement>('tbody tr')].map(({ dataset }) => dataset.design);

	it('sorts by a press on a head, says so, and comes back to the order of the run', async () => {
		const screen = await render(ResultTable, { rows: resultRows(), conditions: 'WASM, 1 thread' });
		const head = screen.getByRole('button', { name: 'Top-1' });
		await head.click();
		expect(order().slice(0, 2)).toEqual(['step1', 'step0']);
		expect(head.element().closest('th')!.ariaSort).toBe('ascending');
		await userEvent.keyboard('{Enter}');
		expect(order()[0]).toBe('step8');
		expect(order().at(-1)).toBe('own0');
		await userEvent.keyboard('{Enter}');
		expect(order()[0]).toBe('step0');
		expect(head.element().closest('th')!.ariaSort).toBe('none');
	});

	it('says what failed, what is not reported, and links to the designs', async () => {
		const screen = await render(ResultTable, { rows: resultRows(), conditions: null });
		await expect.element(screen.getByText('failed: out of memory')).toBeInTheDocument();
		const own = document.querySelector('[data-design="own0"]')!;
		expect(own.textContent).toContain('not reported');
		expect(document.querySelector('[data-design="step3"] a')?.getAttribute('href')).toBe('#step3');
	});

	it('scrolls in its own box on a phone, the first column staying', async () => {
		await page.viewport(390, 800);
		await render(ResultTable, { rows: resultRows(), conditions: 'WASM' });
		const box = document.querySelector<HTMLElement>('.box')!;
		await expect.poll(() => box.tabIndex).toBe(0);
		expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
		box.scrollLeft = 400;
		const first = document.querySelector('tbody th')!.getBoundingClientRect();
		expect(first.left).toBeCloseTo(box.getBoundingClientRect().left, 0);
		expect(await violations()).toEqual([]);
	});
});

describe('steps', () => {
	it('draw a chart and say the same in a table', async () => {
		await page.viewport(1100, 900);
		const changes = stepChanges(stepFigures, roadmapPairs());
		await render(StepChart, { changes });
		const screen = await render(StepTable, {
			changes,
			agreement: { latencies: { value: 0.1, low: -0.4, high: 0.6 }, changes: null },
			conditions: 'WASM'
		});
		expect(document.querySelectorAll('svg[role="img"] .whisker')).toHaveLength(8);
		expect(document.querySelectorAll('tbody tr')).toHaveLength(8);
		await expect.element(screen.getByText(/paper's phone gained 3/)).toBeVisible();
		await expect
			.element(screen.getByText(/order of the designs by latency .* cannot be told: rank corr/))
			.toBeVisible();
		await expect.element(screen.getByText(/of the steps' changes needs 3 steps/)).toBeVisible();
		const [first] = document.querySelectorAll('tbody tr th');
		expect(first!.querySelector('a')!.textContent).toBe('Separate mixers');
		expect(first!.textContent).toContain('inferred');
		expect(await violations()).toEqual([]);
	});
});

describe('FormTable', () => {
	it('sets training form beside deploy form, with the verdict and what is folded anyway', async () => {
		const m09 = ROADMAP[8]!.design;
		const ratio = { value: 1.004, low: 0.996, high: 1.012 };
		const row = { label: 'RepViT-M0.9', trainingMs: null, deployMs: null };
		const screen = await render(FormTable, {
			changes: [
				{ ...row, id: 'a', design: { ...m09, form: 'training' }, ratio, verdict: 'cannot-tell' },
				{
					...row,
					id: 'b',
					design: { ...m09, form: 'training', heads: 2, branches: 'first-release' },
					ratio: null,
					verdict: null
				}
			],
			conditions: 'WASM'
		});
		const [first, second] = document.querySelectorAll('tbody tr');
		expect(first!.textContent).toMatch(/1\.004x \(0\.996 to 1\.012\)/);
		expect(first!.textContent).toContain('cannot tell');
		expect(first!.querySelector('.details')).toBeNull();
		expect(second!.querySelector('.details')!.textContent).toBe('two heads, first release');
		expect(second!.textContent).toContain('not measured');
		await expect.element(screen.getByText(/onnxruntime loads a network/)).toBeVisible();
		expect(await violations()).toEqual([]);
	});
});

describe('too few rounds', () => {
	it('are the reason that stands with the verdict', async () => {
		const changes = stepChanges(stepFigures, [
			{
				a: 'step1',
				b: 'step0',
				ratio: { value: 1.2, low: 0.7, high: 2, roundsNeeded: 9 },
				verdict: 'cannot-tell'
			}
		]);
		const screen = await render(StepTable, {
			changes,
			agreement: { latencies: null, changes: null },
			conditions: 'WASM'
		});
		await expect
			.element(screen.getByRole('button', { name: 'cannot tell' }))
			.toHaveAccessibleDescription('too few rounds: a 95 % interval takes 9 here');
		await expect.element(screen.getByText(/too few to tell what this step makes/)).toBeVisible();
	});
});

describe('LiveRow', () => {
	it('mirrors its state and tells how wide the interval is', async () => {
		const result = candidateResult('step3', 'Step 3', 1.2, { status: { state: 'measuring' } });
		const screen = await render(LiveRow, { result, targetRelative: 0.005, isReference: false });
		const row = document.querySelector<HTMLElement>('li')!;
		expect(row.dataset.state).toBe('measuring');
		await expect
			.element(screen.getByRole('img', { name: /Interval of Step 3: ± 1.1/ }))
			.toBeVisible();
		await screen.rerender({ targetRelative: 0.02 });
		await expect.element(screen.getByText('narrow enough')).toBeVisible();
	});
});

describe('TruthTag', () => {
	it('shows its detail on focus and hides it on Escape', async () => {
		const screen = await render(TruthTag, { kind: 'reported', detail: 'Paper, table 1' });
		const tip = screen.getByText('Paper, table 1');
		await expect.element(tip).not.toBeVisible();
		await userEvent.tab();
		await expect.element(tip).toBeVisible();
		await userEvent.keyboard('{Escape}');
		await expect.element(tip).not.toBeVisible();
	});

	it('shows its detail on hover and is described by it', async () => {
		const screen = await render(TruthTag, { kind: 'measured', detail: 'WASM, 1 thread' });
		const button = screen.getByRole('button', { name: 'measured' });
		await button.hover();
		await expect.element(screen.getByText('WASM, 1 thread')).toBeVisible();
		await expect.element(button).toHaveAccessibleDescription('WASM, 1 thread');
	});

	it('is plain text without a detail', async () => {
		const screen = await render(TruthTag, { kind: 'cannot-tell' });
		await expect.element(screen.getByText('cannot tell')).toBeVisible();
		expect(screen.getByRole('button').query()).toBeNull();
	});
});
