import axe from 'axe-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import RichText from '$lib/ui/RichText.svelte';
import '$lib/ui/tokens.css';
import '$lib/ui/base.css';

const TEXT =
	'The [[token-mixer|depthwise convolution]] moves out of the way of the [[ffn|feed-forward layer]].';

const links = () => [...document.querySelectorAll<HTMLAnchorElement>('a[href*="/glossary#"]')];
const cards = () => [...document.querySelectorAll<HTMLElement>('[data-term]')];

const pointAway = () => userEvent.hover(document.documentElement, { position: { x: 900, y: 600 } });

/** A press and a click as a finger makes them. Says whether the link was kept from being followed. */
function tap(target: HTMLElement): boolean {
	let isHeld = false;
	const hold = (event: Event) => {
		isHeld = event.defaultPrevented;
		// Followed, it would lead the test away.
		event.preventDefault();
	};
	window.addEventListener('click', hold, { once: true });
	const init = { bubbles: true, cancelable: true, pointerType: 'touch' };
	target.dispatchEvent(new PointerEvent('pointerdown', init));
	target.dispatchEvent(new PointerEvent('click', init));
	return isHeld;
}

describe('Term', () => {
	beforeEach(async () => {
		await page.viewport(1000, 700);
		// A pointer left on the words by the test before would open a card of its own.
		await pointAway();
		await render(RichText, { text: TEXT });
	});

	it('is a link to its entry, in a text that reads on', () => {
		expect(document.body.textContent).toContain(
			'The depthwise convolution moves out of the way of the feed-forward layer.'
		);
		expect(links().map((link) => link.hash)).toEqual(['#token-mixer', '#ffn']);
		expect(cards()).toEqual([]);
	});

	it('shows its meaning on focus, is described by it, and lets go of both', async () => {
		await userEvent.tab();
		expect(document.activeElement).toBe(links()[0]);
		await expect.poll(() => cards().length).toBe(1);
		expect(cards()[0]!.matches(':popover-open')).toBe(true);
		const description = document.getElementById(links()[0]!.getAttribute('aria-describedby')!)!;
		expect(description.textContent).toContain('lets positions exchange information');
		await userEvent.tab();
		await expect.poll(() => cards().map(({ dataset }) => dataset.term)).toEqual(['ffn']);
	});

	it('stays while the pointer is on the card, and goes when it leaves', async () => {
		const [term] = page.getByRole('link').elements();
		await userEvent.hover(term!);
		await expect.poll(() => cards().length).toBe(1);
		await userEvent.hover(cards()[0]!.querySelector('strong')!);
		await new Promise((resolve) => setTimeout(resolve, 400));
		expect(cards()).toHaveLength(1);
		await pointAway();
		await expect.poll(() => cards().length).toBe(0);
	});

	it('goes by Escape, without what lies behind it hearing of it', async () => {
		let heard = 0;
		const hear = () => heard++;
		window.addEventListener('keydown', hear);
		links()[0]!.focus();
		await userEvent.tab();
		await expect.poll(() => cards().length).toBe(1);
		const before = heard;
		await userEvent.keyboard('{Escape}');
		await expect.poll(() => cards().length).toBe(0);
		expect(heard).toBe(before);
		await userEvent.keyboard('{Escape}');
		expect(heard).toBe(before + 1);
		window.removeEventListener('keydown', hear);
	});

	it('opens at the first tap and follows the link at the second; a tap elsewhere closes it', async () => {
		expect(tap(links()[0]!)).toBe(true);
		await expect.poll(() => cards().length).toBe(1);
		expect(tap(links()[0]!)).toBe(false);
		const init = { bubbles: true, pointerType: 'touch' };
		document.body.dispatchEvent(new PointerEvent('pointerdown', init));
		await expect.poll(() => cards().length).toBe(0);
	});

	it('keeps its card in a narrow window and is clean for axe', async () => {
		await page.viewport(390, 700);
		for (const link of links()) {
			link.focus();
			link.blur();
			await userEvent.hover(link);
			await expect.poll(() => cards().length).toBe(1);
			const { left, right, top, bottom } = cards()[0]!.getBoundingClientRect();
			expect(left).toBeGreaterThanOrEqual(0);
			expect(right).toBeLessThanOrEqual(390);
			expect(top).toBeGreaterThanOrEqual(0);
			expect(bottom).toBeLessThanOrEqual(700);
			// While it fades in, its text has less contrast.
			await Promise.all(
				cards()[0]!
					.getAnimations()
					.map(({ finished }) => finished)
			);
			const { violations } = await axe.run(document.body, {
				rules: { region: { enabled: false } }
			});
			expect(violations).toEqual([]);
			await userEvent.keyboard('{Escape}');
			await expect.poll(() => cards().length).toBe(0);
		}
	});
});
