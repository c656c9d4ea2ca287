import { describe, expect, it } from 'vitest';
import { buildNetwork } from '$lib/arch/models/network';
import { walk, type ModuleNode } from '$lib/arch/module';
import { ROADMAP, SIDE_POINTS, stepName } from '$lib/arch/roadmap';
import { inferShapes } from '$lib/arch/shapes';

/** A tree as text, a node a line, so that a reviewer reads a change of structure in the diff. */
function printTree(root: ModuleNode): string {
	const shapes = inferShapes(root, [1, 3, 224, 224]);
	const lines = [...walk(root)].map(({ node, path, depth }) => {
		const what =
			node.kind === 'op'
				? Object.entries(node.op)
						.map(([key, value]) => (key === 'type' ? value : `${key}=${value}`))
						.join(' ')
				: node.kind === 'branches'
					? `branches(${node.join})`
					: '';
		const role = node.role ? ` [${node.role}]` : '';
		return `${'  '.repeat(depth)}${node.name}${role} ${what} -> ${shapes.get(path)!.output.join('x')}`;
	});
	return lines.map((line) => line.replace(/ {2,}->/, ' ->')).join('\n') + '\n';
}

describe('golden structure', () => {
	const designs = [
		...ROADMAP.map(({ step, design }) => ({ name: stepName(step), design })),
		...SIDE_POINTS.map(({ name, design }) => ({ name, design }))
	];
	it.each(designs)('$name', async ({ name, design }) => {
		await expect(printTree(buildNetwork(design))).toMatchFileSnapshot(
			`../../reference/golden/${name}.txt`
		);
	});
});
