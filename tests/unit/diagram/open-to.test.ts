import { describe, expect, it } from 'vitest';
import { analyseDesign } from '$lib/arch/analysis';
import { walk } from '$lib/arch/module';
import { ROADMAP } from '$lib/arch/roadmap';
import { layoutDiagram } from '$lib/diagram/layout/layout';
import { defaultOpen, isIdentity } from '$lib/diagram/layout/visible';
import { drawnPaths, openTo, shownPath } from '$lib/diagram/open-to';

const NETWORKS = [0, 3, 8].flatMap((step) =>
	(['deploy', 'training'] as const).map((form) => ({
		name: `step ${step}, ${form}`,
		...analyseDesign({ ...ROADMAP[step]!.design, form, heads: 2 })
	}))
);

describe.each(NETWORKS)('$name', ({ root, shapes }) => {
	const layoutOf = (open: ReadonlySet<string>) => layoutDiagram({ root, shapes, open });

	it.each([0, 1, 2, Infinity])('lists the boxes that a layout draws, opened %s deep', (depth) => {
		const open = defaultOpen(root, depth);
		expect(drawnPaths(root, open)).toEqual(layoutOf(open).boxes.map(({ path }) => path));
	});

	it('opens what is around a node, and no more', () => {
		for (const { node, path } of walk(root)) {
			// All kinds of parts are in these; the other stages have more of the same.
			if (!/^(stem|stages\.1|head)/.test(path) || isIdentity(node)) continue;
			const open = openTo(new Set(), path, root);
			const { parts, frames } = layoutOf(open);
			const shown = shownPath(open, path, root)!;
			const part = parts.find((drawn) => drawn.path === shown)!;
			expect(part, path).toBeDefined();
			// It is the node, a module that is drawn as it, or the first of a mere grouping.
			const stands = part.paths.includes(path) || part.path.startsWith(`${path}.`);
			const inRow = part.kind === 'box' && part.op === node;
			expect(stands || inRow, path).toBe(true);
			expect(frames.every((frame) => path.startsWith(`${frame.path}.`))).toBe(true);
		}
	});

	it('keeps what is open, and is the same set where nothing is to be opened', () => {
		const open = new Set(['stages.0']);
		const more = openTo(open, 'stages.2.blocks.1', root);
		expect([...more]).toEqual(['stages.0', 'stages.2']);
		expect(openTo(more, 'stages.2.blocks.0', root)).toBe(more);
		expect(openTo(more, 'nowhere', root)).toBe(more);
	});
});

it('finds the box of a closed part for a node deep in it', () => {
	const { root } = NETWORKS[4]!;
	const deep = 'stages.2.blocks.4.channel_mixer.body.conv1';
	expect(shownPath(new Set(), deep, root)).toBe('stages.2');
	expect(shownPath(new Set(['stages.2']), deep, root)).toBe('stages.2.blocks.4');
	expect(shownPath(new Set(), 'stages', root)).toBe('stages.0');
	expect(shownPath(new Set(), 'nowhere', root)).toBeUndefined();
});
