/** Assets may have addresses without a host; the runtime's thread script resolves them elsewhere. */
export function absolute(url: string): string {
	return new URL(url, import.meta.url).href;
}
