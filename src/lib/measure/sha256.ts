/**
 * SHA-256 in hex. Null where the browser has no `crypto.subtle`: on pages without a secure context,
 * for example over plain HTTP in a local network.
 */
export async function sha256(bytes: Uint8Array): Promise<string | null> {
	if (!globalThis.crypto?.subtle) return null;
	// Emitted bytes are never in shared memory, which digest would refuse.
	const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
	return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
