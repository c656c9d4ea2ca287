import '@fontsource-variable/source-sans-3/index.css';
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cdp, page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { analyseDesign } from '$lib/arch/analysis';
import { compareNetworks } from '$lib/arch/comparison';
import { ROADMAP } from '$lib/arch/roadmap';
import { defaultOpen } from '$lib/diagram/layout/visible';
import { pathMatching } from '$lib/diagram/morph/matching';
import MorphPlayer from '$lib/diagram/MorphPlayer.svelte';
import NetworkDiagram from '$lib/diagram/NetworkDiagram.svelte';
import '$lib/ui/tokens.css';
import '$lib/ui/base.css';

const STEPS = ROADMAP.map(({ design }) => analyseDesign(design));
const slider = () => document.querySelector<HTMLInputElement>('input[type="range"]')!;
const drawing = () => document.querySelector<SVGSVGElement>('svg[role="img"], svg[role="tree"]')!;
const parts = () => [...drawing().querySelectorAll<SVGGElement>('[data-path]')];

function player(from: number, to: number, depth: number, position = 0) {
	const [before, after] = [STEPS[from]!, STEPS[to]!];
	return {
		before,
		after,
		matched: pathMatching(before.root, after.root),
		open: {
			before: defaultOpen(before.root, depth),
			after: defaultOpen(after.root, depth)
		},
		labels: { before: `step ${from}`, after: `step ${to}` },
		changesTo: (side: 'before' | 'after') =>
			(side === 'after' ? compareNetworks(before, after) : compareNetworks(after, before)).lines,
		// Where it fits, the sheet is as wide as there is room.
		size: 'full' as const,
		position
	};
}

/** What is seen of each part: where its outline stands, its texts, how many cells it has. */
function seen() {
	const sheet = drawing();
	const scale = sheet.viewBox.baseVal.width / sheet.getBoundingClientRect().width;
	const origin = sheet.getBoundingClientRect();
	const middle = origin.x + origin.width / 2;
	return parts()
		.filter((part) => getComputedStyle(part).display !== 'none')
		.map((part) => {
			const box = part.querySelector('.shape')!.getBoundingClientRect();
			return {
				path: part.dataset.path!,
				box: [box.x - middle, box.y - origin.y, box.width, box.height].map((value) =>
					Math.round(value * scale)
				),
				texts: [...part.querySelectorAll('text')].map((text) => text.textContent.trim()),
				cells: part.querySelectorAll('.cell').length,
				opacity: getComputedStyle(part).opacity
			};
		})
		.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function setReducedMotion(value: 'reduce' | 'no-preference') {
	const session = cdp() as unknown as {
		send(method: string, params: object): Promise<void>;
	};
	const features = [{ name: 'prefers-reduced-motion', value }];
	await session.send('Emulation.setEmulatedMedia', { features });
}

describe('MorphPlayer', () => {
	beforeEach(async () => {
		await page.viewport(1000, 900);
		await document.fonts.load('600 13px "Source Sans 3 Variable"');
	});

	afterEach(() => setReducedMotion('no-preference'));

	it.each([
		[0, 1, 2],
		[4, 5, 1],
		[5, 6, 0],
		[5, 6, 1],
		[7, 8, Infinity]
	])(
		'draws both ends as NetworkDiagram draws them: %d to %d at depth %d',
		async (from, to, depth) => {
			const ends = [];
			for (const step of [from, to]) {
				const { root, inputShape } = STEPS[step]!;
				const open = defaultOpen(root, depth);
				const { unmount } = await render(NetworkDiagram, { root, inputShape, open });
				for (const animation of document.getAnimations()) animation.finish();
				ends.push(seen());
				await unmount();
			}
			await render(MorphPlayer, player(from, to, depth));
			expect(seen()).toEqual(ends[0]);
			slider().focus();
			await userEvent.keyboard('{End}');
			expect(seen()).toEqual(ends[1]);
			await userEvent.keyboard('{Home}');
			expect(seen()).toEqual(ends[0]);
		}
	);

	it('makes and drops no part while it is scrubbed', async () => {
		await render(MorphPlayer, player(5, 6, 1));
		const elements = parts();
		slider().focus();
		for (let key = 0; key < 10; key++) await userEvent.keyboard('{ArrowRight}');
		expect(slider().valueAsNumber).toBeCloseTo(0.5);
		expect(slider().getAttribute('aria-valuetext')).toBe('Between step 5 and step 6, 50 %');
		expect(parts()).toEqual(elements);
		await userEvent.keyboard('{PageUp}');
		expect(slider().valueAsNumber).toBe(1);
		expect(parts()).toEqual(elements);
		await userEvent.keyboard('{Shift>}{ArrowLeft}{/Shift}');
		expect(slider().valueAsNumber).toBe(0);
	});

	it('plays, and stops half way where it is told to', async () => {
		await render(MorphPlayer, player(5, 6, 0));
		const button = page.getByRole('button', { name: 'Play' });
		button.element().focus();
		await userEvent.keyboard(' ');
		await expect.poll(() => slider().valueAsNumber).toBeGreaterThan(0.1);
		await userEvent.keyboard(' ');
		const stopped = slider().valueAsNumber;
		expect(stopped).toBeLessThan(1);
		await new Promise((resolve) => setTimeout(resolve, 200));
		expect(slider().valueAsNumber).toBe(stopped);
		await expect.element(button).toHaveFocus();
	});

	it('cuts where motion is reduced: no play, and no place between the two', async () => {
		await setReducedMotion('reduce');
		await render(MorphPlayer, player(5, 6, 0));
		expect(page.getByRole('button', { name: 'Play' }).elements()).toEqual([]);
		slider().focus();
		await userEvent.keyboard('{ArrowRight}');
		expect(slider().valueAsNumber).toBe(1);
		const said = page.getByTestId('film-said');
		await expect
			.element(said)
			.toHaveTextContent('step 6. Stage 1: depth 1 → 2; Stage 3: depth 5 → 14.');
		expect(said.element().getAttribute('aria-live')).toBe('polite');
		await page.getByRole('button', { name: 'To step 5' }).click();
		expect(slider().valueAsNumber).toBe(0);
		await expect
			.element(said)
			.toHaveTextContent('step 5. Stage 1: depth 2 → 1; Stage 3: depth 14 → 5.');
	});

	it('says nothing of itself where it is seen to move, or before it has', async () => {
		await render(MorphPlayer, player(5, 6, 0));
		slider().focus();
		await userEvent.keyboard('{End}');
		expect(page.getByTestId('film-said').element().textContent).toBe('');
		await setReducedMotion('reduce');
		await render(MorphPlayer, player(5, 6, 0, 1));
		expect(page.getByTestId('film-said').nth(1).element().textContent).toBe('');
	});

	it('has no faults that axe finds, half way', async () => {
		const { container } = await render(MorphPlayer, player(7, 8, 2, 0.5));
		const { violations } = await axe.run(container);
		expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
	});
});
