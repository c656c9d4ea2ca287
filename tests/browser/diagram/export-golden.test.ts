import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { analyseDesign } from '$lib/arch/analysis';
import { ROADMAP } from '$lib/arch/roadmap';
import { drawOffscreen } from '$lib/diagram/export/offscreen';
import { standaloneSvg } from '$lib/diagram/export/standalone-svg';
import { defaultOpen } from '$lib/diagram/layout/visible';
import '$lib/ui/tokens.css';

/** Files a reviewer reads, and a browser or Inkscape opens: the roadmap as it is drawn. */
describe('the roadmap as files', () => {
	beforeEach(() => void (document.documentElement.dataset.theme = 'light'));
	afterEach(() => delete document.documentElement.dataset.theme);

	const depths = [
		{ depth: 0, name: 'stages' },
		{ depth: 1, name: 'blocks' }
	];
	const cases = ROADMAP.flatMap(({ step, design }) =>
		depths.map(({ depth, name }) => ({ step, design, depth, name }))
	);

	it.each(cases)('step $step, $name', async ({ step, design, depth, name }) => {
		const { root, inputShape } = analyseDesign(design);
		const { svg, dispose } = drawOffscreen({ root, inputShape, open: defaultOpen(root, depth) });
		const text = standaloneSvg(svg, { title: `Step ${step}, ${name}`, source: 'golden file' });
		await dispose();
		expect(text.length).toBeLessThan(120_000);
		await expect(text).toMatchFileSnapshot(`./golden/step${step}-${name}.svg`);
	});
});
