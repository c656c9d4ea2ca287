import { describe, expect, it } from 'vitest';
import { conv, depthwise, flatten, linear, pool } from '$lib/arch/blocks/layers';
import { branches, op, residual, sequential } from '$lib/arch/module';
import { inferShapes, outputShape, ShapeError } from '$lib/arch/shapes';

describe('shapes', () => {
	it('follows kernel, stride and padding, also where the input is not square', () => {
		const root = sequential('net', [
			conv('a', 3, 8, { kernel: 3, stride: 2 }),
			depthwise('b', 8, { kernel: 5, stride: 2 }),
			conv('c', 8, 4, { kernel: 4, stride: 4, padding: 0 })
		]);
		const shapes = inferShapes(root, [2, 3, 65, 32]);
		expect([...shapes].map(([path, { output }]) => [path, output])).toEqual([
			['', [2, 4, 4, 2]],
			['a', [2, 8, 33, 16]],
			['b', [2, 8, 17, 8]],
			['c', [2, 4, 4, 2]]
		]);
	});

	it('joins: concat adds channels, a gate is broadcast', () => {
		const concat = branches('cat', 'concat', [conv('a', 4, 8), conv('b', 4, 2)]);
		expect(outputShape(concat, [1, 4, 7, 7])).toEqual([1, 10, 7, 7]);
		const gate = branches('se', 'mul', [
			op('skip', { type: 'identity' }),
			sequential('excite', [pool(), conv('fc', 4, 4)])
		]);
		expect(outputShape(gate, [1, 4, 7, 7])).toEqual([1, 4, 7, 7]);
	});

	it.each([
		['wrong channels', conv('fc', 8, 8), 'net.fc', 'expects 8 channels'],
		['a skip around a change of width', residual('r', conv('fc', 4, 8)), 'net.r', 'do not join'],
		['linear without flatten', linear('fc', 4, 2), 'net.fc', 'expects (N, 4)'],
		['conv behind flatten', sequential('s', [flatten(), conv('fc', 4, 2)]), 'net.s.fc', 'NCHW'],
		[
			'a kernel larger than the input',
			conv('fc', 4, 2, { kernel: 9, padding: 0 }),
			'net.fc',
			'use a larger input'
		]
	])('names the part that does not fit: %s', (_, part, path, reason) => {
		const root = sequential('root', [sequential('net', [part])]);
		const attempt = () => inferShapes(root, [1, 4, 7, 7]);
		expect(attempt).toThrow(ShapeError);
		expect(attempt).toThrow(`${path}: `);
		expect(attempt).toThrow(reason);
	});

	it('refuses two children of one name', () => {
		expect(() => sequential('net', [conv('a', 1, 1), conv('a', 1, 1)])).toThrow(
			'paths would clash'
		);
	});
});
