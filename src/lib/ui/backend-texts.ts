import type { AdapterInfo } from '../measure/backend';
import { deviceBuild } from '../measure/device-build';
import type { Execution } from '../measure/execution';
import type { MissingReason, Offer } from '../measure/probe';
import type { LaneConditions } from '../measure/types';
import * as m from '../paraglide/messages';
import type { ExecutionRow } from '../state/executions';
import { formatCount } from './format';
import { listed } from './join-texts';

/** What a candidate runs on, in a few words: "WASM, 2 threads", "WebGPU, float16". */
export function executionName(execution: Execution): string {
	const name = backendName(execution);
	return execution.precision === 'float16' ? m.backends_name_float16({ name }) : name;
}

/** A row of things to run on. */
export function rowName(of: ExecutionRow['of']): string {
	switch (of) {
		case 'wasm':
			return m.backends_row_wasm();
		case 'webgpu':
			return m.backends_row_webgpu();
		default:
			return m.backends_row_webnn({ device: of.toUpperCase() });
	}
}

/** What a lane ran on: as it ran, not as it was asked for. All in float16, it says so. */
export function laneName(lane: LaneConditions): string {
	const name = laneBackendName(lane);
	const isHalf = lane.precisions.every((precision) => precision === 'float16');
	return isHalf && lane.precisions.length > 0 ? m.backends_name_float16({ name }) : name;
}

function laneBackendName({ backend, device, threads }: LaneConditions): string {
	switch (backend) {
		case 'wasm':
			return backendName({ backend, threads: threads.effective });
		case 'webgpu':
			return backendName({ backend });
		case 'webnn':
			return backendName({ backend, device: device ?? 'cpu' });
	}
}

function backendName(
	of:
		| Pick<Extract<Execution, { backend: 'wasm' }>, 'backend' | 'threads'>
		| Pick<Extract<Execution, { backend: 'webgpu' }>, 'backend'>
		| Pick<Extract<Execution, { backend: 'webnn' }>, 'backend' | 'device'>
): string {
	switch (of.backend) {
		case 'wasm':
			return of.threads === 1
				? m.backends_name_wasm_one()
				: m.backends_name_wasm({ threads: of.threads });
		case 'webgpu':
			return m.backends_row_webgpu();
		case 'webnn':
			return m.backends_name_webnn({ device: of.device.toUpperCase() });
	}
}

/** Why something is not to be had. */
function missingText(reason: MissingReason, max: number): string {
	switch (reason) {
		case 'no-api':
			return m.backends_reason_no_api();
		case 'insecure-page':
			return m.backends_reason_insecure_page();
		case 'no-adapter':
			return m.backends_reason_no_adapter();
		case 'no-answer':
			return m.backends_reason_no_answer();
		case 'no-context':
			return m.backends_reason_no_context();
		case 'no-float16':
			return m.backends_reason_no_float16();
		case 'not-isolated':
			return m.backends_reason_not_isolated();
		case 'no-shared-memory':
			return m.backends_reason_no_shared_memory();
		case 'too-few-cores':
			return m.backends_reason_too_few_cores({ max });
	}
}

/** A GPU by what the browser tells of it. */
export function adapterName({ vendor, architecture, description }: AdapterInfo): string {
	return listed([vendor, architecture, description]) || m.backends_adapter_unnamed();
}

/** What a page knows of the browser it is in. */
interface Offers {
	offerOf(execution: Execution): Offer;
	/** The most threads that this device may have. */
	readonly maxThreads: number;
}

/** Why some of a row's choices are greyed out, each reason once; one that holds for float16 alone says so. */
export function reasonsOf(executions: readonly Execution[], browser: Offers): readonly string[] {
	const offers = executions.map((execution) => ({ execution, offer: browser.offerOf(execution) }));
	const isAllMissing = offers.every(({ offer }) => !offer.offered);
	const texts = offers.flatMap(({ execution, offer }) => {
		if (offer.offered) return [];
		const reason = missingText(offer.reason, browser.maxThreads);
		const isHalfAlone = execution.precision === 'float16' && !isAllMissing;
		return [isHalfAlone ? m.backends_reason_float16({ reason }) : reason];
	});
	return [...new Set(texts)];
}

/** What the runtime for devices weighs that this browser takes. */
export function deviceRuntimeSize(): string {
	const bytes = deviceBuild() === 'jspi' ? __JSPI_RUNTIME_BYTES__ : __ASYNCIFY_RUNTIME_BYTES__;
	return `${formatCount(bytes)}B`;
}

/** A share as per cents with two significant digits, however small: 0.000041 %. */
export function shareText(share: number): string {
	const percent = share * 100;
	if (percent === 0) return m.backends_check_share_value({ percent: '0' });
	const decimals = Math.max(0, 1 - Math.floor(Math.log10(percent)));
	return m.backends_check_share_value({ percent: percent.toFixed(Math.min(decimals, 10)) });
}
