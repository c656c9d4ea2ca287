import { findNamedDesign } from '../../../src/lib/arch/named-designs';
import { layoutTimeline } from '../../../src/lib/charts/timeline';
import { analyse } from '../../../src/lib/measure/analyse';
import { startRun } from '../../../src/lib/measure/client';
import { PROTOCOL, runOptions } from '../../../src/lib/measure/protocol';
import type { RunRecord } from '../../../src/lib/measure/record';
import type { Estimate } from '../../../src/lib/measure/types';
import { logRatios, ratioInterval } from '../../../src/lib/stats/paired';
import { mulberry32 } from '../../../src/lib/stats/random';
import { drawResamples } from '../../../src/lib/stats/resample';
import { median } from '../../../src/lib/stats/summary';

export interface LiveDrawing {
	/** Rounds after a drawing over rounds after a pause of the page that drew nothing. */
	readonly ratio: Estimate;
	readonly pairs: number;
}

const ID = 'step1';
const WIDTH = 1100;

/**
 * Whether the live chart disturbs what it shows: within one run, every other time that the page may
 * draw it analyses and draws, and the times between it does nothing. What is measured from one of
 * those moments to the next is compared pair by pair, in random order.
 */
export async function liveDrawing(rounds: number): Promise<LiveDrawing> {
	const random = mulberry32(1);
	const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
	svg.setAttribute('width', String(WIDTH));
	svg.setAttribute('height', '200');
	document.body.append(svg);
	/** What was done at each moment, and the first round after it. */
	const moments: { readonly draws: boolean; readonly from: number }[] = [];
	let drawsFirst = true;
	const handle = startRun(
		{
			...runOptions({
				candidates: [{ id: ID, label: ID, design: findNamedDesign(ID)!.design }],
				minRounds: rounds,
				maxRounds: rounds,
				minMeasuringMs: 0
			}),
			maxMeasuringMs: 600_000
		},
		{
			onDraw: (record) => {
				const isFirst = moments.length % 2 === 0;
				if (isFirst) drawsFirst = random() < 0.5;
				const draws = isFirst === drawsFirst;
				moments.push({ draws, from: record.rounds.length });
				if (draws) draw(svg, record);
			}
		}
	);
	const { rounds: made } = await handle.ended;
	svg.remove();
	const values = moments.map(({ from }, i) => {
		const until = moments[i + 1]?.from ?? made.length;
		return median(made.slice(from, until).flatMap(({ visits }) => visits.flatMap(({ ms }) => ms)));
	});
	const pairs: { on: number; off: number }[] = [];
	for (let i = 0; i + 1 < moments.length; i += 2) {
		const [on, off] = moments[i]!.draws ? [i, i + 1] : [i + 1, i];
		pairs.push({ on: values[on]!, off: values[off]! });
	}
	const whole = pairs.filter(({ on, off }) => on > 0 && off > 0);
	const ratio = ratioInterval(
		logRatios(
			whole.map(({ on }) => on),
			whole.map(({ off }) => off)
		),
		drawResamples({ rounds: whole.length, random: mulberry32(1) }),
		PROTOCOL.report.level
	);
	if (!ratio) throw new Error(`Only ${whole.length} pairs of drawings: ask for more rounds.`);
	return { ratio, pairs: whole.length };
}

/** What the measuring page does with a new round: all statistics, and the run in time. */
function draw(svg: SVGSVGElement, record: RunRecord): void {
	const layout = layoutTimeline({ result: analyse(record), ids: [ID], width: WIDTH });
	svg.replaceChildren(
		...(layout?.series.flatMap(({ line, points }) => [
			element('path', { d: line, fill: 'none', stroke: 'currentColor' }),
			...points.map(({ x, y }) => element('circle', { cx: String(x), cy: String(y), r: '2' }))
		]) ?? [])
	);
}

function element(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
	const made = document.createElementNS('http://www.w3.org/2000/svg', name);
	for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
	return made;
}
