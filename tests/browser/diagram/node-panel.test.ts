import axe from 'axe-core';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { analyseDesign } from '$lib/arch/analysis';
import { analyseTree } from '$lib/arch/analysis';
import { ROADMAP } from '$lib/arch/roadmap';
import NodePanel from '$lib/diagram/about/NodePanel.svelte';
import '$lib/ui/base.css';
import '$lib/ui/tokens.css';

const M09 = analyseDesign(ROADMAP[8]!.design);
const TRAINED = analyseDesign({ ...ROADMAP[8]!.design, form: 'training' });
const BLOCK = 'stages.2.blocks.4';
const CONV = `${BLOCK}.channel_mixer.body.conv1`;

let visited: string[];
const props = (path: string, analysis = M09) => ({
	analysis,
	path,
	glossaryHref: (id: string) => `/glossary#${id}`,
	onvisit: (next: string) => visited.push(next)
});
const panel = () => document.querySelector('section.panel')!;
const operators = () => [...document.querySelectorAll('[data-testid="onnx-node"]')];

beforeEach(async () => {
	visited = [];
	await page.viewport(1000, 900);
});

describe('NodePanel', () => {
	it('tells everything about a convolution', async () => {
		await render(NodePanel, props(CONV));
		await expect
			.element(page.getByRole('heading', { level: 2 }))
			.toHaveTextContent('1×1 convolution');
		await expect.element(page.getByTestId('node-path')).toHaveTextContent(CONV);
		await expect.element(page.getByText('(1, 384, 14, 14)')).toBeVisible();
		await expect
			.element(page.getByTestId('formula'))
			.toHaveTextContent('14·14 · 384 · 192/1 · 1·1 = 14,450,688');
		await expect.element(page.getByText('(384, 192, 1, 1), 73,728 values')).toBeVisible();
		await expect.element(page.getByText('Paper, section 3.2; step 2 of the roadmap')).toBeVisible();
		expect(operators()).toHaveLength(1);
		const operator = operators()[0]!.textContent;
		for (const text of ['Conv', CONV, 'group = 1', `${CONV}.weight`, `${CONV}.bias`]) {
			expect(operator).toContain(text);
		}
	});

	it('leads to what is in a part and to what is around it, with the focus', async () => {
		const { rerender } = await render(NodePanel, props(BLOCK));
		await userEvent.click(page.getByRole('button', { name: /Channel mixer/ }));
		expect(visited).toEqual([`${BLOCK}.channel_mixer`]);
		await rerender(props(visited[0]!));
		expect(document.activeElement).toBe(page.getByRole('heading', { level: 2 }).element());
		expect(operators().map((operator) => operator.querySelector('.type')!.textContent)).toEqual([
			'Add'
		]);
		await userEvent.click(page.getByRole('button', { name: 'Stage 3' }));
		expect(visited[1]).toBe('stages.2');
	});

	it('says where there is no operator, and why', async () => {
		const { rerender } = await render(NodePanel, props(`${BLOCK}.channel_mixer.skip`));
		await expect.element(page.getByText(/^No operator: the value passes on/)).toBeVisible();
		await rerender(props('stages.2'));
		await expect.element(page.getByText(/^No operator of its own/)).toBeVisible();
		await rerender(props('nowhere'));
		expect(document.querySelector('section')).toBeNull();
	});

	it('has both ops of a row in the training form, with the statistics of the norm', async () => {
		await render(NodePanel, props('stem.conv1', TRAINED));
		expect(operators()).toHaveLength(2);
		for (const name of ['weight', 'bias', 'running_mean', 'running_var']) {
			expect(panel().textContent).toContain(`stem.conv1.bn.${name}`);
		}
		expect(panel().textContent).toContain('standard deviation 0.100');
	});

	it('does not speak of seeded values for a network of a file', async () => {
		await render(
			NodePanel,
			props('stem.conv1', analyseTree(M09.root, M09.inputShape) as typeof M09)
		);
		await expect.element(page.getByText("The values are the opened file's.")).toBeVisible();
		expect(panel().textContent).not.toContain('standard deviation');
	});

	it('links its words to the glossary', async () => {
		await render(NodePanel, props(`${BLOCK}.se`));
		const links = page.getByRole('list', { name: 'In the glossary' }).getByRole('link');
		expect(links.elements().map((link) => link.getAttribute('href'))).toEqual([
			'/glossary#squeeze-and-excitation'
		]);
	});

	it('opens, closes, and shows a measured time and what is inferred, where it is given them', async () => {
		const [ontoggle, onclose] = [vi.fn(), vi.fn()];
		const { rerender } = await render(NodePanel, props(BLOCK));
		expect(page.getByRole('button', { name: /in the diagram/ }).elements()).toHaveLength(0);
		expect(panel().textContent).not.toContain('measured');
		const more = {
			...props(BLOCK),
			canOpen: true,
			ontoggle,
			onclose,
			timeMs: 0.4213,
			inferredReason: 'Our reading.'
		};
		await rerender(more);
		await userEvent.click(page.getByRole('button', { name: 'Open in the diagram' }));
		await userEvent.click(page.getByRole('button', { name: 'Close the panel' }));
		expect(ontoggle).toHaveBeenCalledOnce();
		expect(onclose).toHaveBeenCalledOnce();
		await rerender({ ...more, isOpen: true });
		await expect.element(page.getByRole('button', { name: 'Close in the diagram' })).toBeVisible();
		await expect.element(page.getByText(/^Time: 0\.421/)).toBeVisible();
		await expect.element(page.getByRole('button', { name: 'inferred' })).toBeVisible();
	});

	it('copies the path, and says so until it is about another node', async () => {
		const written: string[] = [];
		vi.spyOn(navigator.clipboard, 'writeText').mockImplementation((text) => {
			written.push(text);
			return Promise.resolve();
		});
		const { rerender } = await render(NodePanel, props(CONV));
		await userEvent.click(page.getByRole('button', { name: 'Copy the path' }));
		await expect.element(page.getByText('Copied')).toBeVisible();
		expect(written).toEqual([CONV]);
		await rerender(props(BLOCK));
		expect(page.getByText('Copied').elements()).toHaveLength(0);
		vi.restoreAllMocks();
	});

	it.each(['light', 'dark'])('fits 320 px and has labels and contrast, %s', async (theme) => {
		await page.viewport(320, 800);
		document.documentElement.dataset.theme = theme;
		for (const [path, analysis] of [
			['', M09],
			['stages.1.downsample.ffn.body.conv1', TRAINED],
			[`${BLOCK}.token_mixer`, M09],
			[`${BLOCK}.token_mixer`, TRAINED],
			['head', M09]
		] as const) {
			const { unmount } = await render(NodePanel, { ...props(path, analysis), onclose: () => {} });
			expect(document.documentElement.scrollWidth, path).toBeLessThanOrEqual(320);
			const { violations } = await axe.run(document.body, {
				runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']
			});
			expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`)).toEqual([]);
			for (const button of document.querySelectorAll('button')) {
				expect(button.getBoundingClientRect().height).toBeGreaterThanOrEqual(44);
			}
			await unmount();
		}
		delete document.documentElement.dataset.theme;
	});
});
