import { describe, expect, it } from 'vitest';
import { analyseDesign } from '$lib/arch/analysis';
import { diffTrees } from '$lib/arch/diff';
import { ROADMAP } from '$lib/arch/roadmap';
import { layoutDiagram } from '$lib/diagram/layout/layout';
import { openBelow } from '$lib/diagram/layout/visible';
import { badgeOf, foldMarks, marksOf, type Mark } from '$lib/diagram/marks';
import { smallTree } from './trees';

const BLOCK = 'stages.0.blocks.0';

describe('foldMarks', () => {
	const shown = (marks: Record<string, Mark>) =>
		foldMarks(smallTree(), new Map(Object.entries(marks)));

	it('leaves what is unmarked out', () => {
		expect(shown({}).size).toBe(0);
	});

	it('tells enclosing modules that they contain changes', () => {
		const marks = shown({ [`${BLOCK}.channel_mixer.body.conv1`]: 'changed' });
		expect(marks.get(`${BLOCK}.channel_mixer.body.conv1`)).toBe('changed');
		for (const path of [`${BLOCK}.channel_mixer`, BLOCK, 'stages.0', '']) {
			expect(marks.get(path)).toBe('contains-changes');
		}
		expect(marks.has('stem')).toBe(false);
		expect(marks.has('stages.0.blocks.1')).toBe(false);
	});

	it('gives a module the mark that all its ops share', () => {
		const marks = shown({
			[`${BLOCK}.channel_mixer.body.conv1`]: 'added',
			[`${BLOCK}.channel_mixer.body.act`]: 'added',
			[`${BLOCK}.channel_mixer.body.conv2`]: 'added'
		});
		expect(marks.get(`${BLOCK}.channel_mixer`)).toBe('added');
	});

	it('takes the mark of a branches node as its join only, that of a sequential as all in it', () => {
		const joined = shown({ [`${BLOCK}.channel_mixer`]: 'added' });
		expect(joined.get(`${BLOCK}.channel_mixer`)).toBe('contains-changes');
		expect(joined.has(`${BLOCK}.channel_mixer.body.conv1`)).toBe(false);
		expect(shown({ [BLOCK]: 'added' }).get(`${BLOCK}.se.excite.fc1`)).toBe('added');
	});
});

describe('marksOf', () => {
	it('shows step 1 as the paper tells it: token mixer and SE moved', () => {
		const [before, after] = [ROADMAP[0]!, ROADMAP[1]!].map(({ design }) => analyseDesign(design));
		const marks = marksOf(diffTrees(before!.root, after!.root));
		const block = 'stages.2.blocks.4';
		const shown = foldMarks(after!.root, marks.after);
		expect(shown.get(`${block}.token_mixer`)).toBe('moved');
		expect(shown.get(`${block}.se`)).toBe('moved');
		expect(marks.before.get(`${block}.body.depthwise`)).toBe('moved');
		expect([...marks.after.values()]).not.toContain('removed');
		expect([...marks.before.values()]).not.toContain('added');
	});
});

describe('the two forms compared', () => {
	it('mark what training adds, and keep what runs as it was', () => {
		const { design } = ROADMAP[8]!;
		const [deploy, training] = [design, { ...design, form: 'training' } as const].map(
			analyseDesign
		);
		const marks = marksOf(diffTrees(deploy!.root, training!.root));
		expect(marks.before.size).toBe(0);
		const shown = foldMarks(training!.root, marks.after);
		const mixer = 'stages.2.blocks.1.token_mixer';
		expect(shown.get(mixer)).toBe('contains-changes');
		expect(shown.has(`${mixer}.conv.branches.depthwise.c`)).toBe(false);
		expect(shown.get(`${mixer}.conv.branches.pointwise`)).toBe('added');
		expect(shown.get(`${mixer}.conv.bn`)).toBe('added');
	});
});

describe('badgeOf', () => {
	it('puts one sign where a change begins, and a dot where it is out of sight', () => {
		const { root, shapes } = analyseDesign(ROADMAP[8]!.design);
		const block = 'stages.2.blocks.0';
		const marks = foldMarks(root, new Map([[`${block}.se.excite`, 'added']]));
		const badges = (open: ReadonlySet<string>) =>
			layoutDiagram({ root, shapes, focus: 'stages.2', open })
				.parts.map((part) => [part.path, badgeOf(part, marks)] as const)
				.filter(([, badge]) => badge !== null);
		expect(badges(new Set())).toEqual([[block, 'changed']]);
		expect(badges(openBelow(root, 'stages.2', Infinity))).toEqual([[`${block}.se`, 'added']]);
	});
});
