import { convNorm, depthwise } from '$lib/arch/blocks/layers';
import { repViTBlock } from '$lib/arch/blocks/repvit-block';
import { branches, op, sequential, type ModuleNode } from '$lib/arch/module';
import type { BlockPlan } from '$lib/arch/plan';
import { reparameterize } from '$lib/arch/reparameterize/reparameterize';
import type { Layout } from '$lib/diagram/layout/types';

const BLOCK: BlockPlan = {
	mixing: 'separated',
	inChannels: 16,
	hiddenChannels: 32,
	outChannels: 16,
	kernel: 3,
	stride: 1,
	squeezeChannels: 8,
	branches: 'current',
	activation: 'gelu'
};

/** A stem and a stage of two RepViT blocks, the first with squeeze-and-excitation, as they run. */
export function smallTree(): ModuleNode {
	return reparameterize(smallTrainingTree()).root;
}

/** The same as it is trained. */
export function smallTrainingTree(): ModuleNode {
	return sequential('network', [
		sequential('stem', [convNorm('conv', 3, 16, { kernel: 3, stride: 2 })], 'stem'),
		sequential('stages', [
			sequential(
				'0',
				[
					sequential('blocks', [
						repViTBlock('0', BLOCK),
						repViTBlock('1', { ...BLOCK, squeezeChannels: null })
					])
				],
				'stage'
			)
		])
	]);
}

/** Training form: a token mixer of three parallel branches, one of them the input itself. */
export function parallelTree(): ModuleNode {
	return sequential('network', [
		sequential(
			'token_mixer',
			[
				branches('branches', 'add', [
					depthwise('dw3x3', 16),
					depthwise('dw1x1', 16, { kernel: 1 }),
					op('skip', { type: 'identity' })
				])
			],
			'token-mixer'
		)
	]);
}

/** A layout as lines of text that a reviewer can read in a diff. */
export function printLayout(layout: Layout): string {
	const parts = layout.parts.map((part) => {
		const where = `x ${part.x} y ${part.y} -${part.left} +${part.right} h ${part.height}`;
		const indent = '  '.repeat(part.level - 1);
		const what =
			part.kind === 'box' ? `${part.shape} ${part.topWidth}>${part.bottomWidth}` : 'open';
		return `${indent}${part.path} [${part.role ?? '-'}] ${what}: ${where}`;
	});
	return [
		`${layout.width} x ${layout.height}`,
		...parts,
		...layout.joins.map(({ path, join, x, y }) => `join ${path} ${join}: ${x} ${y}`),
		...[...layout.edges, ...layout.arcs].map(({ id, d }) => `line ${id}: ${d}`),
		''
	].join('\n');
}
