import * as m from '../paraglide/messages';
import { formatNumber } from '../ui/format';
import type { SummandKind } from './kernel-sum';

/** The most decimals that a cell has room for. */
const MAX_DECIMALS = 4;

/** A weight as it stands in a cell: two significant digits, and two decimals at least. */
export function weightText(value: number): string {
	if (value === 0) return formatNumber(0);
	const decimals = 1 - Math.floor(Math.log10(Math.abs(value)));
	return formatNumber(value, Math.min(MAX_DECIMALS, Math.max(2, decimals)));
}

/**
 * How much of its colour a weight gets, 0 to 1. By the square root: beside the identity's 1 the other
 * weights of a kernel are small, and would all look white.
 */
export function colorShare(value: number, greatest: number): number {
	return greatest > 0 ? Math.sqrt(Math.abs(value) / greatest) : 0;
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A number so small that only its order matters: `2.4 × 10⁻⁸`. */
export function tinyText(value: number): string {
	if (value === 0) return formatNumber(0);
	const [mantissa = '', exponent = '0'] = value.toExponential(1).split('e');
	const power = [...String(Math.abs(Number(exponent)))].map((digit) => SUPERSCRIPTS[Number(digit)]);
	const sign = Number(exponent) < 0 ? '⁻' : '';
	return `${formatNumber(Number(mantissa), 1)} × 10${sign}${power.join('')}`;
}

/** What a summand was, and what was done to it before it is added. */
export function summandTexts(kind: SummandKind, side: number): { name: string; detail: string } {
	const whole = sizeText(side);
	switch (kind.code) {
		case 'conv': {
			const name = m.diagram_conv_depthwise({ kernel: sizeText(kind.kernel) });
			const isPadded = kind.kernel < side;
			if (kind.hasNorm && isPadded) return { name, detail: m.reparam_part_both({ size: whole }) };
			if (kind.hasNorm) return { name, detail: m.reparam_part_norm() };
			return { name, detail: isPadded ? m.reparam_part_padded({ size: whole }) : '' };
		}
		case 'identity':
			return { name: m.reparam_part_identity(), detail: m.reparam_part_identity_detail() };
		case 'norm':
			return { name: m.reparam_part_bare_norm(), detail: m.reparam_part_bare_norm_detail() };
	}
}

export function sizeText(side: number): string {
	return `${side}×${side}`;
}
