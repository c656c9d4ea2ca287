/** Assistive tools and scripts click without a pointer or a key. */
const SIGNS = ['pointerdown', 'keydown', 'click'] as const;

/**
 * Whether a visitor has clicked, typed or touched since this was called.
 * @param page where their doings are heard: the window
 */
export function watchBeginning(page: EventTarget): () => boolean {
	let hasBegun = false;
	for (const sign of SIGNS) {
		page.addEventListener(sign, () => (hasBegun = true), {
			capture: true,
			once: true,
			passive: true
		});
	}
	return () => hasBegun;
}
