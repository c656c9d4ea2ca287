import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BASELINE } from '$lib/arch/design';
import { analyse } from '$lib/measure/analyse';
import type { RoundRecord } from '$lib/measure/events';
import { runOptions } from '$lib/measure/protocol';
import { newRecord } from '$lib/measure/record';
import type { RunCheck } from '$lib/measure/check-types';
import { controlLogRatios, pairLogRatios, tableOfRounds } from '$lib/measure/visit-table';
import { widenedTail } from '$lib/stats/interval';

/** The section of METHODOLOGY.md that works an example through, as it is printed. */
const [, section = ''] =
	/### 7\.12 A worked example\n([\s\S]*?)\n## /.exec(readFileSync('docs/METHODOLOGY.md', 'utf8')) ??
	[];

const rounds: RoundRecord[] = [...section.matchAll(/^\| (\d+) .*$/gm)].map(([line]) => {
	const [round = NaN, first = NaN, second = NaN, b = NaN] = line
		.split('|')
		.slice(1, -1)
		.map(Number);
	return {
		round,
		startMs: 0,
		durationMs: 300,
		visits: [
			{ id: 'a', control: false, ms: [first] },
			{ id: 'b', control: false, ms: [b] },
			{ id: 'a', control: true, ms: [second] }
		]
	};
});

const candidates = ['a', 'b'].map((id) => ({ id, label: id, design: BASELINE }));
const record = {
	...newRecord(runOptions({ candidates, seed: 1 }), '2026-01-02T00:00:00.000Z'),
	referenceId: 'a',
	rounds
};

describe('the worked example of METHODOLOGY.md', () => {
	const result = analyse(record);
	const table = tableOfRounds(rounds);
	const logs = pairLogRatios(table, { a: 'b', b: 'a' }, 'a');
	const check = <N extends RunCheck['name']>(name: N) =>
		result.checks!.find((each): each is Extract<RunCheck, { name: N }> => each.name === name)!;
	const changeOf = (name: 'drift' | 'thirds') => {
		const found = result.checks!.find((each) => each.name === name);
		return found && 'change' in found ? found.change! : NaN;
	};
	const { value, low, high } = result.candidates[1]!.ratio!;
	const control = check('control').ratio;
	const percent = (fraction: number) => `${(100 * fraction).toFixed(1)} %`;

	it.each([
		['the table has twelve rounds', () => String(rounds.length === 12 && 'twelve rounds')],
		['log ratio of the first round', () => logs[0]!.toFixed(4)],
		['log ratio of the second round', () => logs[1]!.toFixed(4)],
		['the ratio', () => `${value.toFixed(4)}`],
		['its interval', () => `[${low.toFixed(4)}, ${high.toFixed(4)}]`],
		['the share cut off', () => widenedTail(0.025, 12).toFixed(4)],
		['the verdict', () => `\`${result.candidates[1]!.verdict}\``],
		[
			'the control',
			() => `${control.value.toFixed(4)} [${control.low.toFixed(4)}, ${control.high.toFixed(4)}]`
		],
		['the drift', () => percent(changeOf('drift'))],
		['the thirds', () => percent(changeOf('thirds'))],
		['the dependence', () => check('dependence').largest!.toFixed(2)],
		['outliers', () => `${result.candidates[1]!.outliers.mild} beyond 1.5`],
		['a slow round is kept', () => `${result.candidates[1]!.samples.length} values of b`]
	])('prints what the code finds: %s', (_, print) => {
		expect(section.replaceAll('\n', ' ')).toContain(print());
	});

	it('comes to what it says by hand: the median of the middle two', () => {
		const ordered = [...logs].sort((a, b) => a - b);
		expect(Math.exp((ordered[5]! + ordered[6]!) / 2)).toBeCloseTo(value, 12);
		expect(controlLogRatios(table, 'a')).toHaveLength(12);
	});
});
