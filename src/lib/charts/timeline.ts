import { extent, median, scaleLinear, scaleLog } from 'd3';
import type { CandidateResult, LogEntry, RunResult } from '../measure/types';
import { formatNumber } from '../ui/format';
import type { Tick } from './latency-accuracy';
import { tickDecimals } from './tick-decimals';
import type { Point, Rect } from './types';

/** What happened beside the samples, as it is drawn. */
export type TimelineEventKind =
	| 'dropped'
	| 'hidden'
	| 'paused'
	| 'held'
	| 'warm-up'
	| 'restart'
	| 'pressure'
	| 'battery'
	| 'throttled'
	| 'clock'
	| 'other';

export interface TimelineEvent {
	readonly kind: TimelineEventKind;
	readonly round: number;
	readonly entry: LogEntry;
}

export interface EventMark extends Point {
	readonly kind: TimelineEventKind;
	readonly glyph: string;
}

export interface TimelineSeries {
	readonly id: string;
	readonly points: readonly Point[];
	/** Through the rounds that count; broken where some are missing. */
	readonly line: string;
	/** Lowest and highest value over the median. */
	readonly low: number;
	readonly high: number;
}

export interface TimelineLayout {
	readonly width: number;
	readonly height: number;
	readonly plot: Rect;
	readonly series: readonly TimelineSeries[];
	readonly marks: readonly EventMark[];
	readonly roundTicks: readonly Tick[];
	readonly valueTicks: readonly Tick[];
	/** Where a value equals its network's median. */
	readonly middle: number;
}

/** Letters and signs, one each: colour is never alone. */
export const EVENT_GLYPHS: { readonly [K in TimelineEventKind]: string } = {
	dropped: '×',
	hidden: 'H',
	paused: '‖',
	held: '‖',
	'warm-up': '↻',
	restart: '!',
	pressure: 'P',
	battery: 'B',
	throttled: 'T',
	clock: 'C',
	other: '•'
};

const LEFT = 48;
const RIGHT = 10;
const PLOT_HEIGHT = 130;
const BOTTOM = 36;
const MARK_STEP = 16;
const TICK_ROOM = 14;
/** More rows of marks would push the values out of sight; the list below holds them all. */
const MOST_MARK_ROWS = 4;
/** Beyond this spread a linear axis would squeeze all but the slowest rounds into one line. */
const LOG_FROM_SPREAD = 4;

/** The events of a run that have a place in time, in order. */
export function timelineEvents(log: readonly LogEntry[]): TimelineEvent[] {
	return log.flatMap((entry) => {
		const kind = kindOf(entry);
		return entry.round === undefined || kind === null ? [] : [{ kind, round: entry.round, entry }];
	});
}

function kindOf({ event, detail }: LogEntry): TimelineEventKind | null {
	switch (event) {
		case 'round-dropped':
			return 'dropped';
		case 'paused':
			if (detail === 'page-hidden') return 'hidden';
			return detail === 'visitor' || detail === 'another-tab' ? 'paused' : 'held';
		case 'warmed-up-again':
			return 'warm-up';
		case 'worker-restarted':
			return 'restart';
		case 'pressure':
		case 'battery':
			return event;
		case 'page-throttled':
			return 'throttled';
		case 'clock-jumped':
			return 'clock';
		case 'resumed':
			// A warm-up follows, which is drawn.
			return null;
		case 'candidate-failed':
		case 'reference-replaced':
		case 'threads-reduced':
		case 'guard-overruled':
			return 'other';
	}
}

