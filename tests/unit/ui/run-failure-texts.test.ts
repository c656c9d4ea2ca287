import { afterEach, describe, expect, it } from 'vitest';
import type { RunResult, RunStatus } from '$lib/measure/types';
import { overwriteGetLocale } from '$lib/paraglide/runtime';
import {
	failureAdvice,
	failureText,
	loggedFailureText,
	runFailureText,
	type AnyFailure
} from '$lib/ui/run-failure-texts';
import { runStateText } from '../../../src/routes/measure/texts';
import { candidateResult, runResult } from '../charts/sample-data';

afterEach(() => overwriteGetLocale(() => 'en'));

/** TypeScript refuses such a table when a reason is missing. */
const ALL: { readonly [R in AnyFailure]: true } = {
	'out-of-memory': true,
	'too-slow': true,
	'model-refused': true,
	'wrong-output': true,
	'too-fast-for-timer': true,
	'worker-crashed': true,
	'illegal-design': true,
	'backend-refused': true,
	'device-lost': true,
	'low-memory': true,
	'runtime-refused': true,
	'nothing-runs': true,
	'no-trace': true
};
const REASONS = Object.keys(ALL) as AnyFailure[];

const refused = (id: string, label: string, reason: 'model-refused' | 'out-of-memory') =>
	candidateResult(id, label, 1, { status: { state: 'failed', reason, detail: '' } });

function failed(reason: 'worker-crashed' | 'nothing-runs', more: Partial<RunResult>): RunResult {
	const status: RunStatus = { state: 'failed', reason, detail: 'no sign of life' };
	return runResult({ status, ...more });
}

describe.each(['en', 'zh-Hant'] as const)('a failure, in %s', (locale) => {
	it.each(REASONS)('%s is told in words, and what to do', (reason) => {
		overwriteGetLocale(() => locale);
		for (const text of [failureText(reason), failureAdvice(reason)]) {
			expect(text).not.toContain(reason);
		}
		// A clause goes into sentences of others.
		expect(failureText(reason)).toMatch(/[^.。]$/);
		if (reason !== 'nothing-runs') expect(failureAdvice(reason)).toMatch(/^.{10,}[.。]$/);
	});
});

describe('a run that failed', () => {
	it('says why, what is kept and what to do', () => {
		expect(runStateText(failed('worker-crashed', { roundCount: 12 }))).toBe(
			'The run failed: the browser ended the worker that ran it. ' +
				'What was measured in the 12 rounds before is kept and marked. ' +
				'Reload the page and close other tabs; if it happens again, choose fewer or smaller networks.'
		);
		overwriteGetLocale(() => 'zh-Hant');
		expect(runStateText(failed('worker-crashed', { roundCount: 0 }))).toBe(
			'測量失敗：瀏覽器結束了執行它的 worker。' +
				'請重新載入頁面，並關閉其他分頁；若再次發生，請選擇較少或較小的網路。'
		);
	});

	it('tells of each network why it did not run, those of one reason together', () => {
		const candidates = [
			refused('a', 'First', 'model-refused'),
			refused('b', 'Second', 'out-of-memory'),
			refused('c', 'Third', 'model-refused')
		];
		const text = runFailureText('nothing-runs', { roundCount: 0, candidates });
		expect(text).toContain(
			'none of the networks ran. First, Third: the runtime refused the model.'
		);
		expect(text).toContain('Second: out of memory. Close other tabs');
	});

	it('stands in the log in words too', () => {
		expect(loggedFailureText('step1@wasm-2: out-of-memory')).toBe('step1@wasm-2: out of memory');
		expect(loggedFailureText('whatever else')).toBe('whatever else');
	});
});
