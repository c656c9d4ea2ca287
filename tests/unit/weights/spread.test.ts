import { describe, expect, it } from 'vitest';
import { buildNetwork } from '$lib/arch/models/network';
import { ops } from '$lib/arch/module';
import { findNamedDesign } from '$lib/arch/named-designs';
import { volume } from '$lib/arch/shapes';
import { seededWeights } from '$lib/weights/seeded';
import { planSignal } from '$lib/weights/signal-plan';
import { opTensors } from '$lib/weights/source';
import { spreadOf, uniformDeviation } from '$lib/weights/spread';

const { design } = findNamedDesign('repvit-m0.9')!;

describe.each(['training', 'deploy'] as const)('spreads of a network in %s form', (form) => {
	const root = buildNetwork({ ...design, form });
	const plan = planSignal(root);
	const source = seededWeights({ root, seed: 5 });

	it('hold all values of every tensor, and are filled by them', () => {
		let seen = 0;
		for (const { node, path } of ops(root)) {
			for (const spec of opTensors(node.op)) {
				const tensor = { path, ...spec };
				const values = new Float32Array(volume(spec.shape));
				source(tensor, values);
				const spread = spreadOf(tensor, plan);
				const centre = spread.kind === 'uniform' ? spread.centre : 0;
				const reach =
					spread.kind === 'uniform' ? spread.halfRange : spread.halfRange + spread.centreGain;
				const distances = values.map((x) => Math.abs(x - centre));
				const farthest = distances.reduce((a, b) => Math.max(a, b));
				expect(farthest).toBeLessThanOrEqual(reach * (1 + 1e-6));
				if (values.length >= 40) expect(farthest).toBeGreaterThan(reach * 0.85);
				seen++;
			}
		}
		expect(seen).toBeGreaterThan(200);
	});

	it('have the standard deviation that they say', () => {
		const conv = [...ops(root)].find(
			({ node, path }) =>
				node.op.type === 'conv' && path.includes('stages.3.blocks.0.channel_mixer')
		)!;
		const [weight] = opTensors(conv.node.op);
		const tensor = { path: conv.path, ...weight! };
		const values = new Float32Array(volume(tensor.shape));
		source(tensor, values);
		const spread = spreadOf(tensor, plan);
		const deviation = Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);
		expect(uniformDeviation(spread.halfRange) / deviation).toBeCloseTo(1, 2);
	});
});
