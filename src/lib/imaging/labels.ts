/** ImageNet-1k, the set that RepViT was trained and measured on. */
export const IMAGENET_CLASS_COUNT = 1000;

/**
 * The names of ImageNet's classes, in the order of a classifier's outputs: 0 is the tench, and there
 * is no background class before it. A name is a list of synonyms, such as `great white shark, white
 * shark, man-eater, man-eating shark, Carcharodon carcharias`.
 *
 * Names do not tell classes apart: 134 and 517 are both `crane`, the bird and the machine. Use the
 * index for that.
 *
 * They are loaded when first asked for, and only they: the package's own entry is a network for a
 * runtime that is not used here.
 */
export async function imageNetLabels(): Promise<readonly string[]> {
	const { IMAGENET_CLASSES } =
		await import('@tensorflow-models/mobilenet/dist/imagenet_classes.js');
	return readLabels(IMAGENET_CLASSES);
}

/** Names by index to a list, after a look at whether all are there. */
export function readLabels(byIndex: Readonly<Record<number, unknown>>): readonly string[] {
	const count = Object.keys(byIndex).length;
	if (count !== IMAGENET_CLASS_COUNT) {
		throw new Error(`There are ${count} class names, not ImageNet's ${IMAGENET_CLASS_COUNT}.`);
	}
	return Array.from({ length: count }, (_, index) => {
		const label = byIndex[index];
		if (typeof label !== 'string' || label === '') throw new Error(`Class ${index} has no name.`);
		return label;
	});
}
