import type { TreeAnalysis } from '../../arch/analysis';
import { arithmeticIntensity, trafficOf } from '../../arch/intensity';
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
}

/**
 * Bytes and MACs of a module are all its ops' together; of a shape the number is its elements; an
 * intensity is the module's MACs over the module's bytes. An identity has no intensity, and what was
 * not measured has no time.
 */
export function metricValues({ analysis, metric, timesMs }: ValuesOptions): Values {
	const { costs, shapes, total } = analysis;
	switch (metric) {
		case 'shape':
			return mapValues(shapes, ({ output }) => volume(output));
		case 'params':
			return mapValues(costs, ({ params }) => params);
		case 'macs':
			return mapValues(costs, ({ macs }) => macs);
		case 'activations':
			return mapValues(costs, ({ activationBytes }) => activationBytes);
		case 'macs-share':
			return mapValues(costs, ({ macs }) => shareOf(macs, total.macs));
		case 'params-share':
			return mapValues(costs, ({ params }) => shareOf(params, total.params));
		case 'intensity': {
			const traffic = trafficOf(analysis);
			return mapValues(costs, ({ macs }, path) => arithmeticIntensity(macs, traffic.get(path)!));
		}
		case 'time':
			return sumTimes(analysis.root, timesMs ?? new Map());
	}
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
		const sum = parts.reduce((total, ms) => total + ms, 0);
		sums.set(path, sum);
		return sum;
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
