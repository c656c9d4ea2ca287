import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseDesign } from '$lib/arch/analysis';
import { nodeAt, ops, walk, type ModuleNode } from '$lib/arch/module';
import { isDepthwise } from '$lib/arch/op';
import { ROADMAP } from '$lib/arch/roadmap';
import { nodeName } from '$lib/diagram/label-text';
import { openTo, shownPath } from '$lib/diagram/open-to';
import { searchTree } from '$lib/diagram/search';

const START = analyseDesign(ROADMAP[0]!.design);
const M09 = analyseDesign(ROADMAP[8]!.design);
const M09_TRAINED = analyseDesign({ ...ROADMAP[8]!.design, form: 'training' });

function search(query: string, { root, shapes } = M09): string[] {
	return searchTree(root, query, { shapes, nameOf: nodeName });
}

const opAt = (root: ModuleNode, path: string) => [...ops(nodeAt(root, path)!)][0]!.node.op;

describe('searchTree', () => {
	it('finds nothing for nothing', () => {
		for (const query of ['', '   ', '·', 'nonsense', '5x5']) expect(search(query)).toEqual([]);
	});

	it.each(['se', 'SE', 'Squeeze-and-excitation', 'squeeze', 'excite'])(
		'finds each squeeze-and-excitation once by "%s"',
		(query) => {
			const hits = search(query);
			expect(hits).toHaveLength(10);
			for (const path of hits) expect(nodeAt(M09.root, path)!.role).toBe('squeeze-excite');
		}
	);

	it.each(['5x5', '5×5', '5 × 5', 'dw 5x5', '5x5 depthwise', 'kernel 5'])(
		'finds the 5x5 kernels by "%s"',
		(query) => {
			const expected = [...ops(START.root)].filter(
				({ node }) => isDepthwise(node.op) && node.op.kernel[0] === 5
			);
			const hits = search(query, START);
			expect(hits).toEqual(expected.map(({ path }) => path));
			expect(hits.length).toBeGreaterThan(0);
		}
	);

	it('takes all words to hold, each of the part or of what is around it', () => {
		expect(search('stages.3 5x5', START)).toEqual(
			search('5x5', START).filter((path) => path.startsWith('stages.3.'))
		);
		expect(search('stem conv')).toEqual(['stem.conv1', 'stem.conv2']);
		expect(search('stage 3 se')).toEqual(
			search('se').filter((path) => path.startsWith('stages.2.'))
		);
		expect(search('se gelu')).toEqual([]);
	});

	it('finds a number behind a word as one name, and else as channels', () => {
		expect(search('stage 3')).toEqual(['stages.2']);
		expect(search('block 14')).toEqual(['stages.2.blocks.13']);
		expect(search('linear 1000')).toEqual(['head.linear']);
	});

	it('finds paths, their beginnings and their ends', () => {
		expect(search('stages.2')).toEqual(['stages.2']);
		expect(search('stages.2.blocks.1')).toEqual(['stages.2.blocks.1']);
		expect(search('stages.2.blocks')).toHaveLength(14);
		expect(search('blocks.1')).toEqual([0, 1, 2, 3].map((stage) => `stages.${stage}.blocks.1`));
		expect(search('stages.1.down')).toEqual(['stages.1.downsample']);
		expect(search('channel_mixer.body.act')).toHaveLength(23);
		expect(search('stages')).toEqual(['stages.0', 'stages.1', 'stages.2', 'stages.3']);
	});

	it('finds strides, resolutions, shapes and channels', () => {
		for (const query of ['s2', 'stride 2', 'Stride 2']) {
			const hits = search(query);
			expect(hits).toHaveLength(5);
			for (const path of hits) expect(opAt(M09.root, path)).toMatchObject({ stride: [2, 2] });
		}
		const at14 = search('14x14');
		expect(at14).toContain('stages.2.blocks.4.token_mixer');
		for (const path of at14) expect(M09.shapes.get(path)!.output.slice(2)).toEqual([14, 14]);
		expect(search('384 × 14 × 14')).toEqual(
			at14.filter((path) => search('384x14x14').includes(path))
		);
		for (const path of search('1000')) {
			const { input, output } = M09.shapes.get(path)!;
			expect([input[1], output[1]]).toContain(1000);
		}
		for (const path of search('384 → 192')) {
			const { input, output } = M09.shapes.get(path)!;
			expect([input[1], output[1]]).toEqual([384, 192]);
		}
	});

	it('does not take what a pool leaves for 1x1 kernels', () => {
		for (const path of search('1x1'))
			expect(opAt(M09.root, path)).toMatchObject({ kernel: [1, 1] });
	});

	it('finds operations and activations', () => {
		expect(search('gelu')).toEqual(
			[...ops(M09.root)].filter(({ node }) => node.op.type === 'gelu').map(({ path }) => path)
		);
		const norms = [...ops(M09_TRAINED.root)].filter(({ node }) => node.op.type === 'batchNorm');
		for (const query of ['bn', 'BatchNorm']) {
			expect(search(query, M09_TRAINED)).toEqual(norms.map(({ path }) => path));
		}
	});

	it('does not dig norms out for a size that their convolution has too', () => {
		for (const path of search('14x14', M09_TRAINED)) {
			const node = nodeAt(M09_TRAINED.root, path)!;
			const isNorm = node.kind === 'op' && node.op.type === 'batchNorm';
			// Behind the sum of branches a norm stands alone.
			if (isNorm) expect(path).toMatch(/token_mixer\.conv\.bn$/);
		}
	});

	it('knows names in any language, beside the English ones', () => {
		const names = new Map([
			['token_mixer', '權杖混合器'],
			['stem', 'Entrée']
		]);
		const nameOf = (node: ModuleNode) => names.get(node.name) ?? node.name;
		const find = (query: string) => searchTree(M09.root, query, { shapes: M09.shapes, nameOf });
		const mixers = search('token mixer');
		expect(mixers).toHaveLength(23);
		expect(find('混合')).toEqual(mixers);
		expect(find('token mixer')).toEqual(mixers);
		expect(find('ENTREE')).toEqual(['stem']);
		expect(find('entrée')).toEqual(['stem']);
	});

	it.each([START, M09, M09_TRAINED])(
		'gives parts that a diagram can show, in order',
		(analysis) => {
			const { root } = analysis;
			const order = [...walk(root)].map(({ path }) => path);
			const words = [
				'se',
				'conv',
				'dw',
				'14x14',
				'stages.2',
				'bn',
				'block',
				'384',
				'add',
				's2',
				'mixer'
			];
			fc.assert(
				fc.property(fc.subarray(words, { minLength: 1, maxLength: 3 }), (chosen) => {
					const hits = search(chosen.join(' '), analysis);
					const places = hits.map((path) => order.indexOf(path));
					expect(places).toEqual(places.toSorted((a, b) => a - b));
					for (const path of new Set([hits.at(0), hits.at(hits.length / 2), hits.at(-1)])) {
						if (path === undefined) continue;
						const shown = shownPath(openTo(new Set(), path, root), path, root);
						expect(shown).toBe(path);
						// None lies within another.
						expect(hits.some((other) => path.startsWith(`${other}.`))).toBe(false);
					}
				}),
				{ numRuns: 20 }
			);
		}
	);
});
