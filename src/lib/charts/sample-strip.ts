import { extent, median, scaleLinear, scaleLog } from 'd3';
import type { CandidateResult } from '../measure/types';

type Figures = Pick<CandidateResult, 'samples' | 'medianMs' | 'p10Ms' | 'p90Ms'>;

export interface StripLayout {
	/** One path with a dot per sample: x is time over the median, y the order of taking. */
	readonly dots: string;
	readonly median: number;
	readonly p10: number | null;
	readonly p90: number | null;
	readonly logarithmic: boolean;
}

/** Beyond this spread a linear axis would squeeze all but the slowest samples into one line. */
const LOG_FROM_SPREAD = 4;
const PADDING = 4;

function centreMs({ samples, medianMs }: Figures): number | null {
	return medianMs?.value ?? median(samples, ({ ms }) => ms) ?? null;
}

/**
 * Lowest and highest sample over its design's own median, for several designs together: on this
 * axis strips of fast and slow designs show their spread alike. Null without samples.
 */
export function relativeDomain(results: readonly Figures[]): readonly [number, number] | null {
	const [low, high] = extent(
		results.flatMap((result) => {
			const centre = centreMs(result);
			return centre ? result.samples.map(({ ms }) => ms / centre) : [];
		})
	);
	return low === undefined || high === undefined ? null : [low, high];
}

/**
 * All samples of a design, none dropped: left is fast, and reading down is reading on in time, so
 * that drift leans and outliers stand apart. Null without samples.
 */
export function layoutStrip({
	result,
	domain,
	width,
	height
}: {
	readonly result: Figures;
	readonly domain: readonly [number, number];
	readonly width: number;
	readonly height: number;
}): StripLayout | null {
	const { samples } = result;
	const centre = centreMs(result);
	if (centre === null || centre <= 0) return null;
	const [low, high] = domain;
	const logarithmic = low > 0 && high / low > LOG_FROM_SPREAD;
	const range = [PADDING, width - PADDING];
	const spread = high > low ? [low, high] : [low * 0.95, low * 1.05];
	const x = logarithmic ? scaleLog(spread, range) : scaleLinear(spread, range);
	const last = Math.max(1, samples.length - 1);
	const dots = samples
		.map(({ ms }, index) => {
			const y = PADDING + (index / last) * (height - 2 * PADDING);
			return `M${x(ms / centre).toFixed(1)} ${y.toFixed(1)}h0`;
		})
		.join('');
	const at = (ms: number | null) => (ms === null ? null : x(ms / centre));
	return { dots, median: x(1), p10: at(result.p10Ms), p90: at(result.p90Ms), logarithmic };
}
