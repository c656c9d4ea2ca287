/** Part of the way from one network to the other, as shares of it. */
interface Span {
	readonly from: number;
	readonly to: number;
}

/**
 * First what goes makes room, then what stays glides, then what is new grows in, so that the eye has
 * one thing to follow. Neighbours overlap a little. The three lie mirrored about the middle: the way
 * back is the way there, reversed.
 */
const LEAVING: Span = { from: 0, to: 0.4 };
const MOVING: Span = { from: 0.25, to: 0.75 };
const ENTERING: Span = { from: 0.6, to: 1 };

/** How present what goes still is at `t`: 1 down to 0. */
export function presenceOfLeaving(t: number): number {
	return 1 - along(LEAVING, t);
}

/** How present what is new is at `t`: 0 up to 1. */
export function presenceOfEntering(t: number): number {
	return along(ENTERING, t);
}

/** How far what stays has come at `t`: 0 to 1. */
export function shareOfMove(t: number): number {
	return along(MOVING, t);
}

function along({ from, to }: Span, t: number): number {
	return smooth(Math.min(1, Math.max(0, (t - from) / (to - from))));
}

/** Slow at both ends (smoothstep), for a share from 0 to 1. */
export function smooth(share: number): number {
	return share * share * (3 - 2 * share);
}

/** Exactly `from` at 0 and exactly `to` at 1; what does not change stays exactly what it is. */
export function between(from: number, to: number, share: number): number {
	return from === to ? from : from * (1 - share) + to * share;
}
