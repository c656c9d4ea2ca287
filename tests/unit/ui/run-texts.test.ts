import { afterEach, describe, expect, it } from 'vitest';
import type { HistoryFailure } from '$lib/measure/history/failure';
import type { LinkProblem } from '$lib/measure/share/link';
import type { RunJsonProblem } from '$lib/measure/export';
import { overwriteGetLocale } from '$lib/paraglide/runtime';
import { linkProblemText, runProblemText, troubleTexts } from '$lib/ui/runs/run-texts';

afterEach(() => overwriteGetLocale(() => 'en'));

/** TypeScript refuses such tables when a code is missing. */
const TROUBLES: { readonly [C in HistoryFailure['code']]: true } = {
	absent: true,
	denied: true,
	full: true,
	blocked: true,
	newer: true,
	failed: true
};
const PROBLEMS: { readonly [C in RunJsonProblem['code']]: Extract<RunJsonProblem, { code: C }> } = {
	'not-json': { code: 'not-json' },
	'not-a-run': { code: 'not-a-run' },
	'unknown-version': { code: 'unknown-version', version: '9' },
	invalid: { code: 'invalid', path: 'seed', detail: 'no number' }
};
const LINKS: { readonly [C in LinkProblem['code']]: Extract<LinkProblem, { code: C }> } = {
	'unknown-version': { code: 'unknown-version', version: '9' },
	'too-long': { code: 'too-long' },
	damaged: { code: 'damaged' },
	invalid: { code: 'invalid', path: 'seed', detail: 'no number' }
};

const texts = (): string[] => [
	...(Object.keys(TROUBLES) as HistoryFailure['code'][]).map((code) =>
		troubleTexts({ task: 'read', code, detail: 'DataError' }).join(' ')
	),
	...Object.values(PROBLEMS).map(runProblemText),
	...Object.values(LINKS).map(linkProblemText)
];

describe('what went wrong with a run that is kept or brought', () => {
	it.each([
		['en', /(^|[.;] |[a-z], )(and )?(use|allow|delete|close|reload|choose|take|ask|copy)\b/i],
		['zh-Hant', /請/]
	] as const)('says what to do, in %s', (locale, advice) => {
		overwriteGetLocale(() => locale);
		for (const text of texts()) expect(text).toMatch(advice);
	});
});
