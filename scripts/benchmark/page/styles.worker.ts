/*
 * Two ONNX files of one network with the same weights, ours and one in the style of a PyTorch export,
 * run in turn by the instrument that the site measures with.
 */
import type { Design } from '../../../src/lib/arch/design';
import { startWasm } from '../../../src/lib/measure/backends/wasm';
import { measureTimerStep } from '../../../src/lib/measure/clock';
import { seededInput } from '../../../src/lib/measure/input';
import { PROTOCOL } from '../../../src/lib/measure/protocol';
import type { Estimate } from '../../../src/lib/measure/types';
import { isFailure, makeVisit, planVisit } from '../../../src/lib/measure/visit';
import { warmUp } from '../../../src/lib/measure/warm-up';
import { emitDesign } from '../../../src/lib/onnx/emit-design';
import { emptyModel } from '../../../src/lib/onnx/empty-model';
import { logRatios, ratioInterval } from '../../../src/lib/stats/paired';
import { mulberry32, shuffled } from '../../../src/lib/stats/random';
import { drawResamples } from '../../../src/lib/stats/resample';
import { median } from '../../../src/lib/stats/summary';
import { emitPytorchStyle } from '../pytorch-style';

export interface StyleCommand {
	readonly design: Design;
	readonly rounds: number;
}

export interface EmissionStyles {
	readonly oursMs: number;
	readonly pytorchMs: number;
	/** Ours over PyTorch's, paired by round. */
	readonly ratio: Estimate;
	/** Ours over ours: holds 1 on a machine that is quiet enough. */
	readonly control: Estimate;
	/** Largest difference between the two outputs: they must be the same network. */
	readonly maxAbsDifference: number;
	readonly rounds: number;
}

const SEED = 1;
const VISITS = ['ours', 'pytorch', 'control'] as const;
const clock = (): number => performance.now();

async function compare({ design, rounds }: StyleCommand): Promise<EmissionStyles> {
	const backend = await startWasm(1, clock, emptyModel());
	const timerStepMs = measureTimerStep(clock);
	const model = emitDesign(design, { seed: SEED });
	const input = seededInput(model.inputShape, SEED);
	const ours = await backend.load(model, input);
	const pytorch = await backend.load(emitPytorchStyle(design, { seed: SEED }), input);

	const typicalMs: number[] = [];
	await warmUp(
		new Map([
			['ours', ours],
			['pytorch', pytorch]
		]),
		{
			clock,
			timerStepMs,
			beforeRun: () => {},
			afterPass: () => Promise.resolve(true),
			onOutcome: (_, outcome) => void typicalMs.push(outcome.typicalMs),
			onError: (_, error) => {
				throw error;
			}
		}
	);
	const plan = planVisit(Math.min(...typicalMs), timerStepMs);
	if (isFailure(plan)) throw new Error(plan.detail);

	const sessions = { ours, pytorch, control: ours };
	const times: Record<(typeof VISITS)[number], number[]> = { ours: [], pytorch: [], control: [] };
	const random = mulberry32(SEED);
	for (let round = 0; round < rounds; round++) {
		for (const visit of shuffled(VISITS, random)) {
			times[visit].push(median(await makeVisit(sessions[visit], plan, clock)));
		}
	}
	const expected = pytorch.output();
	return {
		oursMs: median(times.ours),
		pytorchMs: median(times.pytorch),
		ratio: ratioOf(times.ours, times.pytorch),
		control: ratioOf(times.control, times.ours),
		maxAbsDifference: Math.max(
			...ours.output().map((value, index) => Math.abs(value - expected[index]!))
		),
		rounds
	};
}

function ratioOf(a: readonly number[], b: readonly number[]): Estimate {
	const resamples = drawResamples({ rounds: a.length, random: mulberry32(SEED) });
	const ratio = ratioInterval(logRatios(a, b), resamples, PROTOCOL.report.level);
	if (!ratio) throw new RangeError('A comparison needs at least two rounds.');
	return ratio;
}

self.onmessage = ({ data }: MessageEvent<StyleCommand>) => {
	compare(data).then(
		(styles) => self.postMessage(styles),
		(error: unknown) => self.postMessage({ error: String(error) })
	);
};
