import type { Change } from './diff';
import type { TreeMatching } from './matching/match-trees';
import { opsIn, type Entry, type TreeIndex } from './matching/tree-index';
import { childPath, sequential } from './module';
import {
	insertBeside,
	insertChild,
	newDraft,
	replaceChild,
	type Draft,
	type UnionMark
} from './union-draft';

/** Puts the union of two networks together: a copy of the later one, then ghosts of the earlier one. */
export class Union {
	readonly #matching: TreeMatching;
	readonly #before: TreeIndex;
	readonly #root: Draft;
	/** Drafts by their entry in the later network, and ghosts by theirs in the earlier one. */
	readonly #drafts = new Map<Entry, Draft>();
	/** Marks by path in the later network, and what moved by path in the earlier one. */
	readonly #marks = new Map<string, UnionMark>();
	readonly #moved = new Set<string>();
	readonly #ghosts: Draft[] = [];
	readonly #after: TreeIndex;
	readonly #joinsToAfter: ReadonlyMap<string, string>;

	constructor(
		before: TreeIndex,
		after: TreeIndex,
		matching: TreeMatching,
		changes: readonly Change[]
	) {
		this.#matching = matching;
		this.#before = before;
		this.#after = after;
		this.#joinsToAfter = new Map([...matching.joinsToBefore].map(([to, from]) => [from, to]));
		for (const change of changes) {
			if (change.kind !== 'removed') this.#marks.set(change.item.path, change.kind);
			if (change.kind === 'moved') this.#moved.add(change.before.path);
		}
		this.#root = this.#copyAfter(after.root);
	}

