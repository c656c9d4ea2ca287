import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { buildTraining } from '$lib/arch/models/network';
import { reparameterize } from '$lib/arch/reparameterize/reparameterize';
import { ROADMAP } from '$lib/arch/roadmap';
import KernelSum from '$lib/reparam/KernelSum.svelte';
import { seededWeights } from '$lib/weights/seeded';
import '$lib/ui/tokens.css';
import '$lib/ui/base.css';

const BLOCK = 'stages.0.blocks.0';

function weightsOf(design: (typeof ROADMAP)[number]['design']) {
	const training = buildTraining(design);
	return {
		terms: reparameterize(training).terms,
		source: seededWeights({ root: training, seed: 1 })
	};
}

const weights = weightsOf(ROADMAP[1]!.design);
const sourceLabel = 'seeded, untrained weights';

const numberIn = (text: string | null) => Number(text!.replace('\u2212', '-'));

/** The numbers in the cells, kernel by kernel. */
const shown = () =>
	[...document.querySelectorAll('table')].map((table) =>
		[...table.querySelectorAll('td')].map((cell) => numberIn(cell.textContent))
	);

describe('KernelSum', () => {
	it('prints kernels that add up to their sum, and the scaled sum as the fused one', async () => {
		await render(KernelSum, { weights, path: BLOCK, sourceLabel });
		const [conv, pointwise, identity, sum, fused] = shown();
		const scale = numberIn(document.querySelector('.factor')!.textContent.replace('×', '').trim());
		expect(conv).toHaveLength(9);
		sum!.forEach((value, tap) => {
			expect(Math.abs(conv![tap]! + pointwise![tap]! + identity![tap]! - value)).toBeLessThan(0.02);
			expect(Math.abs(value * scale - fused![tap]!)).toBeLessThan(0.02);
		});
		expect(document.body.textContent).toMatch(/its parts: \d\.\d × 10⁻\S+, from rounding/);
		await expect.element(page.getByText(sourceLabel)).toBeInTheDocument();
	});

	it('names each kernel as a table, and marks what is padding', async () => {
		await render(KernelSum, { weights, path: BLOCK, sourceLabel });
		const names = page
			.getByRole('table')
			.elements()
			.map((table) => {
				const id = table.getAttribute('aria-labelledby')!;
				return document.getElementById(id)!.textContent;
			});
		expect(names).toEqual([
			'3×3 depthwise',
			'1×1 depthwise',
			'The input itself',
			'Sum',
			'Fused 3×3 kernel'
		]);
		expect(document.querySelectorAll('table:nth-of-type(1) .padding')).toHaveLength(16);
	});

	it('takes another channel by number, by slider and by button', async () => {
		await render(KernelSum, { weights, path: BLOCK, sourceLabel });
		const first = shown();
		const number = page.getByRole('spinbutton');
		await number.fill('5');
		const fifth = shown();
		expect(fifth).not.toEqual(first);

		document.querySelector<HTMLInputElement>('input[type="range"]')!.focus();
		await userEvent.keyboard('{ArrowRight}');
		await expect.element(number).toHaveValue(6);
		expect(shown()).not.toEqual(fifth);
		await userEvent.keyboard('{End}');
		await expect.element(number).toHaveValue(23);

		await page.getByRole('button', { name: 'Next channel' }).click();
		await expect.element(number).toHaveValue(0);
		expect(shown()).toEqual(first);
	});

	it('keeps the channel and says why where a number is out of range', async () => {
		await render(KernelSum, { weights, path: BLOCK, sourceLabel });
		const before = shown();
		await page.getByRole('spinbutton').fill('24');
		await expect.element(page.getByRole('alert')).toHaveTextContent('23');
		expect(shown()).toEqual(before);
	});

	it('says so where there is nothing to add up', async () => {
		await render(KernelSum, { weights, path: 'stages.1.downsample', sourceLabel });
		await expect.element(page.getByText('no parallel branches')).toBeInTheDocument();
		expect(shown()).toEqual([]);
	});

	const large = weightsOf({ ...ROADMAP[1]!.design, kernel: 7 });
	const cases = ['light', 'dark'].flatMap((theme) => [
		{ theme, side: 3, weights },
		{ theme, side: 7, weights: large }
	]);
	it.each(cases)(
		'has no fault that axe finds, and fits a phone: $side x $side, $theme',
		async ({ theme, weights: shownWeights }) => {
			document.documentElement.dataset.theme = theme;
			await page.viewport(390, 800);
			const props = { weights: shownWeights, path: BLOCK, sourceLabel };
			const { container } = await render(KernelSum, props);
			const { violations } = await axe.run(container);
			expect(violations.map(({ id }) => id)).toEqual([]);
			expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
			delete document.documentElement.dataset.theme;
		}
	);
});
