/*
 * The worker that measures: it owns the runtime and wires the runner to what a browser has. All that
 * can be decided elsewhere is: see runner.ts.
 */
import { emitDesign } from '../onnx/emit-design';
import { emptyModel } from '../onnx/empty-model';
import { startWasm } from './backends/wasm';
import type { WorkerCommand, WorkerConditions, WorkerEvent } from './events';
import { detailOf } from './failure';
import { deviceMemoryOf, watchMemory } from './guards/memory';
import { seededInput } from './input';
import { parseCommand } from './messages';
import { sampleOverhead } from './overhead';
import { openRemoteLane } from './lane-link';
import { PageLink } from './page-link';
import { prepareModel } from './prepare';
import { runProtocol } from './runner';
import { measureTimerStep } from './clock';
import { sha256 } from './sha256';
import { isFailure, planVisit } from './visit';
import { warmUp } from './warm-up';

const page = new PageLink();
const memory = watchMemory(WebAssembly, deviceMemoryOf(navigator));
const clock = () => performance.now();
const post = (event: WorkerEvent) => self.postMessage(event);

const channel = new MessageChannel();
/** A task of its own: messages that have come before it are handled first. No timer, so no delay. */
const yieldToMessages = () =>
	new Promise<void>((resolve) => {
		channel.port1.onmessage = () => resolve();
		channel.port2.postMessage(null);
	});

function surroundings(): Omit<WorkerConditions, 'lanes' | 'timerStepMs'> {
	const { userAgent, hardwareConcurrency } = navigator;
	return {
		crossOriginIsolated: self.crossOriginIsolated,
		userAgent,
		logicalCores: hardwareConcurrency > 0 ? hardwareConcurrency : null,
		deviceMemoryGib: deviceMemoryOf(navigator)
	};
}

function run({ options, threads, resume }: Extract<WorkerCommand, { type: 'start' }>): void {
	void runProtocol(options, resume, {
		clock,
		page,
		post,
		yieldToMessages,
		sha256,
		emptyModel,
		memory,
		surroundings: surroundings(),
		startBackend: (asked) => startWasm(Math.min(asked, threads), clock, emptyModel()),
		// They end with this worker.
		openLane: (lane) =>
			openRemoteLane(
				lane,
				() =>
					new Worker(new URL('./lane.worker.ts', import.meta.url), { type: 'module', name: 'lane' })
			),
		prepare: prepareModel,
		// An abort inside the WASM module leaves it unusable for every other session too.
		isFatal: (error) => error instanceof WebAssembly.RuntimeError
	});
}

async function benchOverhead({
	design,
	seed,
	threads,
	rounds
}: Extract<WorkerCommand, { type: 'bench-overhead' }>): Promise<void> {
	const backend = await startWasm(threads, clock, emptyModel());
	const timerStepMs = measureTimerStep(clock);
	const model = emitDesign(design, { seed });
	const session = await backend.load(model, seededInput(model.inputShape, seed));
	let typicalMs = NaN;
	await warmUp(new Map([['', session]]), {
		clock,
		timerStepMs,
		beforeRun: () => {},
		afterPass: () => Promise.resolve(true),
		onOutcome: (_, outcome) => void (typicalMs = outcome.typicalMs),
		onError: (_, error) => {
			throw error;
		}
	});
	const plan = planVisit(typicalMs, timerStepMs);
	if (isFailure(plan)) throw new Error(plan.detail);
	post({ type: 'overhead', samples: await sampleOverhead({ session, plan, rounds, seed, clock }) });
}

self.onmessage = ({ data }: MessageEvent<unknown>) => {
	// What is no command is thrown on: the page hears of it as an error of this worker.
	const command = parseCommand(data);
	switch (command.type) {
		case 'start':
			return run(command);
		case 'visibility':
			return page.setVisible(command.visible);
		case 'hold':
			return page.setHeld(command.reason, command.held);
		case 'disturbed':
			return page.disturb(command.reason);
		case 'drawn':
			return page.drawn();
		case 'bench-overhead':
			return void benchOverhead(command).catch((error: unknown) =>
				post({ type: 'overhead-failed', detail: detailOf(error) })
			);
	}
};
