import type { ModuleNode } from '../../arch/module';
import { openAt } from './open-code';
import {
	parseView,
	printView,
	VIEW_DEFAULTS,
	type View,
	type ViewChoices,
	type ViewPlace,
	type ViewProblem
} from './view-address';

/** How a visitor looks at a diagram: what is open, how it is drawn, where they are, what they ask about. */
export class DiagramView {
	#open = $state.raw<ReadonlySet<string>>(new Set());
	#choices = $state.raw<ViewChoices>(VIEW_DEFAULTS);
	#place = $state.raw<ViewPlace | null>(null);
	#node = $state<string | null>(null);
	#selected = $state<string | null>(null);
	#problems = $state.raw<readonly ViewProblem[]>([]);

	/** Told when the visitor has opened or closed something. */
	onopen: ((open: ReadonlySet<string>, previous: ReadonlySet<string>) => void) | null = null;

	/** Opened as far as the blocks. */
	constructor(root: ModuleNode) {
		this.#open = openAt(root, 'blocks');
	}

	/** Paths of the opened parts. */
	get open(): ReadonlySet<string> {
		return this.#open;
	}
	set open(open: ReadonlySet<string>) {
		const previous = this.#open;
		this.#open = open;
		this.onopen?.(open, previous);
	}

	/** Opens and closes without telling: another view has told already. */
	follow(open: ReadonlySet<string>): void {
		this.#open = open;
	}

	get choices(): ViewChoices {
		return this.#choices;
	}

	/** Where the window on the drawing stands; null at its beginning. */
	get place(): ViewPlace | null {
		return this.#place;
	}
	set place(place: ViewPlace | null) {
		this.#place = place;
	}

	/** Path of the part that the panel is about; null where it is closed. */
	get node(): string | null {
		return this.#node;
	}
	set node(path: string | null) {
		this.#node = path;
	}

	/** Path of the part that was last focused or clicked. */
	get selected(): string | null {
		return this.#selected;
	}
	set selected(path: string | null) {
		this.#selected = path;
		// An open panel goes along.
		if (this.#node !== null && path !== null) this.#node = path;
	}

	/** What was wrong in the address last read. */
	get problems(): readonly ViewProblem[] {
		return this.#problems;
	}

	choose<K extends keyof ViewChoices>(key: K, value: ViewChoices[K]): void {
		this.#choices = { ...this.#choices, [key]: value };
	}

	/** Takes the view of a network from an address. */
	read(root: ModuleNode, params: URLSearchParams): void {
		const { view, problems } = parseView(root, params);
		this.#open = view.open;
		this.#choices = view.choices;
		this.#place = view.place;
		this.#node = view.node;
		this.#selected = view.node;
		this.#problems = problems;
	}

	/** The view as keys and values of an address. */
	entries(root: ModuleNode): [key: string, value: string][] {
		const view: View = {
			open: this.#open,
			choices: this.#choices,
			place: this.#place,
			node: this.#node
		};
		return printView(root, view);
	}

	dismissProblems(): void {
		this.#problems = [];
	}
}
