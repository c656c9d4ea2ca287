import { expect, it } from 'vitest';
import { branches, op } from '$lib/arch/module';
import { lowerToOperator } from '$lib/onnx/operators';
import { treePath, treeToGraph } from '$lib/onnx/tree-to-graph';

it('a join of three is two nodes of one path', () => {
	const branch = (name: string) => op(name, { type: 'relu' });
	const root = branches('sum', 'add', [branch('a'), branch('b'), branch('c')]);
	const { builder } = treeToGraph({
		root,
		inputShape: [1, 1, 2, 2],
		lower: lowerToOperator,
		nameOf: ({ path }) => path
	});
	const joins = builder.nodes.filter(({ opType }) => opType === 'Add');
	expect(joins).toMatchObject([
		{ name: 'sum#1', inputs: ['a', 'b'], outputs: ['sum#1'] },
		{ name: 'sum', inputs: ['sum#1', 'c'], outputs: ['logits'] }
	]);
	expect(joins.map(({ name }) => treePath(name))).toEqual(['sum', 'sum']);
});
