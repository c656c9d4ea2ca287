import type { Role } from '../../arch/module';
import type { Layout } from '../layout/types';

/** Rectangles of one role, as one SVG path. */
export interface MinimapPath {
	readonly role: Role | undefined;
	readonly d: string;
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
