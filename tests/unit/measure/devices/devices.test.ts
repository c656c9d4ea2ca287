import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measuredColumns, protocolMajor, reportedColumn } from '$lib/measure/devices/column';
import { agreementWith, commonDesigns, placesIn } from '$lib/measure/devices/order';
import { ratioIn } from '$lib/measure/devices/ratios';
import { summarise, type RunSummary, type SummaryCandidate } from '$lib/measure/share/summary';
import { exampleRun } from '../example-run';

interface Given {
	readonly design: string | null;
	readonly ratio?: number;
	readonly half?: number;
	readonly execution?: number;
	readonly roundsNeeded?: number;
}

function estimate(value: number, half = 0.02, roundsNeeded?: number) {
	const around = { value, low: value * (1 - half), high: value * (1 + half) };
	return roundsNeeded === undefined ? around : { ...around, roundsNeeded };
}

/** A run's summary; the first candidate is the reference. */
function summaryOf(given: readonly Given[], more: Partial<RunSummary> = {}): RunSummary {
	const candidates = given.map(
		({ design, ratio = 1, half, execution = 0, roundsNeeded }, place): SummaryCandidate => ({
			design,
			label: design === null ? 'file' : '',
			execution,
			medianMs: estimate(10 * ratio),
			toReference:
				place === 0
					? null
					: {
							ratio: estimate(ratio, half, roundsNeeded),
							verdict: ratio > 1 ? 'slower' : 'faster'
						},
			isSteady: true,
			hasFailed: false
		})
	);
	const { conditions } = summarise(exampleRun())!;
	return {
		ended: 'done',
		roundCount: 40,
		conditions,
		executions: [{ backend: 'wasm', threads: 1, precision: 'float32' }],
		reference: 0,
		control: null,
		candidates,
		pairs: [],
		...more
	};
}

function columnOf(given: readonly Given[], more: Partial<RunSummary> = {}) {
	const [column] = measuredColumns('run', summaryOf(given, more));
	if (!column) throw new Error('no column');
	return column;
}

describe('a column', () => {
	it('is a run, by its designs; files, failures and repetitions are left out', () => {
		const given = [
			{ design: 'step0' },
			{ design: 'step8', ratio: 1.5 },
			{ design: 'step0', ratio: 1 },
			{ design: null, ratio: 2 },
			{ design: 'step3', ratio: 1.1 }
		];
		const summary = summaryOf(given);
		const failed = summary.candidates.map((each, place) =>
			place === 4 ? { ...each, hasFailed: true } : each
		);
		const [column] = measuredColumns('run', { ...summary, candidates: failed });
		expect([...column!.places]).toEqual([
			['step0', 0],
			['step8', 1]
		]);
	});

	it('is one lane of a run that had several', () => {
		const executions = [
			{ backend: 'wasm', threads: 1, precision: 'float32' },
			{ backend: 'webgpu', threads: 1, precision: 'float32' }
		];
		const given = [
			{ design: 'step0' },
			{ design: 'step8', ratio: 2 },
			{ design: 'step0', ratio: 0.5, execution: 1 },
			{ design: 'step8', ratio: 0.6, execution: 1 }
		];
		const columns = measuredColumns('run', summaryOf(given, { executions }));
		expect(columns.map(({ id, execution }) => [id, execution.backend])).toEqual([
			['run/0', 'wasm'],
			['run/1', 'webgpu']
		]);
		expect(ratioIn(columns[1]!, 'step8', 'step0')?.value).toBeCloseTo(1.2);
	});

	it('of the paper holds each published latency once, step 8 among them', () => {
		const { reportedMs } = reportedColumn();
		expect(reportedMs.get('step0')).toBe(1.01);
		expect(reportedMs.get('step8')).toBe(0.87);
		expect(reportedMs.has('repvit-m0.9')).toBe(false);
		expect(reportedMs.get('repvit-m2.3')).toBe(2.3);
	});

	it('knows the major version of its protocol', () => {
		const { conditions } = summaryOf([{ design: 'step0' }]);
		const of = (protocolVersion: string) =>
			protocolMajor(summaryOf([], { conditions: { ...conditions, protocolVersion } }));
		expect(['1.0.0', '12.3', 'odd'].map(of)).toEqual(['1', '12', 'odd']);
	});
});

