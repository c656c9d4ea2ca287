import { describeAdapter } from './adapter-info';
import type { AdapterInfo } from './backend';
import { hasFloat16, mlOf } from './backends/webnn-context';
import type { Execution, WebnnDevice } from './execution';
import { readPageHints } from './page-hints';
import type { PageHints } from './types';

/** Why something is not to be had; a code, which the page explains. */
export type MissingReason =
	/** This browser has no such interface, or only on pages that are served over HTTPS. */
	| 'no-api'
	| 'insecure-page'
	/** WebGPU without a GPU that it may use. */
	| 'no-adapter'
	/** The interface is there and threw. */
	| 'no-answer'
	/** WebNN has no context for this device. */
	| 'no-context'
	/** The device computes in float32 only. */
	| 'no-float16'
	/** Threads need shared memory, and that a page that is cross-origin isolated. */
	| 'not-isolated'
	| 'no-shared-memory'
	/** As many threads as the device has cores are the most that make sense. */
	| 'too-few-cores';

export type Offer =
	{ readonly offered: true } | { readonly offered: false; readonly reason: MissingReason };

/** What this browser offers to run networks on. */
export interface BackendProbe {
	readonly isolated: boolean;
	readonly wasm: Offer;
	/** At most so many, and why not more. */
	readonly threads: { readonly max: number; readonly limit: MissingReason };
	readonly webgpu: {
		readonly float32: Offer;
		readonly float16: Offer;
		/** Null where there is none. */
		readonly adapter: AdapterInfo | null;
	};
	readonly webnn: Readonly<
		Record<WebnnDevice, { readonly float32: Offer; readonly float16: Offer }>
	>;
	readonly page: PageHints;
}

/** The part of a browser that is looked at; tests pass false ones. */
export interface ProbedBrowser {
	readonly navigator: object & {
		readonly gpu?: Pick<GPU, 'requestAdapter'>;
		readonly hardwareConcurrency?: number;
	};
	readonly page: Pick<Document, 'visibilityState'>;
	readonly isolated: boolean;
	readonly secure: boolean;
	readonly hasWebAssembly: boolean;
	/** Whether memory can be shared between threads. @throws on some phones */
	readonly shareMemory: () => boolean;
}

const OFFERED: Offer = { offered: true };
const missing = (reason: MissingReason): Offer => ({ offered: false, reason });

/** The browser this runs in. */
export function thisBrowser(): ProbedBrowser {
	return {
		navigator,
		page: document,
		isolated: crossOriginIsolated,
		secure: isSecureContext,
		hasWebAssembly: typeof WebAssembly === 'object',
		shareMemory: () =>
			new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true }).buffer instanceof
			SharedArrayBuffer
	};
}

/** Lists what there is, and for each thing that is missing the reason. Never throws or rejects. */
export async function probeBackends(browser: ProbedBrowser = thisBrowser()): Promise<BackendProbe> {
	const { navigator, page, isolated, hasWebAssembly } = browser;
	const [webgpu, cpu, gpu, npu, hints] = await Promise.all([
		probeWebgpu(browser),
		probeWebnn(browser, 'cpu'),
		probeWebnn(browser, 'gpu'),
		probeWebnn(browser, 'npu'),
		readPageHints(page, navigator)
	]);
	return {
		isolated,
		wasm: hasWebAssembly ? OFFERED : missing('no-api'),
		threads: probeThreads(browser),
		webgpu,
		webnn: { cpu, gpu, npu },
		page: hints
	};
}

/** Whether something can be run on, by a probe. */
export function offerOf(probe: BackendProbe, execution: Execution): Offer {
	switch (execution.backend) {
		case 'wasm': {
			if (!probe.wasm.offered) return probe.wasm;
			const { max, limit } = probe.threads;
			return execution.threads <= max ? OFFERED : missing(limit);
		}
		case 'webgpu':
			return probe.webgpu[execution.precision];
		case 'webnn':
			return probe.webnn[execution.device][execution.precision];
	}
}

function probeThreads({
	navigator,
	isolated,
	shareMemory
}: ProbedBrowser): BackendProbe['threads'] {
	if (!isolated) return { max: 1, limit: 'not-isolated' };
	try {
		if (!shareMemory()) return { max: 1, limit: 'no-shared-memory' };
	} catch {
		return { max: 1, limit: 'no-shared-memory' };
	}
	return { max: Math.max(1, navigator.hardwareConcurrency ?? 1), limit: 'too-few-cores' };
}

async function probeWebgpu({ navigator, secure }: ProbedBrowser): Promise<BackendProbe['webgpu']> {
	const none = (reason: MissingReason) => {
		return { float32: missing(reason), float16: missing(reason), adapter: null };
	};
	if (!navigator.gpu) return none(secure ? 'no-api' : 'insecure-page');
	try {
		const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
		if (!adapter) return none('no-adapter');
		const float16 = adapter.features.has('shader-f16') ? OFFERED : missing('no-float16');
		return { float32: OFFERED, float16, adapter: describeAdapter(adapter, 'high-performance') };
	} catch {
		return none('no-answer');
	}
}

async function probeWebnn(
	{ navigator, secure }: ProbedBrowser,
	deviceType: WebnnDevice
): Promise<BackendProbe['webnn'][WebnnDevice]> {
	const none = (reason: MissingReason) => {
		return { float32: missing(reason), float16: missing(reason) };
	};
	const ml = mlOf(navigator);
	if (!ml) return none(secure ? 'no-api' : 'insecure-page');
	try {
		const context = await ml.createContext({ deviceType, powerPreference: 'high-performance' });
		const float16 = hasFloat16(context) ? OFFERED : missing('no-float16');
		context.destroy?.();
		return { float32: OFFERED, float16 };
	} catch {
		return none('no-context');
	}
}
