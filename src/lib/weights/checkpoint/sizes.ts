import type { Shape } from '../../arch/shapes';

/** What a size is of; the path says where. */
export type SizeName = 'width' | 'hidden' | 'kernel' | 'squeeze' | 'features' | 'classes';

/** Gives the sizes of a plan. The same path and name are the same size, wherever a plan asks for it. */
export type SizeOf = (path: string, name: SizeName) => number;

/** Larger than any size that is written down in an architecture, such as an image's 3 channels. */
const FIRST_STAND_IN = 2 ** 40;

/**
 * Numbers that stand in for sizes which are not known yet, each another. A plan with stand-ins
 * builds a tree as any other does, and each of them in the shape of one of its tensors says which
 * size that axis tells: so nothing but the tree has to know where a width shows.
 */
export class StandIns {
	readonly #indices = new Map<string, number>();
	readonly #unknowns: Unknown[] = [];

	readonly sizeOf: SizeOf = (path, name) => {
		const key = unknownKey({ path, name });
		let index = this.#indices.get(key);
		if (index === undefined) {
			index = this.#unknowns.push({ path, name }) - 1;
			this.#indices.set(key, index);
		}
		return FIRST_STAND_IN + index;
	};

	/** The size that a number stands in for; undefined for one that is a size itself. */
	unknownOf(size: number): Unknown | undefined {
		return this.#unknowns[size - FIRST_STAND_IN];
	}
}

interface Unknown {
	readonly path: string;
	readonly name: SizeName;
}

function unknownKey({ path, name }: Unknown): string {
	return `${path} ${name}`;
}

/** A tensor's shape as the tree with stand-ins has it, and as the file does: of the same length. */
export interface ShapeStatement {
	readonly key: string;
	readonly expected: Shape;
	readonly found: Shape;
}

/** A size, and a tensor that has it. */
export interface Solution extends Unknown {
	readonly size: number;
	readonly witness: string;
}

/** The sizes that a file's shapes tell. */
export class Sizes {
	readonly #solutions: ReadonlyMap<string, Solution>;

	/**
	 * Most sizes show in several tensors. Where those do not agree the majority is right, so that a
	 * single wrong shape is what is found to be wrong; the first one, where there is none.
	 */
	constructor(standIns: StandIns, statements: readonly ShapeStatement[]) {
		const ballots = new Map<string, Ballot>();
		for (const { key, expected, found } of statements) {
			expected.forEach((standIn, axis) => {
				const unknown = standIns.unknownOf(standIn);
				if (unknown) castVote(ballots, unknown, { size: found[axis]!, witness: key });
			});
		}
		this.#solutions = new Map([...ballots].map(([key, ballot]) => [key, winnerOf(ballot)]));
	}

	readonly sizeOf: SizeOf = (path, name) => this.get({ path, name }).size;

	/** @throws for a size that no tensor tells */
	get(unknown: Unknown): Solution {
		const solution = this.#solutions.get(unknownKey(unknown));
		if (!solution) throw new Error(`No tensor tells the ${unknown.name} of ${unknown.path}.`);
		return solution;
	}

	[Symbol.iterator](): Iterator<Solution> {
		return this.#solutions.values();
	}
}

interface Ballot {
	readonly unknown: Unknown;
	/** Votes by size, in the order they came in. */
	readonly votes: Map<number, { count: number; readonly witness: string }>;
}

function castVote(
	ballots: Map<string, Ballot>,
	unknown: Unknown,
	{ size, witness }: { readonly size: number; readonly witness: string }
): void {
	const key = unknownKey(unknown);
	let ballot = ballots.get(key);
	if (!ballot) ballots.set(key, (ballot = { unknown, votes: new Map() }));
	const vote = ballot.votes.get(size);
	if (vote) vote.count++;
	else ballot.votes.set(size, { count: 1, witness });
}

function winnerOf({ unknown, votes }: Ballot): Solution {
	const [size, { witness }] = [...votes].reduce((best, vote) =>
		vote[1].count > best[1].count ? vote : best
	);
	return { ...unknown, size, witness };
}
