/** So many decimals that ticks read differently: a narrow scale steps by tenths, or less. */
export function tickDecimals(ticks: readonly number[]): number {
	const steps = ticks.slice(1).map((value, i) => Math.abs(value - ticks[i]!));
	const least = Math.min(...steps, 1);
	return Math.max(0, Math.ceil(-Math.log10(least) - 1e-9));
}
