/** At most two decimals, no trailing zeros, no minus zero. */
export function plainNumber(value: number): string {
	return String(Math.round(value * 100) / 100 || 0);
}

/** The same for every number in a path, a list of points or a length in pixels. */
export function plainNumbers(text: string): string {
	return text
		.replace(/-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?(?:px)?/gi, (number) =>
			plainNumber(parseFloat(number))
		)
		.replace(/\s+/g, ' ')
		.trim();
}
