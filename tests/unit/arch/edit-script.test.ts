import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, editScript, type Edit } from '$lib/arch/edit-script';
import { buildNetwork } from '$lib/arch/models/network';
import { op, sequential } from '$lib/arch/module';
import { ROADMAP } from '$lib/arch/roadmap';
import { convOp } from './forms';
import { arbitraryTree } from './random-trees';
import { arbitraryNetworkPair, arbitraryTreePair } from './tree-pairs';

const PAIRS = {
	'random trees': arbitraryTreePair(),
	'networks of designs': arbitraryNetworkPair()
};
const RUNS = { numRuns: 60 };
const STEPS = ROADMAP.map(({ design }) => buildNetwork(design));

function inverse(edit: Edit): Edit {
	switch (edit.kind) {
		case 'remove':
			return { ...edit, kind: 'add' };
		case 'add':
			return { ...edit, kind: 'remove' };
		case 'move':
			return { kind: 'move', before: edit.after, after: edit.before };
		case 'change':
			return { kind: 'change', before: edit.after, after: edit.before };
	}
}

const sorted = (edits: readonly Edit[]) => edits.map((edit) => JSON.stringify(edit)).sort();

describe('the script of a tree and itself', () => {
	it('has no steps', { timeout: 30_000 }, () => {
		fc.assert(
			fc.property(arbitraryTree(), ({ root }) => {
				expect(editScript(root, structuredClone(root))).toEqual([]);
			})
		);
		for (const root of STEPS) expect(editScript(root, structuredClone(root))).toEqual([]);
	});
});

describe.each(Object.entries(PAIRS))('%s', (_, pair) => {
	it('become one another by the script', { timeout: 30_000 }, () => {
		fc.assert(
			fc.property(pair, ([a, b]) => {
				expect(applyEdits(a, editScript(a, b))).toEqual(b);
			}),
			RUNS
		);
	});

	it('have the same script backwards, turned round', { timeout: 30_000 }, () => {
		fc.assert(
			fc.property(pair, ([a, b]) => {
				expect(sorted(editScript(b, a))).toEqual(sorted(editScript(a, b).map(inverse)));
			}),
			RUNS
		);
	});
});

describe('the script', () => {
	const relu = op('act', { type: 'relu' });
	const pool = op('pool', { type: 'globalAvgPool' });

	it('names places, not steps on the way', () => {
		const a = sequential('net', [relu, pool]);
		const b = sequential('net', [pool, op('act', { type: 'gelu' }, 'stem'), op('end', relu.op)]);
		expect(editScript(a, b)).toEqual([
			{
				kind: 'move',
				before: { path: 'act', index: 0 },
				after: { path: 'act', index: 1 }
			},
			{
				kind: 'change',
				before: { path: 'act', node: relu },
				after: {
					path: 'act',
					node: { kind: 'op', name: 'act', role: 'stem', op: { type: 'gelu' } }
				}
			},
			{ kind: 'add', at: { path: 'end', index: 2 }, node: { ...relu, name: 'end' } }
		]);
	});

	it('is refused by a tree that it was not made for', () => {
		const edits = editScript(STEPS[0]!, STEPS[1]!);
		expect(() => applyEdits(sequential('net', [relu]), edits)).toThrow();
	});

	it.each([...STEPS.keys()])('leads from step 0 to step %i and back', (step) => {
		const [from, to] = [STEPS[0]!, STEPS[step]!];
		expect(applyEdits(from, editScript(from, to))).toEqual(to);
		expect(applyEdits(to, editScript(to, from))).toEqual(from);
	});

	it('renames the blocks behind one that is inserted first, and touches nothing in them', () => {
		const rowOf = (...kernels: readonly number[]) =>
			sequential(
				'blocks',
				kernels.map((kernel, index) =>
					sequential(String(index), [op('c', convOp({ kernel: [kernel, kernel] }))], 'block')
				)
			);
		const edits = editScript(rowOf(3, 5, 7), rowOf(9, 3, 5, 7));
		expect(edits.map((edit) => ('at' in edit ? [edit.kind, edit.at.path] : edit.kind))).toEqual([
			['add', '0'],
			['add', '0.c'],
			'change',
			'change',
			'change'
		]);
	});
});
