import * as v from 'valibot';

/** The version that `RunResult` is. */
const CURRENT_VERSION = 2;

/** From a version to the next; what does not have the shape is left for the schema to name. */
const STEPS: Readonly<Record<number, (run: Record<string, unknown>) => Record<string, unknown>>> = {
	1: lanesFromOne
};

/**
 * Brings a run of any known version up to date. The result still has to be validated.
 * @returns null for a version that is not known
 */
export function migrateRun(json: unknown, version: unknown): { readonly json: unknown } | null {
	if (version === CURRENT_VERSION) return { json };
	const step = typeof version === 'number' ? STEPS[version] : undefined;
	if (!step) return null;
	const parsed = v.safeParse(record, json);
	if (!parsed.success) return { json };
	const next = Number(version) + 1;
	return migrateRun({ ...step(parsed.output), schemaVersion: next }, next);
}

const record = v.record(v.string(), v.unknown());

/** What conditions of version 1 told of their one backend: plain WebAssembly, float32. */
const backendOfOne = v.looseObject({
	runtime: v.looseObject({}),
	backend: v.literal('wasm'),
	threads: v.looseObject({ asked: v.number() }),
	emptyCallMs: v.unknown(),
	sessionOptions: v.unknown(),
	runtimeStartMs: v.unknown(),
	precision: v.literal('float32')
});

/** Version 2: candidates may run on different backends, so what was said of one is said of each. */
function lanesFromOne(run: Record<string, unknown>): Record<string, unknown> {
	const parsed = v.safeParse(backendOfOne, run.conditions);
	if (!parsed.success) return run;
	const { runtime, backend, threads, emptyCallMs, sessionOptions, runtimeStartMs, precision } =
		parsed.output;
	const lane = {
		id: `wasm-${threads.asked}`,
		use: 'measuring',
		backend,
		device: null,
		threads,
		precisions: [precision],
		runtime: { ...runtime, build: 'plain' },
		adapter: null,
		sessionOptions,
		runtimeStartMs,
		emptyCallMs
	};
	return { ...run, conditions: { ...parsed.output, lanes: [lane] } };
}
