import type { TreeAnalysis } from '../../arch/analysis';
import { bytesMoved, trafficOf } from '../../arch/intensity';
import { childPath, type ModuleNode } from '../../arch/module';
import { volume } from '../../arch/shapes';
import type { Metric } from './metric';

/** A metric's number for every node that has one, by path. */
export type Values = ReadonlyMap<string, number>;

export interface ValuesOptions {
	readonly analysis: TreeAnalysis;
	readonly metric: Metric;
	/**
	 * Milliseconds by path as a profile of the file's nodes gives them: of an op its own, of branches
	 * their join's. What a runtime has fused into something else is not in it.
	 */
	readonly timesMs?: ReadonlyMap<string, number>;
	/**
	 * Parts that no node of the tree is, such as a run of equal blocks that is drawn as one: the
	 * paths that each stands for, in execution order, by the key that it has in place of a path.
	 */
	readonly runs?: Runs;
}

export type Runs = ReadonlyMap<string, readonly string[]>;

/**
 * Bytes and MACs of a module are all its ops' together; of a shape the number is its elements; an
 * intensity is the module's MACs over the module's bytes. An identity has no intensity, and what was
 * not measured has no time. A run has what its blocks have together, and the shape of the last.
 */
export function metricValues({ analysis, metric, timesMs, runs }: ValuesOptions): Values {
	const { costs, shapes, total } = analysis;
	const added = (values: Values) => withRuns(values, runs, sum);
	switch (metric) {
		case 'shape':
			return withRuns(
				mapValues(shapes, ({ output }) => volume(output)),
				runs,
				(values) => values.at(-1)
			);
		case 'params':
			return added(mapValues(costs, ({ params }) => params));
		case 'macs':
			return added(mapValues(costs, ({ macs }) => macs));
		case 'activations':
			return added(mapValues(costs, ({ activationBytes }) => activationBytes));
		case 'macs-share':
			return added(mapValues(costs, ({ macs }) => shareOf(macs, total.macs)));
		case 'params-share':
			return added(mapValues(costs, ({ params }) => shareOf(params, total.params)));
		case 'intensity': {
			const macs = added(mapValues(costs, (cost) => cost.macs));
			const bytes = added(mapValues(trafficOf(analysis), bytesMoved));
			return mapValues(macs, (value, path) => ratio(value, bytes.get(path)!));
		}
		case 'time':
			return added(sumTimes(analysis.root, timesMs ?? new Map()));
	}
}

function withRuns(
	values: Values,
	runs: Runs = new Map(),
	together: (values: readonly number[]) => number | undefined
): Values {
	const all = new Map(values);
	for (const [key, paths] of runs) {
		const known = paths.map((path) => values.get(path)).filter((value) => value !== undefined);
		const value = known.length > 0 ? together(known) : undefined;
		if (value !== undefined) all.set(key, value);
	}
	return all;
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}

/** Null where nothing is moved: see `arithmeticIntensity`. */
function ratio(macs: number, bytes: number): number | null {
	return bytes === 0 ? null : macs / bytes;
}

/** 0 of nothing. */
export function shareOf(part: number, whole: number): number {
	return whole === 0 ? 0 : part / whole;
}

/** Times of ops and joins summed up the tree; a part of which nothing is known is left out. */
export function sumTimes(root: ModuleNode, timesMs: ReadonlyMap<string, number>): Values {
	const sums = new Map<string, number>();
	const visit = (node: ModuleNode, path: string): number | undefined => {
		const parts = [
			timesMs.get(path),
			...(node.kind === 'op'
				? []
				: node.children.map((child) => visit(child, childPath(path, child.name))))
		].filter((ms) => ms !== undefined);
		if (parts.length === 0) return undefined;
		const total = sum(parts);
		sums.set(path, total);
		return total;
	};
	visit(root, '');
	return sums;
}

function mapValues<T>(
	source: ReadonlyMap<string, T>,
	valueOf: (item: T, path: string) => number | null
): Values {
	const values = new Map<string, number>();
	for (const [path, item] of source) {
		const value = valueOf(item, path);
		if (value !== null) values.set(path, value);
	}
	return values;
}
