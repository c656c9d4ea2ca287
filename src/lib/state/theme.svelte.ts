import { availableStorage } from './available-storage';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const STORAGE_KEY = 'theme';

/** Which colours the visitor wants. Remembered on the device where storage is allowed. */
export class ThemeState {
	#theme = $state<Theme>('system');
	readonly #storage: Pick<Storage, 'getItem' | 'setItem'> | null;
	readonly #root: HTMLElement;

	constructor({
		storage = availableStorage(),
		root = document.documentElement
	}: { storage?: Pick<Storage, 'getItem' | 'setItem'> | null; root?: HTMLElement } = {}) {
		this.#storage = storage;
		this.#root = root;
		const stored = storage?.getItem(STORAGE_KEY);
		const known = THEMES.find((theme) => theme === stored);
		if (known) this.set(known);
	}

	get theme(): Theme {
		return this.#theme;
	}

	set(theme: Theme): void {
		this.#theme = theme;
		if (theme === 'system') delete this.#root.dataset.theme;
		else this.#root.dataset.theme = theme;
		try {
			this.#storage?.setItem(STORAGE_KEY, theme);
		} catch {
			// A full or refused storage costs only the memory of this choice.
		}
	}

	next(): void {
		this.set(THEMES[(THEMES.indexOf(this.#theme) + 1) % THEMES.length]!);
	}
}
