import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseDesign } from '$lib/arch/analysis';
import { BASELINE } from '$lib/arch/design';
import { designJson } from '$lib/arch/design-json';
import { findNamedDesign } from '$lib/arch/named-designs';
import { parseDesign } from '$lib/arch/query';
import { readDesignJson } from '$lib/arch/read-design-json';
import { arbitraryDesign } from './designs';

const STEP8 = analyseDesign(findNamedDesign('step8')!.design);

function written(change: (file: Record<string, unknown> & { design: object }) => unknown): string {
	return JSON.stringify(change(JSON.parse(designJson(STEP8))));
}

describe('a design as a file', () => {
	it('comes back as it went, whatever the choices', () => {
		fc.assert(
			fc.property(arbitraryDesign({ small: true }), (design) => {
				expect(readDesignJson(designJson(analyseDesign(design)))).toEqual({ ok: true, design });
			}),
			{ numRuns: 40 }
		);
	});

	it('tells what the design builds, by name, address and figures', () => {
		const file = JSON.parse(designJson(STEP8));
		expect(file).toMatchObject({
			schema: 'repvit-explorer/design',
			schemaVersion: 1,
			name: 'step8',
			network: {
				inputShape: [1, 3, 224, 224],
				outputShape: [1, 1000],
				params: STEP8.total.params,
				macs: STEP8.total.macs
			}
		});
		expect(parseDesign(file.query).design).toEqual(STEP8.design);
		expect(JSON.parse(designJson(analyseDesign({ ...BASELINE, classes: 7 }))).name).toBeNull();
	});

	it('reads the choices alone: figures of a file that was changed by hand are not taken', () => {
		const text = written((file) => ({ ...file, query: 'v=1', name: 'mine', network: null }));
		expect(readDesignJson(text)).toEqual({ ok: true, design: STEP8.design });
	});

	it.each([
		['no JSON', '{', { code: 'not-json' }],
		['another JSON', '[1, 2]', { code: 'not-a-design' }],
		['a run', '{"schema":"repvit-explorer/run","schemaVersion":1}', { code: 'not-a-design' }],
		[
			'a later version',
			written((file) => ({ ...file, schemaVersion: 2 })),
			{ code: 'unknown-version', version: '2' }
		],
		[
			'no choices',
			written((file) => ({ ...file, design: undefined })),
			{ code: 'invalid', path: 'design' }
		],
		[
			'a kernel nobody offers',
			written((file) => ({ ...file, design: { ...file.design, kernel: 9 } })),
			{ code: 'invalid', path: 'design.kernel' }
		],
		[
			'a depth out of range',
			written((file) => ({ ...file, design: { ...file.design, depths: [2, 2, 99, 2] } })),
			{ code: 'invalid', path: 'design.depths.2', detail: '1 to 40' }
		],
		[
			'a width off its steps',
			written((file) => ({ ...file, design: { ...file.design, widths: [9, 96, 192, 384] } })),
			{ code: 'invalid', path: 'design.widths.0', detail: '8 to 640 in steps of 8' }
		],
		[
			'a choice that is not known here',
			written((file) => ({ ...file, design: { ...file.design, flavour: 'mint' } })),
			{ code: 'invalid', path: 'design.flavour' }
		]
	])('refuses %s and says where', (_name, text, problem) => {
		expect(readDesignJson(text)).toMatchObject({ ok: false, problem });
	});
});
