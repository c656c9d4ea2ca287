import type { Design } from '../arch/design';
import { deployForm } from '../arch/design';
import type { ModuleNode } from '../arch/module';
import { inferencesOf } from '../arch/roadmap';
import { sentences } from '../ui/problem-parts';
import { INFERENCE_TEXTS } from '../ui/step-texts';
import { inferredParts } from './inferred-parts';

/**
 * Why parts of a design that the paper tried are taken to be as they are drawn, by path; empty for any
 * other design, which is the visitor's own.
 * @param root the design's tree, in either form
 */
export function inferredReasons(root: ModuleNode, design: Design): ReadonlyMap<string, string> {
	const parts = inferredParts(root, inferencesOf(deployForm(design)));
	return new Map(
		[...parts].map(([path, inferences]) => [
			path,
			sentences(...inferences.map(({ code }) => INFERENCE_TEXTS[code]()))
		])
	);
}
