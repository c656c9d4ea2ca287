import type { ModuleNode } from '../module';

/**
 * A total order of trees by content; 0 only where they are equal. Whatever has a tie to break between
 * two networks is worked out from the lesser to the greater one and then turned round if need be, so
 * that swapping the two swaps the answer and changes nothing else.
 */
export function compareTrees(a: ModuleNode, b: ModuleNode): number {
	if (a === b) return 0;
	const own = compareTexts(ownText(a), ownText(b));
	if (own !== 0 || a.kind === 'op' || b.kind === 'op') return own;
	for (let i = 0; i < Math.min(a.children.length, b.children.length); i++) {
		const below = compareTrees(a.children[i]!, b.children[i]!);
		if (below !== 0) return below;
	}
	return a.children.length - b.children.length;
}

function ownText(node: ModuleNode): string {
	const what = node.kind === 'branches' ? node.join : node.kind === 'op' ? node.op : '';
	return `${node.kind}|${node.name}|${node.role ?? ''}|${JSON.stringify(what)}`;
}

function compareTexts(a: string, b: string): number {
	return a === b ? 0 : a < b ? -1 : 1;
}

/** Indices of the increasing subsequence with the greatest weight. Quadratic; rows are small. */
export function heaviestIncreasing(
	values: readonly number[],
	weights: readonly number[]
): Set<number> {
	const best: number[] = [];
	const previous: number[] = [];
	let end = -1;
	values.forEach((value, i) => {
		best[i] = weights[i]!;
		previous[i] = -1;
		for (let j = 0; j < i; j++) {
			if (values[j]! < value && best[j]! + weights[i]! > best[i]!) {
				best[i] = best[j]! + weights[i]!;
				previous[i] = j;
			}
		}
		if (end === -1 || best[i]! > best[end]!) end = i;
	});
	const kept = new Set<number>();
	for (let i = end; i !== -1; i = previous[i]!) kept.add(i);
	return kept;
}