	/** Everything of the later network. */
	#copyAfter(entry: Entry): Draft {
		const path = this.#matching.toBefore.get(entry.path);
		const draft = newDraft({
			node: entry.node,
			before: (path === undefined ? undefined : this.#before.byPath.get(path)) ?? null,
			after: entry,
			mark: this.#marks.get(entry.path) ?? null
		});
		this.#drafts.set(entry, draft);
		for (const child of entry.children) {
			insertChild(draft, draft.children.length, this.#copyAfter(child));
		}
		return draft;
	}

	/** Walks the earlier network and puts in what has no other place. */
	addGhosts(entry: Entry): void {
		if (entry.parent === null && !this.#imageOf(entry)) return;
		if (entry.node.kind === 'op') {
			if (entry.item && this.#isGhost(entry)) this.#place(entry, this.#copyGhost(entry));
			return;
		}
		const ops = opsIn(entry);
		const ghosts = ops.filter((op) => this.#isGhost(op));
		if (ghosts.length === 0) return;
		if (ghosts.length === ops.length && this.#isWhole(entry, ghosts)) {
			this.#place(entry, this.#copyGhost(entry));
		} else if (!this.#wrap(entry)) entry.children.forEach((child) => this.addGhosts(child));
	}

	/** A module that has gone with all that is in it, or has moved with some of it. */
	#isWhole(entry: Entry, ghosts: readonly Entry[]): boolean {
		const image = this.#imageOf(entry);
		if (!image) return true;
		return ghosts.some((ghost) => {
			const there = this.#imageOf(ghost);
			return there !== undefined && isWithin(there, image);
		});
	}

	/** Whether an op is not where it was. */
	#isGhost({ path }: Entry): boolean {
		return !this.#matching.toAfter.has(path) || this.#moved.has(path);
	}

	#imageOf({ path }: Entry): Entry | undefined {
		const there = this.#matching.toAfter.get(path);
		return there === undefined ? undefined : this.#after.byPath.get(there);
	}

	/** A part of the earlier network; an op that stays is the later network's own, taken from its place. */
	#copyGhost(entry: Entry, staying?: Entry): Draft {
		const { node } = entry;
		const isJoinKept = node.kind === 'branches' && this.#joinsToAfter.has(entry.path);
		const isMoved = node.kind === 'op' ? this.#moved.has(entry.path) : isJoinKept;
		const ghost = newDraft({
			node,
			before: entry,
			after: null,
			mark: node.kind === 'sequential' ? null : isMoved ? 'moved-from' : 'removed'
		});
		this.#drafts.set(entry, ghost);
		this.#ghosts.push(ghost);
		for (const child of entry.children) {
			const image = child === staying ? this.#drafts.get(this.#imageOf(child)!) : undefined;
			insertChild(ghost, ghost.children.length, image ?? this.#copyGhost(child, staying));
		}
		return ghost;
	}

	/**
	 * A module that is gone from around something that stays, as the branches beside a kernel are when
	 * they fold into it, stands around that again.
	 */
	#wrap(entry: Entry): boolean {
		if (this.#imageOf(entry)) return false;
		let kept = entry;
		do {
			const [only, another] = kept.children.filter((child) => this.#holdsKept(child));
			if (only === undefined || another !== undefined) return false;
			kept = only;
		} while (!this.#imageOf(kept));
		const image = this.#imageOf(kept)!;
		const isScattered = opsIn(kept).some(
			(op) => !this.#isGhost(op) && !isWithin(this.#imageOf(op)!, image)
		);
		const draft = this.#drafts.get(image);
		if (isScattered || !draft?.parent) return false;
		const stand = newDraft({ node: kept.node, before: null, after: null, mark: null });
		replaceChild(draft, stand);
		replaceChild(stand, this.#copyGhost(entry, kept));
		this.addGhosts(kept);
		return true;
	}

	#holdsKept(entry: Entry): boolean {
		return opsIn(entry).some((op) => !this.#isGhost(op));
	}

	/**
	 * Behind the op that came before it, or else ahead of the one that came next: in the same branch, or
	 * else in what is around it.
	 */
	#place(entry: Entry, ghost: Draft): void {
		const { parent, position } = entry;
		if (parent === null) return;
		const home = this.#hostOf(parent);
		if (home?.node.kind === 'branches' && parent.node.kind === 'branches') {
			insertChild(home, Math.min(entry.index, home.children.length), ghost);
			return;
		}
		const behind = position + sizeOf(entry);
		for (let around: Entry | null = parent; around !== null; around = around.parent) {
			const host = this.#hostOf(around);
			if (!host && !isBranch(around) && around.parent !== null) continue;
			const end = around.position + sizeOf(around);
			const previous = this.#lastDraft(around.position, position);
			const anchor = previous ?? this.#firstDraft(behind, end);
			if (anchor) {
				return insertBeside(anchor, ghost, { isBehind: anchor === previous, position, host });
			}
			if (host?.node.kind === 'sequential') return insertChild(host, 0, ghost);
		}
		insertChild(this.#root, 0, ghost);
	}

	#lastDraft(from: number, to: number): Draft | undefined {
		for (let at = to - 1; at >= from; at--) {
			const draft = this.#draftOf(at);
			if (draft) return draft;
		}
		return undefined;
	}

	#firstDraft(from: number, to: number): Draft | undefined {
		for (let at = from; at < to; at++) {
			const draft = this.#draftOf(at);
			if (draft) return draft;
		}
		return undefined;
	}

	/** The op at a place of the earlier network: its ghost, or what stands where it stood. */
	#draftOf(position: number): Draft | undefined {
		const entry = this.#before.entries[position]!;
		if (entry.item === null || entry.node.kind !== 'op') return undefined;
		const ghost = this.#drafts.get(entry);
		if (ghost || this.#isGhost(entry)) return ghost;
		return this.#drafts.get(this.#imageOf(entry)!);
	}

	/** What stands for a module, or for the next one around it: that with the same join, if it has one. */
	#hostOf(entry: Entry): Draft | undefined {
		const join = this.#joinsToAfter.get(entry.path);
		const there = join === undefined ? this.#imageOf(entry) : this.#after.byPath.get(join);
		return this.#drafts.get(entry) ?? (there && this.#drafts.get(there));
	}

	/** The whole; to be asked for once, when the ghosts are in. */
	takeRoot(): Draft {
		return this.#matching.toAfter.has('') ? this.#root : this.#oneOfTwo();
	}

	/** What stands only where the earlier network had it, in that network's order. */
	get ghosts(): readonly Draft[] {
		return this.#ghosts;
	}

	/** What a ghost is in the later network; undefined for what was removed. */
	movedTo({ before }: Draft): Draft | undefined {
		const image = before && this.#imageOf(before);
		return image ? this.#drafts.get(image) : undefined;
	}

	/** A bare op and a module: one around the other where they share it, else one behind the other. */
	#oneOfTwo(): Draft {
		const kept = opsIn(this.#before.root).find((op) => this.#imageOf(op) === this.#after.root);
		if (kept && !this.#isGhost(kept)) return this.#copyGhost(this.#before.root, kept);
		const row = newDraft({ node: sequential('union', []), before: null, after: null, mark: null });
		insertChild(row, 0, this.#copyGhost(this.#before.root));
		insertChild(row, 1, this.#root);
		return row;
	}
}

/** Whether other branches stand beside it. */
function isBranch({ parent }: Entry): boolean {
	return parent?.node.kind === 'branches';
}

function isWithin(entry: Entry, outer: Entry): boolean {
	return entry === outer || entry.path.startsWith(childPath(outer.path, ''));
}

function sizeOf({ children }: Entry): number {
	return children.reduce((size, child) => size + sizeOf(child), 1);
}
