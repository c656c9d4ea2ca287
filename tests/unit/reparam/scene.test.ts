import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModuleNode } from '$lib/arch/module';
import { analyseDesign } from '$lib/arch/analysis';
import { nodeAt } from '$lib/arch/module';
import { ROADMAP } from '$lib/arch/roadmap';
import { planFold, type FoldPlan } from '$lib/arch/reparameterize/fold-plan';
import { foldStateAt } from '$lib/reparam/presence';
import { layoutScene } from '$lib/reparam/scene';
import type { Scene, SceneBox } from '$lib/reparam/scene-types';
import { arbitraryBlock, CURRENT, OTHER_BLOCKS, STRIDED } from './blocks';

const sceneAt = (training: ModuleNode, position: number): Scene =>
	layoutScene(training, foldStateAt(planFold(training), position));

/** What is seen, without names: these differ between the two trees. */
function look({ boxes, zones, joins, lines, left, right, height }: Scene) {
	const seen = <T extends { readonly presence: number }>(items: readonly T[]) =>
		items.filter(({ presence }) => presence > 0);
	return {
		boxes: seen(boxes)
			.map(({ op, shape, role, x, y, width, height: boxHeight }) => {
				const kind = op?.type === 'conv' ? { ...op, bias: null } : op;
				return { kind, shape, role, x, y, width, height: boxHeight };
			})
			.sort((a, b) => a.y - b.y || a.x - b.x),
		zones: seen(zones).map((zone) => ({ ...zone, path: null, node: zone.node.role })),
		joins: seen(joins).map((join) => ({ ...join, path: null, isTrainingOnly: null })),
		spine: seen(lines).every(({ isTrainingOnly }) => !isTrainingOnly),
		extent: [left, right, height]
	};
}

function checkEnds(training: ModuleNode) {
	expect(look(sceneAt(training, 1))).toEqual(look(layoutScene(planFold(training).deploy)));
	expect({ ...look(sceneAt(training, 0)), spine: null, joins: null }).toEqual({
		...look(layoutScene(training)),
		spine: null,
		joins: null
	});
}

const rectOf = ({ x, y, width, height }: SceneBox) => ({
	left: x - width / 2,
	right: x + width / 2,
	top: y,
	bottom: y + height
});

function overlaps(a: SceneBox, b: SceneBox): boolean {
	const [one, other] = [rectOf(a), rectOf(b)];
	return (
		one.left < other.right &&
		other.left < one.right &&
		one.top < other.bottom &&
		other.top < one.bottom
	);
}

/** The op that is left of another one in the end. */
function lastHost(path: string, plan: FoldPlan): string {
	const absorption = plan.absorptions.get(path);
	return absorption ? lastHost(absorption.host, plan) : path;
}

describe('the drawing of a block that folds', () => {
	it('begins as the training tree and ends as the deploy tree, laid out by itself', () => {
		fc.assert(fc.property(arbitraryBlock, checkEnds), { numRuns: 60 });
	});

	it.each(OTHER_BLOCKS)('does so for other blocks: %s', (_, block) => checkEnds(block));

	it.each(ROADMAP.slice(4))('does so for a downsampling layer: step $step', ({ design }) => {
		const { root } = analyseDesign({ ...design, form: 'training' });
		checkEnds(nodeAt(root, 'stages.1.downsample')!);
	});

	it('moves without a jump: everything present in a step is near its place in the next', () => {
		const position = fc.integer({ min: 0, max: 299 }).map((step) => step / 300);
		fc.assert(
			fc.property(arbitraryBlock, position, (block, at) => {
				const [now, next] = [sceneAt(block, at), sceneAt(block, at + 1 / 300)];
				const later = new Map(next.boxes.map((box) => [box.path, box]));
				for (const box of now.boxes) {
					const { x, y, presence } = later.get(box.path)!;
					expect(Math.hypot(x - box.x, y - box.y)).toBeLessThan(8);
					expect(presence).toBeLessThanOrEqual(box.presence);
				}
				expect(now.height - next.height).toBeGreaterThanOrEqual(-1e-9);
			}),
			{ numRuns: 80 }
		);
	});

	it('keeps what stays apart at every moment, and what goes lies over its host alone', () => {
		const position = fc.double({ min: 0, max: 1, noNaN: true });
		fc.assert(
			fc.property(arbitraryBlock, position, (block, at) => {
				const plan = planFold(block);
				const { boxes } = layoutScene(block, foldStateAt(plan, at));
				const seen = boxes.filter(({ presence }) => presence > 0);
				const foreign = seen.flatMap((a, index) =>
					seen.slice(index + 1).flatMap((b) => {
						const [one, other] = [a, b].map(({ path }) => lastHost(path, plan));
						return overlaps(a, b) && one !== other ? [`${a.path} over ${b.path}`] : [];
					})
				);
				expect(foreign).toEqual([]);
			}),
			{ numRuns: 80 }
		);
	});

	it('folds in rounds: after one third the branches still stand, after two they are one', () => {
		const present = (at: number) =>
			sceneAt(CURRENT, at)
				.boxes.filter(({ presence }) => presence > 0)
				.map(({ path }) => path);
		expect(present(0)).toHaveLength(9);
		expect(present(1 / 3)).toContain('token_mixer.conv.branches.pointwise');
		expect(present(1 / 3)).not.toContain('channel_mixer.body.conv1.bn');
		expect(present(2 / 3)).not.toContain('token_mixer.conv.branches.pointwise');
		expect(present(2 / 3)).toContain('token_mixer.conv.bn');
		expect(present(1)).toHaveLength(4);
	});

	it('says which lines and joins only the training form has', () => {
		const { lines, joins } = sceneAt(CURRENT, 0);
		expect(joins.map(({ isTrainingOnly }) => isTrainingOnly)).toEqual([true, false]);
		expect(lines.filter(({ isTrainingOnly }) => isTrainingOnly).map(({ id }) => id)).toEqual([
			'token_mixer.conv.branches.pointwise:in',
			'token_mixer.conv.branches.pointwise:out',
			'token_mixer.conv.branches.skip:skip'
		]);
		expect(sceneAt(STRIDED, 0).joins).toEqual([]);
	});
});
