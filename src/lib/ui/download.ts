/** Hands the visitor a file made on this page; nothing is sent anywhere. */
export function downloadFile({
	name,
	type,
	content,
	document: page = document
}: {
	readonly name: string;
	/** MIME type, for example `text/csv;charset=utf-8`. */
	readonly type: string;
	readonly content: BlobPart;
	readonly document?: Document;
}): void {
	const url = URL.createObjectURL(new Blob([content], { type }));
	const link = page.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	// Revoking at once would race the browser's reading of the blob in Firefox and Safari.
	setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
