import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseDesign, type TreeAnalysis } from '$lib/arch/analysis';
import { compareNetworks } from '$lib/arch/comparison';
import { ROADMAP } from '$lib/arch/roadmap';
import { layoutDiagram } from '$lib/diagram/layout/layout';
import type { Box, Layout, Part } from '$lib/diagram/layout/types';
import { defaultOpen } from '$lib/diagram/layout/visible';
import { foldMarks, marksOf } from '$lib/diagram/marks';
import { firstChanged } from '$lib/diagram/morph/first-changed';
import { frameAt } from '$lib/diagram/morph/frame';
import { pathMatching } from '$lib/diagram/morph/matching';
import { planMorph } from '$lib/diagram/morph/plan';
import type { MorphFrame, MorphPart, MorphPlan } from '$lib/diagram/morph/types';
import { arbitraryDesign } from '../arch/designs';

const STEPS = ROADMAP.map(({ design }) => analyseDesign(design));
const DEPTHS = [0, 1, 2, Infinity];

function drawing({ root, shapes }: TreeAnalysis, depth: number): Layout {
	return layoutDiagram({ root, shapes, open: defaultOpen(root, depth) });
}

/** The way from one network to another, and the way back. */
function ways(a: TreeAnalysis, b: TreeAnalysis, depths: readonly [number, number]) {
	const [before, after] = [drawing(a, depths[0]), drawing(b, depths[1])];
	const matched = pathMatching(a.root, b.root);
	const inverse = new Map([...matched].map(([late, early]) => [early, late]));
	return {
		there: planMorph({ before, after, matched }),
		back: planMorph({ before: after, after: before, matched: inverse })
	};
}

const present = <T extends { readonly presence: number }>(items: readonly T[]) =>
	items.filter(({ presence }) => presence > 0);

/** An empty layer shows nothing, however present it is. */
const drawnLayers = ({ layers }: MorphFrame) =>
	present(layers).filter(({ edges, arcs, splits, joins }) =>
		[edges, arcs, splits, joins].some(({ length }) => length > 0)
	);

const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

/** What is seen at a moment, in the form of a layout; order aside, which is that of drawing. */
function seen(frame: MorphFrame) {
	const parts = present(frame.parts).map(({ part, cells, x, y, scale, presence }) => {
		expect({ scale, presence }).toEqual({ scale: 1, presence: 1 });
		return { ...part, x, y, ...(cells && { cells: [...cells].sort(byText) }) };
	});
	const layers = drawnLayers(frame);
	for (const layer of layers) expect(layer.presence).toBe(1);
	return sorted({
		...frame,
		parts,
		edges: layers.flatMap(({ edges }) => edges),
		arcs: layers.flatMap(({ arcs }) => arcs),
		splits: layers.flatMap(({ splits }) => splits),
		joins: layers.flatMap(({ joins }) => joins)
	});
}

function sorted(
	layout: Pick<
		Layout,
		'parts' | 'edges' | 'arcs' | 'splits' | 'joins' | 'terminals' | 'width' | 'height'
	>
) {
	const place = (item: { path: string }) => ({ ...item, path: null });
	const line = ({ d, arrow }: { d: string; arrow: unknown }) => ({ d, arrow });
	return {
		parts: [...layout.parts]
			.map((part) => ({ ...part, node: part.path }))
			.map((part) => ('cells' in part ? { ...part, cells: [...part.cells].sort(byText) } : part))
			.sort((a, b) => (a.path < b.path ? -1 : 1)),
		edges: layout.edges.map(line).sort(byText),
		arcs: layout.arcs.map(line).sort(byText),
		splits: layout.splits.map(place).sort(byText),
		joins: layout.joins.map(place).sort(byText),
		terminals: layout.terminals,
		size: [layout.width, layout.height]
	};
}

function checkEnds(plan: MorphPlan) {
	expect(seen(frameAt(plan, 0))).toEqual(sorted(plan.before));
	expect(seen(frameAt(plan, 1))).toEqual(sorted(plan.after));
}

