/** What a guard of the page's visibility needs of the document. */
export interface VisibilitySource {
	readonly visibilityState: DocumentVisibilityState;
	addEventListener(type: 'visibilitychange', listener: () => void): void;
	removeEventListener(type: 'visibilitychange', listener: () => void): void;
}

/**
 * Tells when the page is hidden and shown again (METHODOLOGY 5.2): browsers slow hidden pages down.
 * Says `hidden` at once if the page is hidden already.
 * @returns stops watching
 */
export function watchVisibility(
	page: VisibilitySource,
	onChange: (visible: boolean) => void
): () => void {
	const tell = () => onChange(page.visibilityState === 'visible');
	page.addEventListener('visibilitychange', tell);
	if (page.visibilityState !== 'visible') tell();
	return () => page.removeEventListener('visibilitychange', tell);
}
