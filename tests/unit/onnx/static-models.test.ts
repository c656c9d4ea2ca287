import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findNamedDesign, NAMED_DESIGNS } from '$lib/arch/named-designs';
import { emitDesign } from '$lib/onnx/emit-design';
import { renderStaticModels } from '../../../scripts/lib/static-models';
import { loads, maxDifference, rootMeanSquare, runModel, seededInput } from './runtime';

const FOLDER = fileURLToPath(new URL('../../../static/models/', import.meta.url));

describe('static/models', () => {
	const rendered = renderStaticModels();

	it('holds what `npm run models` writes now: run it if this fails', () => {
		expect(readdirSync(FOLDER).sort()).toEqual([...rendered.keys()].sort());
		const stale = [...rendered].filter(
			([name, bytes]) => !readFileSync(FOLDER + name).equals(bytes)
		);
		expect(stale.map(([name]) => name)).toEqual([]);
	});

	it.each(NAMED_DESIGNS)('$name loads, and is small', async ({ name }) => {
		const bytes = rendered.get(`${name}.onnx`)!;
		expect(bytes.length).toBeLessThan(200_000);
		expect(await loads(bytes)).toBe(true);
	});

	it.each(['step0', 'step8', 'repvit-m2.3', 'mobilenetv3-large'])('%s runs', async (name) => {
		const { design } = findNamedDesign(name)!;
		const inputShape = [1, 3, 64, 64];
		const { bytes } = emitDesign(design, { seed: 0, inputShape, weights: 'tiled' });
		const input = seededInput(inputShape);
		const { shape, data } = await runModel(bytes, inputShape, input);
		expect(shape).toEqual([1, 1000]);
		expect(data.every(Number.isFinite)).toBe(true);
		expect(rootMeanSquare(data)).toBeGreaterThan(0.01);
		expect(rootMeanSquare(data)).toBeLessThan(100);
		const halved = await runModel(
			bytes,
			inputShape,
			input.map((x) => x / 2)
		);
		expect(maxDifference(data, halved.data)).toBeGreaterThan(1e-3);
	});
});
