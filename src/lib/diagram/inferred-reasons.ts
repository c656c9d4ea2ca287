import { deployForm, type Design } from '../arch/design';
import type { ModuleNode } from '../arch/module';
import { inferencesOf, type Inference } from '../arch/roadmap';
import { INFERENCE_TEXTS } from '../ui/step-texts';
import { inferredParts } from './inferred-parts';

/** Why each part is taken to be so, in words, by path: what a diagram says of it. */
export function inferredReasons(
	parts: ReadonlyMap<string, readonly Inference[]>
): ReadonlyMap<string, string> {
	return new Map(
		[...parts].map(([path, inferences]) => [
			path,
			inferences.map(({ code }) => INFERENCE_TEXTS[code]()).join(' ')
		])
	);
}

/**
 * The same for a design, in either form; empty for one that the paper did not try: it is the visitor's.
 * @param root the design's tree
 */
export function reasonsOfDesign(root: ModuleNode, design: Design): ReadonlyMap<string, string> {
	return inferredReasons(inferredParts(root, inferencesOf(deployForm(design))));
}
