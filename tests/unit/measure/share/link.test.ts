import fc from 'fast-check';
import { deflateSync, strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { decodeRun, encodeRun, runsInAddress } from '$lib/measure/share/link';
import { drawQr, QR_MAX_BYTES } from '$lib/measure/share/qr';
import { summarise, type RunSummary } from '$lib/measure/share/summary';
import { fromWire, toWire } from '$lib/measure/share/wire';
import { SWEEP_KEYS, defaultFactor } from '$lib/measure/sweep/factors';
import { sweepPlan } from '$lib/measure/sweep/sweep-plan';
import { exampleRun } from '../example-run';
import { sweepRun } from '../sweep/sweep-run';

function exampleSummary(): RunSummary {
	const summary = summarise(exampleRun());
	if (!summary) throw new Error('the example has conditions');
	return summary;
}

const packed = (json: unknown) =>
	`1.${Buffer.from(deflateSync(strToU8(JSON.stringify(json)))).toString('base64url')}`;

/** Every number to five digits, as a link holds them. */
function toFiveDigits(value: unknown): unknown {
	if (typeof value === 'number') return Number(value.toPrecision(5));
	if (Array.isArray(value)) return value.map(toFiveDigits);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, toFiveDigits(each)]));
}

describe('the summary of a run', () => {
	it('holds what was measured, and no sample', () => {
		const run = exampleRun();
		const summary = exampleSummary();
		expect(summary.candidates).toHaveLength(run.candidates.length);
		expect(summary.candidates[0]).toMatchObject({ design: 'step0', toReference: null });
		expect(summary.candidates[8]).toMatchObject({
			design: 'step8',
			medianMs: run.candidates[8]!.medianMs,
			toReference: { ratio: run.candidates[8]!.ratio, verdict: run.candidates[8]!.verdict }
		});
		expect(summary.executions).toEqual([{ backend: 'wasm', threads: 1, precision: 'float32' }]);
		// The first step's neighbour is the reference.
		expect(summary.pairs).toHaveLength(run.pairs.length - 1);
		expect(JSON.stringify(summary)).not.toContain('sample');
	});

	it('is none before the conditions are known', () => {
		expect(summarise({ ...exampleRun(), conditions: null })).toBeNull();
	});
});