/** Every number of a moment; of paths too. */
function numbers(frame: MorphFrame): number[] {
	const ofPart = ({ part, cells, x, y, presence, scale }: MorphPart) => [
		x,
		y,
		presence,
		scale,
		...sizeOf(part),
		...(cells ?? []).flatMap((cell) => [cell.x, cell.y, cell.width, cell.height])
	];
	return [
		frame.width,
		frame.height,
		...frame.parts.flatMap(ofPart),
		...frame.terminals.flatMap(({ x, y }) => [x, y]),
		...frame.layers.flatMap(({ presence, edges, arcs, splits, joins }) => [
			presence,
			...[...edges, ...arcs].flatMap(({ d, arrow }) => [
				...(d.match(/-?[\d.]+|NaN|Infinity|undefined/g) ?? []).map(Number),
				...(arrow ? [arrow.x, arrow.y] : [])
			]),
			...[...splits, ...joins].flatMap(({ x, y }) => [x, y])
		])
	];
}

function sizeOf(part: Part): number[] {
	const { left, right, height } = part;
	if (part.kind === 'frame') return [left, right, height];
	const { topWidth, bottomWidth, shoulder, cellsHeight } = part;
	return [left, right, height, topWidth, bottomWidth, shoulder, cellsHeight];
}

/** What a moment looks like, whichever way it is told: a row of numbers for everything seen. */
function appearance(frame: MorphFrame): number[][] {
	const parts = present(frame.parts).map(({ part, cells, x, y, presence, scale }) => [
		x,
		y,
		presence,
		scale,
		...sizeOf(part),
		...(cells ?? (part.kind === 'box' ? part.cells : []))
			.map((cell) => [cell.x, cell.y, cell.width, cell.height])
			.sort(inOrder)
			.flat()
	]);
	const lines = drawnLayers(frame).flatMap(({ presence, edges, arcs, splits, joins }) => [
		...[...edges, ...arcs].map(({ d }) => [presence, ...(d.match(/-?[\d.]+/g) ?? []).map(Number)]),
		...[...splits, ...joins].map(({ x, y }) => [presence, x, y])
	]);
	return [...parts, ...lines, [frame.width, frame.height]].sort(inOrder);
}

/** By their numbers, to what rounding leaves of them. */
function inOrder(a: readonly number[], b: readonly number[]): number {
	const index = a.findIndex((value, place) => Math.abs(value - (b[place] ?? Infinity)) > TOLERANCE);
	return index === -1 ? a.length - b.length : a[index]! - (b[index] ?? Infinity);
}

/** Paths are written to a hundredth of a pixel. */
const TOLERANCE = 0.011;

function expectSameLook(one: MorphFrame, other: MorphFrame) {
	const [a, b] = [appearance(one), appearance(other)];
	expect(a.map(({ length }) => length)).toEqual(b.map(({ length }) => length));
	const others = b.flat();
	const apart = a.flat().map((value, index) => Math.abs(value - others[index]!));
	expect(apart.reduce((most, value) => Math.max(most, value), 0)).toBeLessThan(TOLERANCE);
}

function checkContinuity(plan: MorphPlan, t: number) {
	const [now, next] = [frameAt(plan, t), frameAt(plan, t + 0.01)];
	const travel = new Map(
		plan.parts.map(({ key, before, after }) => [
			key,
			before && after ? [after.x - before.x, after.y - before.y] : [0, 0]
		])
	);
	const later = new Map(next.parts.map((part) => [part.key, part]));
	for (const part of now.parts) {
		const other = later.get(part.key)!;
		const [dx, dy] = travel.get(part.key)! as [number, number];
		// The middle half of the way, slow at its ends: at most 3 % of it in a hundredth.
		expect(Math.abs(other.x - part.x)).toBeLessThanOrEqual(0.0301 * Math.abs(dx) + 1e-6);
		expect(Math.abs(other.y - part.y)).toBeLessThanOrEqual(0.0301 * Math.abs(dy) + 1e-6);
		expect(Math.abs(other.presence - part.presence)).toBeLessThan(0.04);
		expect(Math.abs(other.part.height - part.part.height)).toBeLessThanOrEqual(
			0.0301 * Math.max(plan.before.height, plan.after.height)
		);
	}
	now.layers.forEach(({ presence }, index) => {
		expect(Math.abs(next.layers[index]!.presence - presence)).toBeLessThan(0.04);
	});
}

