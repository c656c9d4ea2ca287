import type { Shape } from '../../arch/shapes';
import * as m from '../../paraglide/messages';
import { formatCount, formatMs, formatShare, formatSignificant } from '../../ui/format';
import { tensorText } from '../node-text';
import type { Metric } from './metric';

/** Keeps a number and its unit on one line. */
const NBSP = '\u00a0';

/** `1.2 MB`, `768 B`: three digits, powers of ten. */
export function formatBytes(bytes: number): string {
	const count = formatCount(bytes);
	return count.includes(NBSP) ? `${count}B` : `${count}${NBSP}B`;
}

/** A metric's number as it stands on a block, which is short of room: the legend has the unit. */
export function valueText(metric: Metric, value: number, output: Shape): string {
	return metric === 'shape' ? tensorText(output) : scaleText(metric, value);
}

/** The same for a number that belongs to no part: the ends of a scale. */
export function scaleText(metric: Metric, value: number): string {
	switch (metric) {
		case 'shape':
		case 'params':
		case 'macs':
			return formatCount(value);
		case 'activations':
			return formatBytes(value);
		case 'macs-share':
		case 'params-share':
			return formatShare(value);
		case 'intensity':
			return formatSignificant(value, 2);
		case 'time':
			return formatMs(value);
	}
}

interface MetricText {
	readonly name: () => string;
	/** Of the numbers on the scale. */
	readonly unit: () => string;
	/** One or two sentences: what it is, and what it does not say. */
	readonly help: () => string;
}

export const METRIC_TEXTS: { readonly [M in Metric]: MetricText } = {
	shape: {
		name: m.panel_metric_shape,
		unit: m.panel_unit_elements,
		help: m.panel_metric_shape_help
	},
	params: {
		name: m.panel_metric_params,
		unit: m.panel_unit_params,
		help: m.panel_metric_params_help
	},
	macs: { name: m.panel_metric_macs, unit: m.panel_unit_macs, help: m.panel_metric_macs_help },
	activations: {
		name: m.panel_metric_activations,
		unit: m.panel_unit_bytes,
		help: m.panel_metric_activations_help
	},
	'macs-share': {
		name: m.panel_metric_macs_share,
		unit: m.panel_unit_macs_share,
		help: m.panel_metric_macs_share_help
	},
	'params-share': {
		name: m.panel_metric_params_share,
		unit: m.panel_unit_params_share,
		help: m.panel_metric_params_share_help
	},
	intensity: {
		name: m.panel_metric_intensity,
		unit: m.panel_unit_intensity,
		help: m.panel_metric_intensity_help
	},
	time: { name: m.panel_metric_time, unit: m.panel_unit_ms, help: m.panel_metric_time_help }
};
