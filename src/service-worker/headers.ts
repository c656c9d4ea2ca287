/** What isolates a page (docs/adr/0016-service-worker.md). */
const ISOLATION = {
	'Cross-Origin-Opener-Policy': 'same-origin',
	'Cross-Origin-Embedder-Policy': 'require-corp',
	'Cross-Origin-Resource-Policy': 'same-origin'
} as const;

/** Whether a host does it already. Then nothing is changed. */
function isIsolating(headers: Headers): boolean {
	return headers.has('Cross-Origin-Opener-Policy') && headers.has('Cross-Origin-Embedder-Policy');
}

/**
 * A response with the headers that isolate the page, where its host has not sent them. What a host has
 * sent stays.
 *
 * @param isFramed for a document in a frame: it may be in anybody's page, so it may be read from there
 */
export function isolated(response: Response, { isFramed = false } = {}): Response {
	// Redirections that the browser follows itself can't be rebuilt, and carry no page.
	if (response.status === 0 || isIsolating(response.headers)) return response;
	const headers = new Headers(response.headers);
	for (const [name, value] of Object.entries(ISOLATION)) {
		if (!headers.has(name)) headers.set(name, value);
	}
	if (isFramed) headers.set('Cross-Origin-Resource-Policy', 'cross-origin');
	const { status, statusText } = response;
	return new Response(response.body, { status, statusText, headers });
}
