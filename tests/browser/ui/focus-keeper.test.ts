import { afterEach, beforeEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { keepFocus } from '$lib/ui/focus-keeper';

let stop = () => {};

beforeEach(() => {
	document.body.innerHTML = `
		<main>
			<section id="outer">
				<ul id="list"><li id="item"><button id="gone">Delete</button></li></ul>
				<button id="next">Next</button>
			</section>
		</main>`;
	stop = keepFocus(document.querySelector('main')!);
});

afterEach(() => stop());

const at = (id: string) => document.getElementById(id)!;
const focused = () => expect.poll(() => document.activeElement?.id);

test('goes to what is left around a control that is gone, and Tab goes on from there', async () => {
	at('gone').focus();
	at('item').remove();
	await focused().toBe('list');
	await userEvent.keyboard('{Tab}');
	expect(document.activeElement?.id).toBe('next');
	// It was no control before, and is none after.
	expect(at('list').hasAttribute('tabindex')).toBe(false);
});

test('goes there too where a control is switched off', async () => {
	at('gone').focus();
	(at('gone') as HTMLButtonElement).disabled = true;
	await focused().toBe('item');
});

test('is left where the page has put it meanwhile', async () => {
	at('gone').focus();
	at('item').remove();
	at('next').focus();
	await frames(4);
	expect(document.activeElement?.id).toBe('next');
});

test('is not fetched back by one who has left', async () => {
	at('gone').focus();
	at('gone').blur();
	await frames(1);
	at('item').remove();
	await frames(4);
	expect(document.activeElement).toBe(document.body);
});

async function frames(count: number): Promise<void> {
	for (let i = 0; i < count; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
}
