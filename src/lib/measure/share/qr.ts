import { encode } from 'uqr';

/** A QR code as a drawing: black modules as one path, in units of a module. */
export interface QrDrawing {
	/** Modules a side, the quiet zone included. */
	readonly size: number;
	/** An SVG path. */
	readonly path: string;
}

/** The quiet zone that the standard asks for, in modules. */
const QUIET_ZONE = 4;
/**
 * Version 27 has 125 modules a side: about the finest that a phone reads from a laptop's screen, or
 * the other way round. Version 40, the standard's last, would hold twice as much and is read by few.
 */
const MAX_VERSION = 27;
/** What version 27 holds at the lowest level of correction, in bytes. */
export const QR_MAX_BYTES = 1465;

/**
 * The QR code of an address.
 * @returns null for a text that is too long to be read from a screen
 */
export function drawQr(text: string): QrDrawing | null {
	if (new TextEncoder().encode(text).length > QR_MAX_BYTES) return null;
	const { data, size } = encode(text, {
		ecc: 'L',
		maxVersion: MAX_VERSION,
		border: QUIET_ZONE
	});
	const runs = data.flatMap((row, y) =>
		blackRuns(row).map(([x, width]) => `M${x} ${y}h${width}v1h-${width}z`)
	);
	return { size, path: runs.join('') };
}

/** Neighbouring black modules of a row as one: start and length. */
function blackRuns(row: readonly boolean[]): [number, number][] {
	const runs: [number, number][] = [];
	row.forEach((isBlack, x) => {
		if (!isBlack) return;
		const last = runs.at(-1);
		if (last && last[0] + last[1] === x) last[1]++;
		else runs.push([x, 1]);
	});
	return runs;
}
