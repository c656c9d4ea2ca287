/** `Map.groupBy`, which Node 20 and older browsers lack. Groups stand in the order they first occur. */
export function groupBy<T, K>(items: Iterable<T>, key: (item: T) => K): Map<K, T[]> {
	const groups = new Map<K, T[]>();
	for (const item of items) {
		const of = key(item);
		const group = groups.get(of);
		if (group) group.push(item);
		else groups.set(of, [item]);
	}
	return groups;
}
