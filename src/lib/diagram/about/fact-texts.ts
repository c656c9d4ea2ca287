import type { Join } from '../../arch/module';
import type { Op, Pair } from '../../arch/op';
import { formatShape } from '../../arch/shapes';
import type { OnnxAttribute } from '../../onnx/schema';
import * as m from '../../paraglide/messages';
import { formatNumber, formatSignificant } from '../../ui/format';
import { uniformDeviation } from '../../weights/spread';
import { labelText } from '../label-text';
import { opLabel } from '../node-label';
import { factorText, type MacFactor, type MacFormula } from './formula';
import type { InitialValues, TensorFacts } from './initial-weights';

/** A line of a definition list. */
export interface Fact {
	readonly name: string;
	readonly value: string;
	/** A name or a shape as it stands in files, in the code face. */
	readonly isCode?: boolean;
	/** Of the whole network, 0 to 1: drawn as a small bar. */
	readonly share?: number;
	/** A quiet line below. */
	readonly note?: string;
}

/** What an op is and how it is set. */
export function opFacts(op: Op): Fact[] {
	const kind = { name: m.panel_op(), value: labelText(opLabel(op)) };
	switch (op.type) {
		case 'conv':
			return [
				kind,
				{ name: m.panel_channels(), value: `${op.inChannels} → ${op.outChannels}` },
				{ name: m.panel_kernel(), value: pairText(op.kernel) },
				{ name: m.panel_stride(), value: pairText(op.stride) },
				{ name: m.panel_padding(), value: pairText(op.padding) },
				{ name: m.panel_groups(), value: String(op.groups) },
				biasFact(op.bias)
			];
		case 'linear':
			return [
				kind,
				{ name: m.panel_features(), value: `${op.inFeatures} → ${op.outFeatures}` },
				biasFact(op.bias)
			];
		case 'batchNorm':
			return [
				kind,
				{ name: m.panel_channels(), value: String(op.channels) },
				{ name: m.panel_epsilon(), value: String(op.epsilon) }
			];
		default:
			return [kind];
	}
}

function biasFact(bias: boolean): Fact {
	return { name: m.panel_bias(), value: bias ? m.panel_yes() : m.panel_no() };
}

/** Height × width. */
function pairText([height, width]: Pair): string {
	return `${height} × ${width}`;
}

export const JOIN_TEXTS: { readonly [J in Join]: () => string } = {
	add: m.panel_join_add,
	mul: m.panel_join_mul,
	mean: m.panel_join_mean,
	concat: m.panel_join_concat
};

/** `14·14 · 384 · 192/1 · 1·1 = 14,450,688` */
export function formulaText({ factors, macs }: MacFormula): string {
	return `${factors.map(factorText).join(' · ')} = ${formatNumber(macs)}`;
}

const FACTORS: { readonly [F in MacFactor['of']]: () => string } = {
	batch: m.panel_factor_batch,
	positions: m.panel_factor_positions,
	filters: m.panel_factor_filters,
	channels: m.panel_factor_channels,
	kernel: m.panel_factor_kernel,
	'in-features': m.panel_factor_in,
	'out-features': m.panel_factor_out
};

/** `positions · filters · channels/groups · kernel`: the same formula in words. */
export function formulaWords({ factors }: MacFormula): string {
	return factors.map((factor) => FACTORS[factor.of]()).join(' · ');
}

/** `(384, 192, 1, 1), 73,728 values` */
export function tensorShapeText({ shape, count }: TensorFacts): string {
	return m.panel_tensor({ shape: formatShape(shape), count: formatNumber(count) });
}

/** From what a tensor's first values are drawn, or what folding leaves of them. */
export function initialText(initial: InitialValues): string {
	switch (initial.kind) {
		case 'uniform': {
			const { centre, halfRange } = initial;
			const deviation = formatSignificant(uniformDeviation(halfRange));
			return centre === 0
				? m.panel_spread_around_zero({ range: formatSignificant(halfRange), deviation })
				: m.panel_spread_uniform({
						low: formatSignificant(centre - halfRange),
						high: formatSignificant(centre + halfRange),
						deviation
					});
		}
		case 'pass-through':
			return m.panel_spread_pass_through({
				gain: formatSignificant(initial.centreGain),
				range: formatSignificant(initial.halfRange)
			});
		case 'folded':
			return m.panel_spread_folded({
				mean: formatSignificant(initial.mean, 2),
				deviation: formatSignificant(initial.deviation)
			});
	}
}

/** `strides = [2, 2]`, as ONNX viewers print it. */
export function attributeText({ name, ...attribute }: OnnxAttribute): string {
	switch (attribute.kind) {
		case 'ints':
			return `${name} = [${attribute.value.join(', ')}]`;
		case 'int':
			return `${name} = ${attribute.value}`;
		case 'float':
			// Stored as float32: seven digits say all of it.
			return `${name} = ${Number(attribute.value.toPrecision(7))}`;
	}
}
