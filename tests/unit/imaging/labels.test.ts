import { describe, expect, it } from 'vitest';
import { imageNetLabels, readLabels } from '$lib/imaging/labels';

/** As many made-up classes, from a given index on. */
const classes = (count: number, from = 0): Record<number, string> =>
	Object.fromEntries(Array.from({ length: count }, (_, i) => [from + i, `class ${from + i}`]));

describe('imageNetLabels', () => {
	it("names the classes in the order of a classifier's outputs", async () => {
		const labels = await imageNetLabels();
		expect(labels).toHaveLength(1000);
		expect(labels[0]).toMatch(/^tench/);
		expect(labels[207]).toMatch(/^golden retriever/);
		expect(labels[999]).toMatch(/^toilet tissue/);
	});

	it('has one name that stands for two classes, as its documentation says', async () => {
		const labels = await imageNetLabels();
		const repeated = labels.flatMap((label, i) => (labels.indexOf(label) < i ? [label] : []));
		expect(repeated).toEqual(['crane']);
		expect([labels[134], labels[517]]).toEqual(['crane', 'crane']);
	});
});

describe('readLabels', () => {
	it('takes a thousand names from 0 on, and nothing else', () => {
		expect(readLabels(classes(1000)).at(-1)).toBe('class 999');
		expect(() => readLabels(classes(1001))).toThrow(/1001 class names/);
		expect(() => readLabels({})).toThrow(/0 class names/);
		expect(() => readLabels(classes(1000, 1))).toThrow(/Class 0 has no name/);
		expect(() => readLabels({ ...classes(1000), 7: '' })).toThrow(/Class 7 has no name/);
		expect(() => readLabels({ ...classes(1000), 7: 7 })).toThrow(/Class 7 has no name/);
	});
});
