/** Share of the greatest (0 to 1) and its text, by path. */
export type Heat = ReadonlyMap<string, { readonly share: number; readonly text: string }>;

/** What a part shows of it: a fill on the page's heat scale, light enough for text, and the number. */
export interface ShownHeat {
	readonly color: string;
	readonly text: string;
}

/** The heat of a part that stands for these paths, the outermost that has one. */
export function heatOf(heat: Heat | undefined, paths: readonly string[]): ShownHeat | undefined {
	const found = paths.map((path) => heat?.get(path)).find((entry) => entry !== undefined);
	if (found === undefined) return undefined;
	const percent = Math.round(Math.min(1, Math.max(0, found.share)) * 100);
	return {
		color: `color-mix(in oklch, var(--heat-3) ${percent}%, var(--heat-1))`,
		text: found.text
	};
}
