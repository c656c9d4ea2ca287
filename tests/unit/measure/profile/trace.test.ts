import { describe, expect, it } from 'vitest';
import { analyseDesign } from '$lib/arch/analysis';
import type { Design } from '$lib/arch/design';
import { ROADMAP } from '$lib/arch/roadmap';
import { emitDesign } from '$lib/onnx/emit-design';
import { mapTimes } from '$lib/measure/profile/map-times';
import { readTrace } from '$lib/measure/profile/trace';
import { decodeModel } from '../../onnx/onnx-proto';

const entry = (cat: string, name: string, dur: number) =>
	JSON.stringify({ cat, pid: 1, tid: 1, dur, ts: 0, ph: 'X', name, args: {} });

/** Three runs of two kernels, as the runtime prints them, with what else a trace holds. */
const TRACE = [
	'[',
	`${entry('Session', 'model_loading_array', 900)},`,
	...[
		[5000, 4000, 900],
		[300, 100, 40],
		[500, 200, 60]
	].flatMap(([run, conv, add]) => [
		`${entry('Node', 'stem.conv1_kernel_time', conv!)},`,
		`${entry('Node', 'stem.conv1_fence_before', 7)},`,
		`${entry('Node', 'stages.0_kernel_time', add!)},`,
		`${entry('Session', 'model_run', run!)},`
	]),
	']'
].join('\n');

describe('the trace of a profiled session', () => {
	it('gives the middle of the runs, cold ones left out', () => {
		expect(readTrace(TRACE, 1)).toEqual({
			runMs: 0.4,
			kernelMs: 0.2,
			leastKernelMs: expect.closeTo(0.14) as number,
			overheadMs: expect.closeTo(0.2) as number,
			runs: 2,
			kernels: [
				{ name: 'stem.conv1', medianMs: 0.15000000000000002 },
				{ name: 'stages.0', medianMs: 0.05 }
			]
		});
		expect(readTrace(TRACE, 0).runMs).toBe(0.5);
	});

	it('says what is missing', () => {
		expect(() => readTrace('', 1)).toThrow('printed no trace');
		expect(() => readTrace('[{]', 1)).toThrow('not JSON');
		expect(() => readTrace('[]', 0)).toThrow('no runs');
		expect(() => readTrace(TRACE, 3)).toThrow('no runs');
		expect(() => readTrace(`[${entry('Session', 'model_run', 1)}]`, 0)).toThrow('no kernels');
	});
});

describe('times on the tree', () => {
	const { root } = analyseDesign(ROADMAP[8]!.design);

	it('are found by name, and what is of no node is kept apart', () => {
		const { timesMs, unmappedMs } = mapTimes(root, [
			{ name: 'stem.conv1', medianMs: 2 },
			{ name: 'stages.0.blocks.0.channel_mixer', medianMs: 0.5 },
			{ name: 'stages.0.blocks.0.channel_mixer#1', medianMs: 0.25 },
			{ name: 'Copy_17', medianMs: 0.125 }
		]);
		expect([...timesMs]).toEqual([
			['stem.conv1', 2],
			['stages.0.blocks.0.channel_mixer', 0.75]
		]);
		expect(unmappedMs).toBe(0.125);
	});

	it('find every kernel of the file by its path', () => {
		const design: Design = { ...ROADMAP[8]!.design, widths: [8, 16, 24, 32], classes: 10 };
		const { graph } = decodeModel(emitDesign(design, { seed: 1 }).bytes);
		const { timesMs, unmappedMs } = mapTimes(
			analyseDesign(design).root,
			graph.node.map(({ name }) => ({ name, medianMs: 1 }))
		);
		expect(unmappedMs).toBe(0);
		const mapped = [...timesMs.values()].reduce((sum, count) => sum + count, 0);
		expect(mapped).toBe(graph.node.length);
	});
});
