import { findNamedDesign } from '../../arch/named-designs';
import type { RunJsonProblem } from '../../measure/export';
import type { HistoryEntry } from '../../measure/history/entry';
import type { LinkProblem } from '../../measure/share/link';
import { summarise, type Execution, type RunSummary } from '../../measure/share/summary';
import { readUserAgent } from '../../measure/share/user-agent';
import type { RunResult } from '../../measure/types';
import * as m from '../../paraglide/messages';
import type { HistoryTask, HistoryTrouble } from '../../state/history.svelte';
import { designName } from '../design-names';
import { formatDateTime, formatNumber } from '../format';
import { parted } from '../join-texts';
import { sweepName } from './sweep-name';

/** What a design of a summary is called. */
export function designLabel(design: string): string {
	return findNamedDesign(design)
		? designName(design)
		: m.history_own_design({ query: design.replace(/^v=1&?/, '') });
}

/** The networks of a run in few words: the only one, or the first, the last and how many. */
export function networksText({ candidates }: RunSummary): string {
	const labels = candidates.map(({ design, label }) =>
		design === null ? label : designLabel(design)
	);
	const [first = '', ...others] = labels;
	const last = others.at(-1);
	return last === undefined
		? first
		: m.history_networks({ first, last, count: formatNumber(labels.length) });
}

/** What a run is of: its networks, or the sweep that they are the corners of. */
export function contentText({ options }: RunResult, summary: RunSummary): string {
	return options.sweep ? sweepName(options.sweep) : networksText(summary);
}

/** When, where, on what and how long a run was measured. */
export function runFacts(summary: RunSummary): string {
	const rounds = formatNumber(summary.roundCount);
	return parted([
		formatDateTime(summary.conditions.startedAt),
		browserText(summary),
		summary.executions.map(executionText).join(' / '),
		summary.ended === 'stopped'
			? m.history_rounds_stopped({ count: rounds })
			: m.history_rounds({ count: rounds })
	]);
}

/** `Chrome 156 · Linux`. */
export function browserText({ conditions }: RunSummary): string {
	const { browser, system } = readUserAgent(conditions.userAgent);
	const known = [browser, system].filter((part) => part !== null);
	return known.length > 0 ? known.join(' · ') : m.history_unknown_browser();
}

const BACKENDS: Readonly<Record<string, string>> = {
	wasm: 'WASM',
	webgpu: 'WebGPU',
	webnn: 'WebNN'
};

/** `WASM, 1 thread, float32`. */
export function executionText({ backend, threads, precision }: Execution): string {
	return m.history_execution({
		backend: BACKENDS[backend] ?? backend,
		threads:
			threads === 1 ? m.history_thread_one() : m.history_threads({ count: formatNumber(threads) }),
		precision
	});
}

/** What a run is called: its name, or else browser and system. */
export function runName(name: string, summary: RunSummary): string {
	return name === '' ? browserText(summary) : name;
}

/** What a line of the history is called, for a button that is about it. */
export function entryName(entry: HistoryEntry): string {
	if (entry.name !== '') return entry.name;
	if (entry.state === 'readable') {
		const summary = summarise(entry.result);
		const date = summary && formatDateTime(summary.conditions.startedAt);
		if (summary) return `${contentText(entry.result, summary)}, ${date}`;
	}
	return entry.keptAt === null
		? entry.id
		: m.history_kept_at({ date: formatDateTime(entry.keptAt) });
}

const TASK_TEXTS: { readonly [T in HistoryTask]: () => string } = {
	read: m.history_task_read,
	keep: m.history_task_keep,
	rename: m.history_task_rename,
	remove: m.history_task_remove,
	undo: m.history_task_undo
};

/** What the history could not do, why, and what helps. */
export function troubleTexts({ task, code, detail }: HistoryTrouble): readonly string[] {
	return [TASK_TEXTS[task](), causeText(code, detail)];
}

function causeText(code: HistoryTrouble['code'], detail: string): string {
	switch (code) {
		case 'absent':
			return m.history_trouble_absent();
		case 'denied':
			return m.history_trouble_denied();
		case 'full':
			return m.history_trouble_full();
		case 'blocked':
			return m.history_trouble_blocked();
		case 'newer':
			return m.history_trouble_newer();
		case 'failed':
			return m.history_trouble_failed({ detail });
	}
}

/** Why a text or a record is no run, and what helps. */
export function runProblemText(problem: RunJsonProblem): string {
	switch (problem.code) {
		case 'not-json':
			return m.history_problem_not_json();
		case 'not-a-run':
			return m.history_problem_not_a_run();
		case 'unknown-version':
			return m.history_problem_version({ version: problem.version });
		case 'invalid':
			return m.history_problem_invalid({ path: problem.path, detail: problem.detail });
	}
}

/** Why a link is no run, and what helps. */
export function linkProblemText(problem: LinkProblem): string {
	switch (problem.code) {
		case 'unknown-version':
			return m.history_problem_link_version({ version: problem.version });
		case 'too-long':
			return m.history_problem_link_long();
		case 'damaged':
			return m.history_problem_link_damaged();
		case 'invalid':
			return m.history_problem_link_invalid({ path: problem.path, detail: problem.detail });
	}
}
