import axe from 'axe-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { DesignState } from '$lib/state/design.svelte';
import DesignControls from '$lib/ui/DesignControls.svelte';
import '$lib/ui/tokens.css';

let designState: DesignState;

const group = (key: string) =>
	document.querySelector(`[data-choice="${key}"]`)!.closest('fieldset')!;

async function pick(key: string, value: string): Promise<void> {
	group(key).querySelector<HTMLInputElement>(`input[value="${value}"]`)!.click();
	await expect.poll(() => designState.query).toContain(`${key}=${value}`);
}

describe('choices that have no effect', () => {
	beforeEach(async () => {
		designState = new DesignState();
		designState.readQuery('mixing=separated&classifier=simple');
		await render(DesignControls, { designState });
	});

	it('are off as a whole, with the reason, until the training form is picked', async () => {
		expect(group('branches').disabled).toBe(true);
		expect(group('branches').textContent).toContain('Only the training form has branches.');
		expect(group('heads').disabled).toBe(true);
		expect(group('heads').textContent).toContain('two heads fold into it');
		await pick('form', 'training');
		expect(group('branches').disabled).toBe(false);
		expect(group('heads').disabled).toBe(false);
		expect(group('branches').textContent).not.toContain('Only the training form');
	});

	it('say what else stands in their way', async () => {
		await pick('form', 'training');
		designState.set('mixing', 'coupled');
		await expect.poll(() => group('branches').disabled).toBe(true);
		expect(group('branches').textContent).toContain('A coupled block has none.');
		expect(group('heads').disabled).toBe(false);
		designState.set('classifier', 'mobilenetv3');
		await expect.poll(() => group('heads').disabled).toBe(true);
		expect(group('heads').textContent).toContain('classifier has one head');
	});

	it('keep what was picked', async () => {
		await pick('form', 'training');
		await pick('heads', '2');
		designState.set('form', 'deploy');
		designState.set('form', 'training');
		expect(designState.design.heads).toBe(2);
	});

	it('leave axe nothing to find', async () => {
		const { violations } = await axe.run(document.body, {
			rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } }
		});
		expect(violations.map(({ id, nodes }) => [id, nodes[0]!.html])).toEqual([]);
	});
});
