import type { TreeAnalysis } from '../../arch/analysis';
import { arithmeticIntensity, trafficOf } from '../../arch/intensity';
import * as m from '../../paraglide/messages';
import { formatNumber, formatShare, formatSignificant } from '../../ui/format';
import { formatBytes } from '../values/value-text';
import { shareOf } from '../values/values';
import type { Fact } from './fact-texts';

/** What a node costs, each figure with its share of the whole network. */
export function costFacts(analysis: TreeAnalysis, path: string): Fact[] {
	const { params, macs, activationBytes } = analysis.costs.get(path)!;
	const { total } = analysis;
	return [
		shared(m.panel_params(), formatNumber(params), shareOf(params, total.params)),
		shared(m.panel_macs(), formatNumber(macs), shareOf(macs, total.macs)),
		shared(
			m.panel_activations(),
			formatBytes(activationBytes),
			shareOf(activationBytes, total.activationBytes)
		),
		...intensityFacts(analysis, path)
	];
}

function shared(name: string, value: string, share: number): Fact {
	return { name, value, share, note: m.panel_share({ share: formatShare(share) }) };
}

/** MACs per byte, beside that of the whole network, and the bytes that it counts. */
function intensityFacts(analysis: TreeAnalysis, path: string): Fact[] {
	const { costs, total } = analysis;
	const traffic = trafficOf(analysis);
	const own = traffic.get(path)!;
	const intensity = arithmeticIntensity(costs.get(path)!.macs, own);
	if (intensity === null) return [];
	const network = arithmeticIntensity(total.macs, traffic.get('')!) ?? 0;
	return [
		{
			name: m.panel_intensity(),
			value: formatSignificant(intensity),
			note:
				path === '' ? undefined : m.panel_intensity_network({ value: formatSignificant(network) })
		},
		{
			name: m.panel_bytes(),
			value: m.panel_bytes_parts({
				weights: formatBytes(own.weightBytes),
				read: formatBytes(own.readBytes),
				written: formatBytes(own.writtenBytes)
			})
		}
	].map(({ note, ...fact }) => (note === undefined ? fact : { ...fact, note }));
}