describe('a share link', () => {
	it('holds the largest sweep, network by network', () => {
		const { base } = sweepRun('2026-11-27T08:00:00.000Z').options.sweep!;
		const plan = sweepPlan(base, SWEEP_KEYS.map(defaultFactor), 64);
		const summary = summarise(sweepRun('2026-11-27T08:00:00.000Z', plan))!;
		const link = encodeRun({ name: '', summary });
		const decoded = decodeRun(link);
		expect(decoded.ok && decoded.run.summary.candidates).toHaveLength(64);
		// Chats take so much; a camera does not, and the page says so.
		expect(link.length).toBeLessThan(8000);
		expect(drawQr(`https://example.org/devices/#run=${link}`)).toBeNull();
	});

	it('gives back the run, to five digits a figure', () => {
		const summary = exampleSummary();
		const link = encodeRun({ name: 'Büro 電腦', summary });
		const decoded = decodeRun(link);
		const start = summary.conditions.startedAt.replace(/\.\d+/, '');
		const expected = toFiveDigits(summary) as RunSummary;
		expect(decoded).toEqual({
			ok: true,
			run: {
				name: 'Büro 電腦',
				summary: {
					...expected,
					conditions: { ...expected.conditions, startedAt: start, seed: summary.conditions.seed }
				}
			}
		});
	});

	it('of nine designs takes under a thousand characters, and fits a QR code', () => {
		const link = encodeRun({ name: 'My laptop', summary: exampleSummary() });
		expect(link).toMatch(/^1\.[\w-]+$/);
		expect(link.length).toBeLessThan(1000);
		expect(drawQr(`https://example.org/repvit-explorer/devices/#run=${link}`)).not.toBeNull();
	});

	it('keeps a network from a file as its label', () => {
		const summary = exampleSummary();
		const [first, ...rest] = summary.candidates;
		const opened = {
			...summary,
			candidates: [{ ...first!, design: null, label: 'mine.safetensors' }, ...rest]
		};
		const decoded = decodeRun(encodeRun({ name: '', summary: opened }));
		expect(decoded.ok && decoded.run.summary.candidates[0]).toMatchObject({
			design: null,
			label: 'mine.safetensors'
		});
	});

	it.each([
		['', 'damaged'],
		['hello', 'damaged'],
		['1.', 'damaged'],
		['1.!!!!', 'damaged'],
		['1.AAAA', 'damaged'],
		['2.AAAA', 'unknown-version'],
		[packed({ not: 'a run' }), 'invalid'],
		[`1.${'A'.repeat(40_000)}`, 'too-long'],
		// A megabyte of one letter in a kilobyte.
		[packed('x'.repeat(1_000_000)), 'damaged']
	])('%.20s is refused as %s', (text, code) => {
		const decoded = decodeRun(text);
		expect(!decoded.ok && decoded.problem.code).toBe(code);
	});

	it('that lost its end, or a character, is refused', () => {
		const link = encodeRun({ name: '', summary: exampleSummary() });
		expect(decodeRun(link.slice(0, -40)).ok).toBe(false);
		expect(decodeRun(`${link.slice(0, 100)}${link.slice(101)}`).ok).toBe(false);
	});

	it('of any text is read without throwing', () => {
		fc.assert(
			fc.property(fc.string(), fc.json(), (text, json) => {
				expect(typeof decodeRun(`1.${text}`).ok).toBe('boolean');
				expect(decodeRun(packed(JSON.parse(json))).ok).toBe(false);
			})
		);
	});

	it('is found in the fragment of an address, once or more', () => {
		expect(runsInAddress('https://example.org/devices/?x=1#run=1.a&run=1.b-_')).toEqual([
			'1.a',
			'1.b-_'
		]);
		expect(runsInAddress('https://example.org/devices/?run=1.a')).toEqual([]);
		expect(runsInAddress('#content')).toEqual([]);
	});
});

describe('what a link unpacks to', () => {
	type Lists = unknown[][];
	const wire = () => toWire({ name: '', summary: exampleSummary() }) as Lists;

	it.each<[string, (lists: Lists) => void]>([
		['a design nobody knows', (lists) => ((lists[7]![0] as unknown[])[0] = 'v=1&stem=brass')],
		['a place that is not there', (lists) => ((lists[7]![0] as unknown[])[2] = 9)],
		['a reference that is not there', (lists) => ((lists as unknown[])[5] = 99)],
		['a median outside its interval', (lists) => ((lists[7]![0] as unknown[])[4] = [9, 1, 2])],
		['no time at all', (lists) => ((lists[7]![0] as unknown[])[4] = [0, 0, 0])],
		['a start that is no moment', (lists) => (lists[3]![9] = 'yesterday')],
		['no candidates', (lists) => (lists[7] = [])]
	])('is refused with %s', (_what, spoil) => {
		const lists = wire();
		spoil(lists);
		expect(fromWire(lists).ok).toBe(false);
		expect(fromWire(wire()).ok).toBe(true);
	});
});

describe('a QR code', () => {
	it('has its three corners, a quiet zone and nothing outside', () => {
		const drawn = drawQr('https://example.org/');
		expect(drawn!.size).toBeGreaterThanOrEqual(21 + 8);
		// Seven modules wide, four in: the outer ring of a corner.
		expect(drawn!.path).toContain('M4 4h7v1h-7z');
		expect(drawn!.path).toContain(`M${drawn!.size - 11} 4h7v1h-7z`);
		expect(drawn!.path).toContain(`M4 ${drawn!.size - 11}h7v1h-7z`);
		expect(drawn!.path).not.toMatch(/M[0-3] /);
	});

	it('is none for what no phone would read', () => {
		expect(drawQr('x'.repeat(QR_MAX_BYTES))!.size).toBe(125 + 8);
		expect(drawQr('x'.repeat(QR_MAX_BYTES + 1))).toBeNull();
	});
});
