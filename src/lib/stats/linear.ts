/* Small linear models: tens of rows, a handful of columns. */

/** Rows of numbers, all of one length. */
type Matrix = readonly (readonly number[])[];

/**
 * The matrix that turns observations into least-squares coefficients: (X'X)⁻¹X', one row a
 * coefficient. Null where the columns depend on each other, so that no coefficients are settled.
 */
export function leastSquaresWeights(rows: Matrix): number[][] | null {
	const columns = rows[0]?.length ?? 0;
	if (columns === 0 || rows.length < columns) return null;
	const normal = Array.from({ length: columns }, (_, i) =>
		Array.from({ length: columns }, (_, j) => sum(rows, (row) => row[i]! * row[j]!))
	);
	const inverse = invert(normal);
	return (
		inverse &&
		inverse.map((line) =>
			rows.map((row) => line.reduce((total, each, column) => total + each * row[column]!, 0))
		)
	);
}

/** What a linear model says of a row. */
export function dot(coefficients: readonly number[], row: readonly number[]): number {
	return coefficients.reduce((total, each, column) => total + each * row[column]!, 0);
}

/**
 * What each observation comes out as when the model is fitted to all the others: y - residual /
 * (1 - leverage). NaN where an observation alone settles a coefficient.
 */
export function leaveOneOut(rows: Matrix, weights: Matrix, observed: readonly number[]): number[] {
	const coefficients = weights.map((line) => dot(line, observed));
	return rows.map((row, index) => {
		const leverage = sum(row, (value, column) => value * weights[column]![index]!);
		const residual = observed[index]! - dot(coefficients, row);
		return leverage > 1 - 1e-9 ? NaN : observed[index]! - residual / (1 - leverage);
	});
}

/**
 * Least squares with no coefficient below zero, by coordinate descent: in turn each coefficient takes
 * its best value given the others, cut off at zero. The problem is convex, so this ends at its
 * solution. Columns of zeros get zero.
 */
export function nonNegativeLeastSquares(rows: Matrix, observed: readonly number[]): number[] {
	const columns = rows[0]?.length ?? 0;
	const scales = Array.from({ length: columns }, (_, column) =>
		Math.sqrt(sum(rows, (row) => row[column]! ** 2))
	);
	const scaled = rows.map((row) =>
		row.map((value, i) => (scales[i]! > 0 ? value / scales[i]! : 0))
	);
	const coefficients = new Array<number>(columns).fill(0);
	const residuals = [...observed];
	for (let pass = 0; pass < MAX_PASSES; pass++) {
		let moved = 0;
		for (let column = 0; column < columns; column++) {
			if (scales[column] === 0) continue;
			const gain = sum(scaled, (row, index) => row[column]! * residuals[index]!);
			const next = Math.max(0, coefficients[column]! + gain);
			const step = next - coefficients[column]!;
			if (step === 0) continue;
			coefficients[column] = next;
			scaled.forEach((row, index) => (residuals[index]! -= step * row[column]!));
			moved = Math.max(moved, Math.abs(step));
		}
		if (moved < TOLERANCE) break;
	}
	return coefficients.map((each, column) => (scales[column]! > 0 ? each / scales[column]! : 0));
}

const MAX_PASSES = 5000;
/** Of a coefficient times its column's length: far under what any latency is known to. */
const TOLERANCE = 1e-8;

/** Gauss and Jordan's, the largest pivot first. */
function invert(matrix: Matrix): number[][] | null {
	const size = matrix.length;
	const work = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
	const largest = Math.max(...matrix.flat().map(Math.abs));
	for (let column = 0; column < size; column++) {
		let pivot = column;
		for (let row = column + 1; row < size; row++) {
			if (Math.abs(work[row]![column]!) > Math.abs(work[pivot]![column]!)) pivot = row;
		}
		if (Math.abs(work[pivot]![column]!) <= largest * 1e-10) return null;
		[work[column], work[pivot]] = [work[pivot]!, work[column]!];
		const head = work[column]!;
		const divisor = head[column]!;
		head.forEach((value, j) => (head[j] = value / divisor));
		work.forEach((row, i) => {
			const factor = row[column]!;
			if (i !== column && factor !== 0)
				row.forEach((value, j) => (row[j] = value - factor * head[j]!));
		});
	}
	return work.map((row) => row.slice(size));
}

function sum<T>(items: readonly T[], value: (item: T, index: number) => number): number {
	return items.reduce((total, item, index) => total + value(item, index), 0);
}
