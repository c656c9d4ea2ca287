/**
 * `npm test`: everything that must hold, from a fresh clone. Installs what is missing, runs every
 * stage even if one fails, and ends in one line: `N passed, N failed`.
 *
 *     npm test [-- STAGE...]     for example `npm test -- lint unit`
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findChromium, installChromium, whatToInstall } from './tools/chromium.mjs';
import { ROOT, installIfNeeded, requireNode, run } from './tools/project.mjs';

/** @typedef {{ passed: number, failed: number }} Counts */
/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {readonly string[]} command
 * @property {(report: any) => Counts} [count] reads the JSON report; without it a stage is one check
 * @property {string} [needs] a stage that must have passed
 * @property {true} [beside] runs beside the stages after it, as far as the build; its output comes
 * when it is done
 */

const REPORTS = 'test-results/reports';
const ENV = {
	...process.env,
	PATH: [join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter)
};

/** @type {readonly Stage[]} */
const STAGES = [
	{ name: 'sync', command: ['npm', 'run', '--silent', 'sync'] },
	{ name: 'lint', command: ['eslint', '.'], beside: true },
	{ name: 'format', command: ['prettier', '--check', '.'], beside: true },
	{ name: 'types', command: ['svelte-check', '--fail-on-warnings'], beside: true },
	// The service worker's globals are others than the page's, so it is a project of its own.
	{ name: 'worker-types', command: ['tsc', '-p', 'src/service-worker'], beside: true },
	{ name: 'knip', command: ['knip'], beside: true },
	{ name: 'unit', command: vitest('unit'), count: countVitest },
	{ name: 'browser', command: vitest('browser'), count: countVitest },
	{ name: 'build', command: ['vite', 'build', '--logLevel', 'warn'] },
	{ name: 'size', command: ['size-limit'], needs: 'build' },
	// Pages share the processors; what times networks has them for itself.
	{ name: 'e2e', command: playwright(2, 'isolated'), count: countPlaywright, needs: 'build' },
	{
		name: 'e2e-timed',
		command: playwright(1, 'timed', 'plain-host'),
		count: countPlaywright,
		needs: 'build'
	}
];
const NEED_CHROMIUM = ['browser', 'e2e', 'e2e-timed'];

/** @param {string} project */
function vitest(project) {
	const report = join(REPORTS, `${project}.json`);
	const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
	return ['vitest', 'run', '--project', project, ...reporters];
}

/**
 * @param {number} workers
 * @param {readonly string[]} projects
 */
function playwright(workers, ...projects) {
	const only = projects.map((project) => `--project=${project}`);
	return ['playwright', 'test', '--reporter=list,json', `--workers=${workers}`, ...only];
}

/**
 * @param {{ numPassedTests: number, numFailedTests: number, testResults: { status: string,
 * assertionResults: unknown[] }[] }} report
 * @returns {Counts}
 */
function countVitest({ numPassedTests, numFailedTests, testResults }) {
	// A file that does not load has no tests to count, and has failed all the same.
	const broken = testResults.filter(
		({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0
	);
	return { passed: numPassedTests, failed: numFailedTests + broken.length };
}

/**
 * @param {{ stats: { expected: number, unexpected: number, flaky: number }, errors: unknown[] }} report
 * @returns {Counts}
 */
function countPlaywright({ stats, errors }) {
	return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}

/**
 * @param {Stage} stage
 * @returns {Promise<Counts>}
 */
async function runStage({ name, command: [program = '', ...args], count, beside }) {
	if (!beside) console.log(`\n== ${name}`);
	const report = join(ROOT, REPORTS, `${name}.json`);
	rmSync(report, { force: true });
	const env = { ...ENV, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
	/** @type {string[]} */
	const output = [];
	const code = await run(
		program,
		args,
		beside ? { env, onOutput: (text) => output.push(text) } : { env }
	);
	if (beside) console.log(`\n== ${name}, run beside\n${output.join('')}`);
	const counts = count ? count(readReport(report)) : { passed: code === 0 ? 1 : 0, failed: 0 };
	// A runner that fails has failed, even where every test it got to passed.
	return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** @param {string} path */
function readReport(path) {
	try {
		return JSON.parse(readFileSync(path, 'utf8'));
	} catch {
		return {
			numPassedTests: 0,
			numFailedTests: 1,
			testResults: [],
			stats: { expected: 0, unexpected: 1, flaky: 0 },
			errors: []
		};
	}
}

requireNode();
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !STAGES.some((stage) => stage.name === name));
if (unknown.length > 0) {
	const names = STAGES.map(({ name }) => name).join(' ');
	console.error(`unknown stage: ${unknown.join(', ')}\nusage: npm test [-- STAGE...]  (${names})`);
	process.exit(2);
}
await installIfNeeded();
const stages = STAGES.filter(({ name }) => asked.length === 0 || asked.includes(name));
const needsChromium = stages.some(({ name }) => NEED_CHROMIUM.includes(name));
if (needsChromium && findChromium() === undefined && !installChromium()) {
	console.error(whatToInstall());
	process.exit(1);
}

mkdirSync(join(ROOT, REPORTS), { recursive: true });
const total = { passed: 0, failed: 0 };
/** @type {string[]} */
const failedStages = [];

/** @param {Stage} stage */
async function take(stage) {
	const blocked = stage.needs !== undefined && failedStages.includes(stage.needs);
	if (blocked) console.log(`\n== ${stage.name}: not run, since ${stage.needs} failed`);
	const { passed, failed } = blocked ? { passed: 0, failed: 1 } : await runStage(stage);
	total.passed += passed;
	total.failed += failed;
	if (failed > 0) failedStages.push(stage.name);
}

let beside = Promise.resolve();
for (const stage of stages) {
	if (stage.beside) {
		beside = beside.then(() => take(stage));
		continue;
	}
	// The build writes what checks and tests read.
	if (stage.name === 'build') await beside;
	await take(stage);
}
await beside;
console.log(failedStages.length > 0 ? `\nfailed: ${failedStages.join(', ')}` : '');
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
