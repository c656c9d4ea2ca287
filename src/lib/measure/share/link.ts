import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import { fromWire, toWire, type SharedRun } from './wire';

/*
 * The part of a share link behind the `#`, which browsers send to nobody: a version, a dot, and the
 * run's summary as JSON, compressed, in base64url.
 */

/** Raised when what stands behind the dot changes its meaning. */
const LINK_VERSION = '1';
/** The fragment's key: `#run=1.…`. Several runs stand under the same key. */
export const LINK_KEY = 'run';
/** Longer ones are no link of ours; shorter ones cannot unpack to more than memory holds. */
const MAX_CHARACTERS = 32_768;
const MAX_BYTES = 262_144;
/** Deflate grows a thousandfold at most: by this much the limit can be passed before it is seen. */
const SLICE_BYTES = 256;

/** Why a link is no run of ours. */
export type LinkProblem =
	| { readonly code: 'unknown-version'; readonly version: string }
	| { readonly code: 'too-long' }
	/** Characters are missing or were changed on the way. */
	| { readonly code: 'damaged' }
	/** It unpacks, to something that is no run. */
	| { readonly code: 'invalid'; readonly path: string; readonly detail: string };

export type ParsedLink =
	| { readonly ok: true; readonly run: SharedRun }
	| { readonly ok: false; readonly problem: LinkProblem };

/** A run as the value of {@link LINK_KEY}. */
export function encodeRun(run: SharedRun): string {
	const packed = deflateSync(strToU8(JSON.stringify(toWire(run))), { level: 9 });
	return `${LINK_VERSION}.${toBase64Url(packed)}`;
}

/** Reads what {@link encodeRun} made. Never throws. */
export function decodeRun(text: string): ParsedLink {
	const refuse = (problem: LinkProblem) => ({ ok: false, problem }) as const;
	const dot = text.indexOf('.');
	const version = dot === -1 ? '' : text.slice(0, dot);
	if (!/^\d+$/.test(version)) return refuse({ code: 'damaged' });
	if (version !== LINK_VERSION) return refuse({ code: 'unknown-version', version });
	if (text.length > MAX_CHARACTERS) return refuse({ code: 'too-long' });
	let json: unknown;
	try {
		json = JSON.parse(strFromU8(inflate(fromBase64Url(text.slice(dot + 1)))));
	} catch {
		return refuse({ code: 'damaged' });
	}
	const read = fromWire(json);
	if (read.ok) return read;
	return refuse({ code: 'invalid', path: read.path, detail: read.detail });
}

/** The values of {@link LINK_KEY} in a fragment or a whole address. */
export function runsInAddress(address: string): string[] {
	const hash = address.indexOf('#');
	const fragment = hash === -1 ? '' : address.slice(hash + 1);
	return new URLSearchParams(fragment).getAll(LINK_KEY);
}

/** @throws for what is no Deflate, is cut short, or grows beyond reason */
function inflate(packed: Uint8Array): Uint8Array {
	const chunks: Uint8Array[] = [];
	let total = 0;
	let isEnded = false;
	const stream = new Inflate((chunk, isLast) => {
		total += chunk.length;
		if (total > MAX_BYTES) throw new RangeError('unpacks to more than a run can be');
		chunks.push(chunk);
		isEnded = isLast;
	});
	for (let at = 0; at < packed.length; at += SLICE_BYTES) {
		const slice = packed.subarray(at, at + SLICE_BYTES);
		stream.push(slice, at + SLICE_BYTES >= packed.length);
	}
	if (!isEnded) throw new RangeError('cut short');
	const whole = new Uint8Array(total);
	let at = 0;
	for (const chunk of chunks) {
		whole.set(chunk, at);
		at += chunk.length;
	}
	return whole;
}

function toBase64Url(bytes: Uint8Array): string {
	const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
	return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** @throws for characters that base64url has not */
function fromBase64Url(text: string): Uint8Array {
	const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
	return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
