import type { TreeAnalysis } from '$lib/arch/analysis';
import { walk } from '$lib/arch/module';
import type { Profile } from '$lib/measure/profile/profile-client';

/** A profile in which time goes with MACs, and a little with every op. */
export function sampleProfile({ root, costs }: TreeAnalysis): Profile {
	const timesMs = new Map<string, number>();
	for (const { node, path } of walk(root)) {
		if (node.kind === 'sequential') continue;
		if (node.kind === 'op' && node.op.type === 'identity') continue;
		timesMs.set(path, node.kind === 'op' ? 0.02 + costs.get(path)!.macs / 8e6 : 0.03);
	}
	const kernelMs = [...timesMs.values()].reduce((sum, ms) => sum + ms, 0) + 0.4;
	return {
		timesMs,
		unmappedMs: 0.4,
		overheadMs: 1.1,
		kernelMs,
		runMs: kernelMs + 1.1,
		wallMs: kernelMs + 0.5,
		runs: 25,
		peaks: { macsPerSecond: 9e9, bytesPerSecond: 6e9 },
		runtime: { name: 'onnxruntime-web', version: '1.30.0' }
	};
}