const moment = fc.double({ min: 0, max: 0.99, noNaN: true });
const anyDepth = fc.constantFrom(...DEPTHS);

describe.each(DEPTHS)(
	'the way from step to step, opened to depth %d',
	{ timeout: 30_000 },
	(depth) => {
		it.each(STEPS.slice(1).map((after, index) => ({ step: index, before: STEPS[index]!, after })))(
			'begins and ends as the two are drawn, and moves without a jump: step $step to the next',
			({ before, after }) => {
				const { there, back } = ways(before, after, [depth, depth]);
				checkEnds(there);
				for (let hundredth = 0; hundredth < 100; hundredth += 3) {
					const t = hundredth / 100;
					const frame = frameAt(there, t);
					expect(numbers(frame).every(Number.isFinite)).toBe(true);
					checkContinuity(there, t);
					expectSameLook(frame, frameAt(back, 1 - t));
				}
			}
		);
	}
);

describe('the way between any two designs', { timeout: 30_000 }, () => {
	const pair = fc.tuple(arbitraryDesign({ small: true }), arbitraryDesign({ small: true }));

	it('begins and ends exactly, whatever is open on either side', () => {
		fc.assert(
			fc.property(pair, anyDepth, anyDepth, ([a, b], one, other) => {
				checkEnds(ways(analyseDesign(a), analyseDesign(b), [one, other]).there);
			}),
			{ numRuns: 25 }
		);
	});

	it('is finite, continuous, and the way back in a mirror', () => {
		fc.assert(
			fc.property(pair, anyDepth, anyDepth, moment, ([a, b], one, other, t) => {
				fc.pre(Math.abs(t - 0.5) > 1e-9);
				const { there, back } = ways(analyseDesign(a), analyseDesign(b), [one, other]);
				const frame = frameAt(there, t);
				expect(numbers(frame).every(Number.isFinite)).toBe(true);
				checkContinuity(there, t);
				expectSameLook(frame, frameAt(back, 1 - t));
			}),
			{ numRuns: 25 }
		);
	});

	it('has every element once: keys never clash', () => {
		fc.assert(
			fc.property(pair, anyDepth, moment, ([a, b], depth, t) => {
				const { there } = ways(analyseDesign(a), analyseDesign(b), [depth, depth]);
				const { parts, layers } = frameAt(there, t);
				expect(new Set(parts.map(({ key }) => key)).size).toBe(parts.length);
				for (const { cells = [] } of parts) {
					expect(new Set(cells.map(({ path }) => path)).size).toBe(cells.length);
				}
				for (const { edges, arcs, joins } of layers) {
					const ids = [...edges, ...arcs].map(({ id }) => id);
					expect(new Set(ids).size).toBe(ids.length);
					expect(new Set(joins.map(({ path }) => path)).size).toBe(joins.length);
				}
			}),
			{ numRuns: 20 }
		);
	});

	it('stands still between a network and itself', () => {
		const { there } = ways(STEPS[8]!, STEPS[8]!, [2, 2]);
		for (const t of [0, 0.3, 0.5, 0.8, 1]) {
			expect(seen(frameAt(there, t))).toEqual(sorted(there.before));
		}
	});
});

