import type { Role } from '../../arch/module';
import { isTooSmall } from '../layout/detail';
import type { Layout } from '../layout/types';
import type { Size } from './zoom';

/** The map is worth its place where this much or more of the drawing is out of view. */
const LEAST_OVERFLOW = 1.5;
/** What it takes on one side, in px. */
const ROOM = 64;

/** Rectangles of one role, as one SVG path. */
export interface MinimapPath {
	readonly role: Role | undefined;
	readonly d: string;
}

/** Whether a drawing is longer than it is wide: so is its map then. */
export function isTallDrawing({ width, height }: Size): boolean {
	return height > width;
}

/**
 * Whether a map is shown: where much of the drawing is out of view, or all of it is in view and too
 * small to read. It stands beside the drawing, never on it; without room the scroll bar has to do.
 * @param view size of the window; zero until it is known
 */
export function hasMap(drawing: Size, view: Size, scale: number): boolean {
	if (view.width === 0) return false;
	const [width, height] = [drawing.width * scale, drawing.height * scale];
	const room = isTallDrawing(drawing) ? view.width - width : view.height - height;
	const isLarger = height > view.height * LEAST_OVERFLOW || width > view.width * LEAST_OVERFLOW;
	return room > 2 * ROOM && (isLarger || isTooSmall(scale));
}

/** All boxes of a drawing as rectangles, one path a role: a map costs few elements, however many boxes. */
export function minimapPaths({ boxes }: Layout): MinimapPath[] {
	const byRole = new Map<Role | undefined, string>();
	for (const { role, x, y, left, right, height } of boxes) {
		const d = `M${Math.round(x - left)} ${Math.round(y)}h${Math.round(left + right)}v${Math.round(height)}h${-Math.round(left + right)}Z`;
		byRole.set(role, (byRole.get(role) ?? '') + d);
	}
	return [...byRole].map(([role, d]) => ({ role, d }));
}
