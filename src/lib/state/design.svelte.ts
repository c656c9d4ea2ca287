import { analyseDesign, type Analysis } from '../arch/analysis';
import { BASELINE, OPTIONS, type Design, type DesignKey, type PickKey } from '../arch/design';
import { illegalityOfCost, optionLegality, worsening, type Illegality } from '../arch/legality';
import { parseDesign, printDesign, type QueryProblem } from '../arch/query';

type OptionIllegality = { readonly [K in PickKey]: ReadonlyMap<string, Illegality> };

/** The design on screen: its choices, what they build, and what may be picked next. */
export class DesignState {
	#design = $state.raw<Design>(BASELINE);
	#problems = $state.raw<readonly QueryProblem[]>([]);
	#touched = $state(false);

	readonly #analysis = $derived(analyseDesign(this.#design));
	readonly #illegality = $derived(illegalityOfCost(this.#analysis.total));
	readonly #query = $derived(printDesign(this.#design));
	readonly #optionIllegality = $derived(illegalOptions(this.#design, this.#analysis));

	get design(): Design {
		return this.#design;
	}

	get analysis(): Analysis {
		return this.#analysis;
	}

	/** Why the design can't be run; null for a legal one. It is drawn all the same. */
	get illegality(): Illegality | null {
		return this.#illegality;
	}

	/** The design as a query string, without the question mark. */
	get query(): string {
		return this.#query;
	}

	/** What was wrong in the query string last read. */
	get problems(): readonly QueryProblem[] {
		return this.#problems;
	}

	/** Why an option is not to be picked; undefined where it is. */
	illegalityOfOption<K extends PickKey>(key: K, value: Design[K]): Illegality | undefined {
		return this.#optionIllegality[key].get(String(value));
	}

	/** The same for any value of any choice, checked when asked. */
	illegalityWith<K extends DesignKey>(key: K, value: Design[K]): Illegality | undefined {
		return worsening(this.#analysis.total, { ...this.#design, [key]: value }) ?? undefined;
	}

	/** Whether the address may be rewritten: what it got wrong stays in it until something is changed. */
	get ownsAddress(): boolean {
		return this.#touched || this.#problems.length === 0;
	}

	/** Takes the design from a query string; what is wrong in it becomes `problems`. */
	readQuery(query: string, ignoredKeys?: ReadonlySet<string>): void {
		const { design, problems } = parseDesign(query, ignoredKeys);
		this.#design = design;
		this.#problems = problems;
		this.#touched = false;
	}

	replace(design: Design): void {
		this.#touched = true;
		this.#design = design;
	}

	set<K extends DesignKey>(key: K, value: Design[K]): void {
		this.replace({ ...this.#design, [key]: value });
	}

	dismissProblems(): void {
		this.#touched = true;
		this.#problems = [];
	}
}

function illegalOptions(design: Design, { total }: Analysis): OptionIllegality {
	const pairs = (Object.keys(OPTIONS) as PickKey[]).map((key) => {
		const illegal = optionLegality(design, key, total).flatMap(({ value, illegality }) =>
			illegality ? [[String(value), illegality] as const] : []
		);
		return [key, new Map(illegal)] as const;
	});
	return Object.fromEntries(pairs) as unknown as OptionIllegality;
}
