import { describe, expect, test } from 'vitest';
import {
	COMPUTE_MODEL,
	emitCalibration,
	MEMORY_MODEL,
	peaksOf
} from '$lib/measure/profile/calibration';
import { rooflinePlace, roofAt } from '$lib/measure/profile/roofline';
import { decodeModel } from '../../onnx/onnx-proto';

const PEAKS = { macsPerSecond: 10e9, bytesPerSecond: 5e9 };

describe('the two calibration models', () => {
	test('are one operator each', () => {
		const types = [COMPUTE_MODEL, MEMORY_MODEL].map((model) =>
			decodeModel(emitCalibration(model).bytes).graph.node.map(({ opType }) => opType)
		);
		expect(types).toEqual([['Conv'], ['Relu']]);
	});

	test('give peaks by what they compute and move', () => {
		const peaks = peaksOf({ computeMs: 100, memoryMs: 10 });
		expect(peaks.macsPerSecond).toBeCloseTo(512 * 512 * 56 * 56 * 10, -3);
		expect(peaks.bytesPerSecond).toBeCloseTo(2 * 4 * 32 * 512 * 512 * 100, -3);
	});
});

describe('a part under the roofs', () => {
	const limit = (macs: number, bytes: number, ms: number) =>
		rooflinePlace({ macs, bytes, ms }, PEAKS)?.limit;

	test('is bound by the roof that it comes near', () => {
		expect(limit(80e6, 1e6, 10)).toBe('compute');
		expect(limit(1e6, 40e6, 10)).toBe('memory');
		expect(limit(5e6, 5e6, 10)).toBe('neither');
	});

	test('that moves more than memory can is fed from caches, unless arithmetic holds it', () => {
		expect(limit(1e6, 80e6, 10)).toBe('cache');
		expect(limit(70e6, 80e6, 10)).toBe('compute');
	});

	test('has no place without multiply-accumulates, bytes or time', () => {
		expect(limit(0, 1, 1)).toBeUndefined();
		expect(limit(1, 0, 1)).toBeUndefined();
		expect(limit(1, 1, 0)).toBeUndefined();
	});

	test('stands at its own intensity and rate', () => {
		const place = rooflinePlace({ macs: 20e6, bytes: 10e6, ms: 4 }, PEAKS)!;
		expect(place.intensity).toBe(2);
		expect(place.macsPerSecond).toBe(5e9);
		expect(place.ofCompute).toBe(0.5);
		expect(place.ofMemory).toBe(0.5);
	});

	test('can reach what the lower roof allows', () => {
		expect(roofAt(1, PEAKS)).toBe(5e9);
		expect(roofAt(2, PEAKS)).toBe(10e9);
		expect(roofAt(50, PEAKS)).toBe(10e9);
	});
});
