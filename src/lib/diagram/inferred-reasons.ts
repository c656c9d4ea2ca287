import type { Inference } from '../arch/roadmap';
import { INFERENCE_TEXTS } from '../ui/step-texts';

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
