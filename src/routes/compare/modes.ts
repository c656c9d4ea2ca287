/** The ways to compare two networks. */
export const MODES = ['side', 'overlay', 'morph'] as const;
export type Mode = (typeof MODES)[number];

/** The key of the address that holds the way, and what it is where the address does not say. */
export const MODE_KEY = 'as';
export const USUAL_MODE: Mode = 'side';

export function parseMode(text: string | null): Mode | null {
	return text === null ? USUAL_MODE : (MODES.find((mode) => mode === text) ?? null);
}