describe('what the eye can follow', () => {
	const { there } = ways(STEPS[5]!, STEPS[6]!, [0, 0]);
	const stage = (t: number) =>
		frameAt(there, t).parts.find(({ part }) => part.path === 'stages.2')!;

	it('grows the cells of a closed stage in once it has made room', () => {
		const counts = [0, 0.5, 0.6, 0.7, 1].map((t) => {
			const { part, cells } = stage(t);
			return (cells ?? (part as Box).cells).length;
		});
		const [before, after] = [5, 6].map(
			(step) => drawing(STEPS[step]!, 0).boxes.find(({ path }) => path === 'stages.2')!.cells.length
		);
		expect(counts).toEqual([before, before, before, after, after]);
		const newest = stage(0.7).cells!.at(-1)!;
		expect(newest.width).toBeGreaterThan(0);
		expect(newest.width).toBeLessThan((stage(1).part as Box).cells.at(-1)!.width / 2);
	});

	it('counts the blocks of one of the two networks, never a number between', () => {
		const blocks = ({ part }: MorphPart) =>
			(part as Box).cells.filter(({ role }) => role === 'block').length;
		const counts = new Set(Array.from({ length: 101 }, (_, index) => blocks(stage(index / 100))));
		expect(counts).toEqual(new Set([blocks(stage(0)), blocks(stage(1))]));
	});

	it('lets removals go before what stays moves far, and additions come when it has arrived', () => {
		const { there } = ways(STEPS[0]!, STEPS[1]!, [2, 2]);
		const gone = (t: number) =>
			frameAt(there, t).parts.filter(({ key, presence }) => key.startsWith('-') && presence > 0);
		const come = (t: number) =>
			frameAt(there, t).parts.filter(({ key, presence }) => key.startsWith('+') && presence > 0);
		expect(gone(0).length).toBeGreaterThan(0);
		expect(gone(0.45)).toEqual([]);
		expect(come(0.55)).toEqual([]);
		expect(come(1).length).toBeGreaterThan(0);
	});

	it('fades a stage that is closed into one that is open, both in one place', () => {
		const { there } = ways(STEPS[8]!, STEPS[8]!, [0, 1]);
		const faces = frameAt(there, 0.5).parts.filter(({ part }) => part.path === 'stages.2');
		expect(faces.map(({ part }) => part.kind).sort()).toEqual(['box', 'frame']);
		const [one, other] = faces as [MorphPart, MorphPart];
		expect([one.x, one.y, one.part.height]).toEqual([other.x, other.y, other.part.height]);
		expect(one.presence + other.presence).toBeCloseTo(1);
	});

	it('keeps the spine whole: a line gives way only as what comes between is there', () => {
		// Squeeze-and-excitation, which the last step puts between two mixers of some blocks.
		const { there } = ways(STEPS[7]!, STEPS[8]!, [2, 2]);
		const bridges = (t: number) =>
			frameAt(there, t).layers.find(({ fate }) => fate === 'bridge-out')!;
		expect(bridges(0.6).edges.length).toBeGreaterThan(0);
		expect(bridges(0.6).presence).toBe(1);
		expect(bridges(1).presence).toBe(0);
	});

	it('keeps the object of a part that only glides, so that nothing of it is drawn anew', () => {
		const { there } = ways(STEPS[5]!, STEPS[6]!, [1, 1]);
		const at = (t: number) => new Map(frameAt(there, t).parts.map((part) => [part.key, part]));
		const [one, other] = [at(0.52), at(0.53)];
		const moving = [...one.values()].filter(({ key, y }) => other.get(key)!.y !== y);
		const kept = moving.filter(({ key, part }) => other.get(key)!.part === part);
		expect(moving.length).toBeGreaterThan(0);
		expect(kept.length / moving.length).toBeGreaterThan(0.8);
	});
});

describe('the first part that is not the same in both', () => {
	function first(step: number, depth: number) {
		const [a, b] = [STEPS[step - 1]!, STEPS[step]!];
		const { before, after, changes, matching } = compareNetworks(a, b);
		const marks = marksOf(changes);
		const plan = planMorph({
			before: drawing(before, depth),
			after: drawing(after, depth),
			matched: matching.toBefore
		});
		const folded = {
			before: foldMarks(before.root, marks.before),
			after: foldMarks(after.root, marks.after)
		};
		return { span: firstChanged(plan, folded), at: drawing(b, depth) };
	}
	const topOf = ({ parts }: Layout, path: string) => parts.find((part) => part.path === path)!.y;

	it('is the stem where that changes, and the classifier where only that does', () => {
		const [stem, head] = [first(3, 1), first(5, 1)];
		expect(stem.span!.top).toBeLessThan(topOf(stem.at, 'stages.0'));
		expect(head.span!.top).toBeGreaterThanOrEqual(topOf(head.at, 'head'));
	});

	it('is in a stage, not the frame around it', () => {
		const { span, at } = first(6, 1);
		expect(span!.top).toBeGreaterThan(topOf(at, 'stages.0'));
	});

	it('is nothing between equal networks', () => {
		const [same] = STEPS;
		const layout = drawing(same!, 1);
		const plan = planMorph({
			before: layout,
			after: layout,
			matched: pathMatching(same!.root, same!.root)
		});
		expect(firstChanged(plan, { before: new Map(), after: new Map() })).toBeNull();
	});
});
