import { ops } from '../../arch/module';
import type { TreeAnalysis } from '../../arch/analysis';
import type { Heat } from '../heat';
import { drawnPaths } from '../open-to';
import type { Metric } from './metric';
import { linearScale, logScale, placeOn, type HeatScale } from './scale';
import { valueText } from './value-text';
import { metricValues, type Values, type ValuesOptions } from './values';

export interface HeatOptions extends ValuesOptions {
	/**
	 * Paths of the closed parts and ops that are drawn, and keys of runs: those of a layout's boxes,
	 * or `drawnPaths`.
	 * Those of the closed network if not given.
	 */
	readonly drawn?: Iterable<string>;
}

/** What a scale stands for. */
export interface HeatLegendData {
	readonly metric: Metric;
	readonly scale: HeatScale;
}

/**
 * A metric as heat, for every path of the tree: a closed module has its own figure.
 *
 * What adds up (params, MACs, bytes, shares, time) runs from 0 to the greatest part **that is drawn**.
 * Drawn parts are the whole network cut into pieces, joins aside, each counted once; a stage that is open is no
 * piece, its blocks are. So a colour says how large a piece of the drawing is beside the other pieces,
 * and opening a stage does not drown its blocks under a figure that they themselves make up.
 *
 * What does not add up is the same scale however the drawing is opened. A tensor runs from 0 to the
 * largest one in the network. An intensity runs from the least to the greatest of all ops, between
 * which those of modules lie, and logarithmically, since it spans two powers of ten and is a ratio:
 * twice as much is as far from half as much. What has no MACs stands at its foot.
 */
export function heatFor({ drawn, ...options }: HeatOptions): {
	readonly heat: Heat;
	readonly legend: HeatLegendData;
} {
	const { analysis, metric, runs } = options;
	const { shapes } = analysis;
	const values = metricValues(options);
	const scale = scaleFor(metric, values, analysis, drawn);
	const heat = new Map(
		[...values].map(([path, value]) => [
			path,
			{
				share: placeOn(scale, value),
				text: valueText(metric, value, shapes.get(runs?.get(path)?.at(-1) ?? path)!.output)
			}
		])
	);
	return { heat, legend: { metric, scale } };
}

function scaleFor(
	metric: Metric,
	values: Values,
	{ root }: TreeAnalysis,
	drawn: Iterable<string> = drawnPaths(root)
): HeatScale {
	const at = (paths: Iterable<string>) =>
		[...paths].map((path) => values.get(path)).filter((value) => value !== undefined);
	switch (metric) {
		case 'shape':
			return linearScale(values.values());
		case 'intensity':
			return logScale(at([...ops(root)].map(({ path }) => path)));
		default:
			return linearScale(at(drawn));
	}
}