/** Positions of every mark, in pixels; null before the first round. Pure. */
export function layoutTimeline(options: {
	readonly result: Pick<RunResult, 'candidates' | 'droppedRounds' | 'log'>;
	/** Which candidates are drawn. */
	readonly ids: readonly string[];
	readonly width: number;
}): TimelineLayout | null {
	const { result, ids, width } = options;
	const values = ids.flatMap((id) => {
		const found = result.candidates.find(({ candidate }) => candidate.id === id);
		const rounds = found ? relativeRounds(found) : [];
		return rounds.length > 0 ? [{ id, rounds }] : [];
	});
	const all = values.flatMap(({ rounds }) => rounds.map(({ value }) => value));
	const [low, high] = extent(all);
	if (low === undefined || high === undefined) return null;
	const events = timelineEvents(result.log);
	const lastRound = Math.max(
		1,
		...values.flatMap(({ rounds }) => rounds.map(({ round }) => round)),
		...events.map(({ round }) => round)
	);
	const x = scaleLinear([0, lastRound], [LEFT + 6, Math.max(LEFT + 7, width - RIGHT)]);
	const { marks, rows } = placeMarks(events, x);
	const top = rows * MARK_STEP + 8;
	const plot: Rect = { x: LEFT, y: top, width: Math.max(1, width - LEFT), height: PLOT_HEIGHT };
	const domain = high > low ? [low, high] : [low * 0.95, low * 1.05];
	const range = [top + PLOT_HEIGHT - 6, top + 6];
	const isLog = low > 0 && high / low > LOG_FROM_SPREAD;
	const y = isLog ? scaleLog(domain, range) : scaleLinear(domain, range);
	return {
		width,
		height: top + PLOT_HEIGHT + BOTTOM,
		plot,
		series: values.map(({ id, rounds }) => drawSeries(id, rounds, x, y)),
		marks,
		roundTicks: x
			.ticks(Math.max(2, Math.floor(plot.width / 90)))
			.filter(Number.isInteger)
			.map((round) => ({ at: x(round), text: formatNumber(round + 1) })),
		valueTicks: apart(
			percentTicks(y.ticks(isLog ? 3 : 4)).map(([value, text]) => ({ at: y(value), text }))
		),
		middle: y(1)
	};
}

function percentTicks(values: readonly number[]): [value: number, text: string][] {
	const decimals = tickDecimals(values.map((value) => value * 100));
	return values.map((value) => [value, `${formatNumber(value * 100, decimals)}\u00a0%`]);
}

/** Ticks that leave room for each other's figures. */
function apart(ticks: readonly Tick[]): Tick[] {
	const kept: Tick[] = [];
	for (const tick of ticks) {
		if (kept.every(({ at }) => Math.abs(at - tick.at) >= TICK_ROOM)) kept.push(tick);
	}
	return kept;
}

interface RoundValue {
	readonly round: number;
	readonly value: number;
}

/** One value a round over the median of all: fast and slow networks share an axis. */
function relativeRounds({ samples }: Pick<CandidateResult, 'samples'>): RoundValue[] {
	const byRound = new Map<number, number[]>();
	for (const { round, ms } of samples) {
		const found = byRound.get(round);
		if (found) found.push(ms);
		else byRound.set(round, [ms]);
	}
	const rounds = [...byRound].map(([round, times]) => ({ round, ms: median(times)! }));
	const centre = median(rounds, ({ ms }) => ms) ?? 0;
	if (!(centre > 0)) return [];
	return rounds
		.map(({ round, ms }) => ({ round, value: ms / centre }))
		.sort((a, b) => a.round - b.round);
}

function drawSeries(
	id: string,
	rounds: readonly RoundValue[],
	x: (round: number) => number,
	y: (value: number) => number
): TimelineSeries {
	const points = rounds.map(({ round, value }) => ({ x: x(round), y: y(value) }));
	const line = points
		.map((point, i) => {
			const isNext = i > 0 && rounds[i]!.round === rounds[i - 1]!.round + 1;
			return `${isNext ? 'L' : 'M'}${point.x.toFixed(1)} ${point.y.toFixed(1)}`;
		})
		.join('');
	const [low = 1, high = 1] = extent(rounds, ({ value }) => value);
	return { id, points, line, low, high };
}

/** Marks in rows above the plot, so that no two lie on each other. */
function placeMarks(
	events: readonly TimelineEvent[],
	x: (round: number) => number
): { readonly marks: readonly EventMark[]; readonly rows: number } {
	const ends: number[] = [];
	const marks = [...events]
		.sort((a, b) => a.round - b.round)
		.flatMap(({ kind, round }) => {
			const at = x(round);
			const free = ends.findIndex((end) => at - end >= MARK_STEP);
			const row = free >= 0 ? free : ends.length;
			if (row >= MOST_MARK_ROWS) return [];
			ends[row] = at;
			return [{ kind, glyph: EVENT_GLYPHS[kind], x: at, y: row }];
		});
	const rows = ends.length;
	return { marks: marks.map((mark) => ({ ...mark, y: (mark.y + 0.5) * MARK_STEP })), rows };
}