describe('a ratio on one device', () => {
	const column = columnOf(
		[
			{ design: 'step0' },
			{ design: 'step3', ratio: 1.2, half: 0.01 },
			{ design: 'step8', ratio: 1.8, half: 0.02 }
		],
		{ pairs: [{ a: 2, b: 1, ratio: estimate(1.5, 0.005), verdict: 'slower' }] }
	);

	it('to the run’s own reference is the run’s own', () => {
		expect(ratioIn(column, 'step8', 'step0')).toEqual({
			...estimate(1.8, 0.02),
			basis: 'paired',
			verdict: 'slower'
		});
		expect(ratioIn(column, 'step0', 'step0')).toMatchObject({ value: 1, basis: 'itself' });
	});

	it('is turned round where the run had it the other way', () => {
		const ratio = ratioIn(column, 'step0', 'step8')!;
		expect(ratio.value).toBeCloseTo(1 / 1.8);
		expect(ratio.low).toBeCloseTo(1 / (1.8 * 1.02));
		expect(ratio).toMatchObject({ basis: 'paired', verdict: 'faster' });
	});

	it('is taken from a pair that the run compared', () => {
		expect(ratioIn(column, 'step8', 'step3')).toMatchObject({ value: 1.5, basis: 'paired' });
		expect(ratioIn(column, 'step3', 'step8')?.value).toBeCloseTo(1 / 1.5);
	});

	it('is derived where the run compared neither, and holds every quotient', () => {
		fc.assert(
			fc.property(
				fc.double({ min: 0.2, max: 5, noNaN: true }),
				fc.double({ min: 0.2, max: 5, noNaN: true }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				(one, other, at, otherAt) => {
					const given = [
						{ design: 'step0' },
						{ design: 'step1', ratio: one, half: 0.1 },
						{ design: 'step2', ratio: other, half: 0.05 }
					];
					const ratio = ratioIn(columnOf(given), 'step1', 'step2')!;
					expect(ratio.basis).toBe('derived');
					expect(ratio.value).toBeCloseTo(one / other);
					const quotient = (one * (0.9 + 0.2 * at)) / (other * (0.95 + 0.1 * otherAt));
					expect(ratio.low).toBeLessThanOrEqual(quotient * (1 + 1e-9));
					expect(ratio.high).toBeGreaterThanOrEqual(quotient * (1 - 1e-9));
				}
			)
		);
	});

	it('from too few rounds says so when derived, and judges nothing', () => {
		const few = columnOf([
			{ design: 'step0' },
			{ design: 'step1', ratio: 1, roundsNeeded: 9 },
			{ design: 'step2', ratio: 3 }
		]);
		expect(ratioIn(few, 'step2', 'step1')).toMatchObject({
			roundsNeeded: 9,
			verdict: 'cannot-tell'
		});
	});

	it('is none without both, and none without a reference', () => {
		expect(ratioIn(column, 'step7', 'step0')).toBeNull();
		expect(ratioIn(column, 'step0', 'step7')).toBeNull();
		const lost = columnOf([{ design: 'step0' }, { design: 'step1' }], { reference: null });
		const without = lost.summary.candidates.map((each) => ({ ...each, toReference: null }));
		const bare = { ...lost, summary: { ...lost.summary, candidates: without } };
		expect(ratioIn(bare, 'step1', 'step0')).toBeNull();
	});

	it('of the paper is the quotient of its figures, without an interval', () => {
		const ratio = ratioIn(reportedColumn(), 'step8', 'step0')!;
		expect(ratio).toMatchObject({ basis: 'reported', verdict: null });
		expect(ratio.value).toBeCloseTo(0.87 / 1.01);
		expect([ratio.low, ratio.high]).toEqual([ratio.value, ratio.value]);
	});
});

describe('the order on a device', () => {
	const designs = ['step0', 'step1', 'step2', 'step3'];
	const column = columnOf([
		{ design: 'step0' },
		{ design: 'step1', ratio: 0.7 },
		{ design: 'step2', ratio: 1.3, half: 0.05 },
		{ design: 'step3', ratio: 1.35, half: 0.05 }
	]);

	it('counts from the fastest, and leaves open what intervals leave open', () => {
		expect(placesIn(column, designs, 'step0')).toEqual([
			{ design: 'step0', rank: 2, isOpen: false },
			{ design: 'step1', rank: 1, isOpen: false },
			{ design: 'step2', rank: 3, isOpen: true },
			{ design: 'step3', rank: 4, isOpen: true }
		]);
	});

	it('compares the designs that all columns have', () => {
		const other = columnOf([{ design: 'step3' }, { design: 'step0', ratio: 2 }]);
		expect(commonDesigns([column, other, reportedColumn()], 'step0')).toEqual(['step0', 'step3']);
		expect(commonDesigns([column, other], 'step1')).toEqual([]);
		expect(commonDesigns([], 'step0')).toEqual([]);
	});

	it('agrees wholly with itself and not at all with its opposite', () => {
		const along = new Map([
			['step1', 1],
			['step0', 2],
			['step2', 3],
			['step3', 4]
		]);
		const against = new Map([...along].map(([design, ms]) => [design, 5 - ms]));
		const sharp = columnOf([
			{ design: 'step0' },
			{ design: 'step1', ratio: 0.5, half: 0.001 },
			{ design: 'step2', ratio: 2, half: 0.001 },
			{ design: 'step3', ratio: 3, half: 0.001 }
		]);
		expect(agreementWith(along, sharp, 'step0')).toEqual({
			rank: { value: 1, low: 1, high: 1 },
			count: 4
		});
		expect(agreementWith(against, sharp, 'step0').rank).toMatchObject({ value: -1, high: -1 });
		// Where two can't be told apart the coefficient has a range, the same each time.
		const blurred = agreementWith(along, column, 'step0');
		expect(blurred.rank!.low).toBeLessThan(1);
		expect(agreementWith(along, column, 'step0')).toEqual(blurred);
	});

	it('is not compared over two designs, nor from too few rounds', () => {
		const two = new Map([
			['step0', 1],
			['step1', 2]
		]);
		expect(agreementWith(two, column, 'step0')).toEqual({ rank: null, count: 2 });
		const few = columnOf([
			{ design: 'step0' },
			{ design: 'step1', ratio: 2 },
			{ design: 'step2', ratio: 3, roundsNeeded: 9 }
		]);
		const reported = reportedColumn().reportedMs;
		expect(agreementWith(reported, few, 'step0')).toEqual({ rank: null, count: 3 });
	});
});
