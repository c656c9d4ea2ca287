/** What a block can be made to show: a figure on it, and its place on a heat scale. */
export type Metric =
	/** The tensor that leaves it. */
	| 'shape'
	| 'params'
	| 'macs'
	/** Bytes that it writes. */
	| 'activations'
	/** Shares of the whole network. */
	| 'macs-share'
	| 'params-share'
	/** Multiply-accumulates per byte moved. */
	| 'intensity'
	/** Milliseconds, where the network was profiled. */
	| 'time';

/** In the order of a choice. Time is last, since it is not always there. */
const METRICS: readonly Metric[] = [
	'shape',
	'params',
	'macs',
	'activations',
	'macs-share',
	'params-share',
	'intensity',
	'time'
];

/** What can be chosen: time only where it was measured. */
export function metricsFor({ hasTimes }: { readonly hasTimes: boolean }): readonly Metric[] {
	return hasTimes ? METRICS : METRICS.filter((metric) => metric !== 'time');
}
