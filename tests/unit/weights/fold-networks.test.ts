import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { OPTIONS, type Design } from '$lib/arch/design';
import { FAMILY, MOBILENETV3_LARGE } from '$lib/arch/family';
import { findNamedDesign } from '$lib/arch/named-designs';
import { emitDesign } from '$lib/onnx/emit-design';
import { arbitraryDesign } from '../arch/designs';
import { maxDifference, runModel } from '../onnx/runtime';

// Two sessions a case, of up to 95 MB each.
vi.setConfig({ testTimeout: 120_000 });

/** Of the logits' range: the runtime computes in float32, some 200 layers deep. */
const TOLERANCE = 1e-4;

/** How far the deploy form's logits are from the training form's, relative to their range. */
async function deviation(design: Design, side: number): Promise<number> {
	const inputShape = [1, 3, side, side];
	const run = async (form: Design['form']) => {
		const { bytes } = emitDesign({ ...design, form }, { seed: 4, inputShape });
		return (await runModel(bytes, inputShape)).data;
	};
	const [training, deploy] = [await run('training'), await run('deploy')];
	expect(training.some((logit, i) => logit !== deploy[i])).toBe(true);
	return maxDifference(training, deploy) / (Math.max(...training) - Math.min(...training));
}

const variants = OPTIONS.branches.flatMap((branches) =>
	OPTIONS.heads.map((heads) => ({ branches, heads }))
);

describe.each(FAMILY)('$label', ({ design }) => {
	it.each(variants)(
		'gives the same logits in both forms ($branches, heads: $heads)',
		async (variant) => {
			expect(await deviation({ ...design, ...variant }, 64)).toBeLessThan(TOLERANCE);
		}
	);
});

describe('both forms give the same logits', () => {
	it('of MobileNetV3-L', async () => {
		expect(await deviation(MOBILENETV3_LARGE.design, 64)).toBeLessThan(TOLERANCE);
	});

	it('at full size, 224 x 224', async () => {
		const { design } = findNamedDesign('repvit-m0.6')!;
		expect(await deviation({ ...design, heads: 2 }, 224)).toBeLessThan(TOLERANCE);
	});

	it('of any design', async () => {
		await fc.assert(
			fc.asyncProperty(arbitraryDesign({ small: true }), async (design) => {
				// Two logits could be near one another: the range of a hundred is that of the weights.
				expect(await deviation({ ...design, classes: 100 }, 64)).toBeLessThan(TOLERANCE);
			}),
			{ numRuns: 12 }
		);
	});
});
