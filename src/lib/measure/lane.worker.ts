/*
 * A lane in a worker of its own: a runtime with settings that the runner's own does not have
 * (METHODOLOGY 2.1). It is silent until it is called, and times nothing of its own accord.
 */
import { emptyModel } from '../onnx/empty-model';
import { startWasm } from './backends/wasm';
import { startWebgpu } from './backends/webgpu';
import { startWebnn } from './backends/webnn';
import { mlOf } from './backends/webnn-context';
import type { Backend } from './backend';
import type { LaneSpec } from './execution';
import { deviceMemoryOf, watchMemory } from './guards/memory';
import { LaneHost } from './lane-host';
import { parseLaneCall } from './lane-messages';
import { prepareModel } from './prepare';
import { sha256 } from './sha256';

const clock = () => performance.now();

function startBackend(lane: LaneSpec): Promise<Backend> {
	const probe = emptyModel();
	switch (lane.backend) {
		case 'wasm':
			return startWasm(lane.threads, clock, probe);
		case 'webgpu':
			return startWebgpu({ clock, probe, gpu: navigator.gpu });
		case 'webnn':
			return startWebnn({ device: lane.device, clock, probe, ml: mlOf(navigator) });
	}
}

const host = new LaneHost({
	clock,
	sha256,
	emptyModel,
	startBackend,
	prepare: prepareModel,
	memory: watchMemory(WebAssembly, deviceMemoryOf(navigator)),
	isFatal: (error) => error instanceof WebAssembly.RuntimeError
});

self.onmessage = ({ data }: MessageEvent<unknown>) => {
	void host
		.answer(parseLaneCall(data), (reply) => self.postMessage(reply))
		.then((reply) => self.postMessage(reply));
};
