import { describe, expect, it } from 'vitest';
import { compareForms } from '../../../scripts/lib/forms-check';
import { failureOf } from '../../../scripts/lib/model-report';

const check = (deploy: number[], training?: number[]) =>
	compareForms(
		new Map([
			...(training ? [['training', Float32Array.from(training)] as const] : []),
			['deploy', Float32Array.from(deploy)] as const
		])
	);
const failure = (...logits: Parameters<typeof check>) =>
	failureOf({ runtime: '', inputSeed: 1, ...check(...logits) });

describe('comparing forms', () => {
	it('takes the largest difference as a share of what lies between the logits', () => {
		const result = check([-2, 0, 6], [-2, 0.5, 5.75]);
		expect(result).toMatchObject({ maxDifference: 0.5, min: -2, max: 6, range: 8, share: 1 / 16 });
		expect(result.passed).toBe(false);
		expect(failure([-2, 0, 6], [-2, 0.5, 5.75])).toMatch(
			/by up to 0\.5, 6\.3 % .* 0\.01 % at most/
		);
	});

	it.each([
		{ difference: 2 ** -14, passed: true },
		{ difference: 2 ** -13, passed: false }
	])('passes up to 1e-4 of the range: $difference', ({ difference, passed }) => {
		expect(check([0, 1], [0, 1 + difference]).passed).toBe(passed);
		expect(failure([0, 1], [0, 1 + difference]) === null).toBe(passed);
	});

	it('has nothing to compare in one form', () => {
		expect(check([1, 3])).toMatchObject({ maxDifference: null, share: null, passed: true });
		expect(failure([1, 3])).toBeNull();
	});

	it('takes no range as no room for a difference', () => {
		expect(check([1, 1], [1, 1])).toMatchObject({ share: 0, passed: true });
		expect(check([1, 1], [1, 2])).toMatchObject({ share: Infinity, passed: false });
	});

	it.each([
		{ deploy: [1, NaN], training: [1, NaN], count: 2 },
		{ deploy: [1, 2], training: [1, Infinity], count: 1 },
		{ deploy: [1, -Infinity], training: undefined, count: 1 }
	])('passes nothing that is not finite: $deploy, $training', ({ deploy, training, count }) => {
		expect(check(deploy, training)).toMatchObject({ notFinite: count, passed: false });
		expect(failure(deploy, training)).toContain(`${count} logits are not finite`);
	});
});
