import type { Role } from '../arch/module';
import type { BoxShape } from './layout/types';

/** Id of the filling that tells a convolution's form, in a role's colour. */
export function patternId(
	prefix: string,
	role: Role | 'none',
	shape: 'depthwise' | 'dense'
): string {
	return `${prefix}-${shape}-${role}`;
}

/** The filling over a box's tint, as a CSS value; null where it is plain. */
export function patternFill(
	prefix: string,
	role: Role | undefined,
	shape: BoxShape
): string | null {
	if (shape !== 'depthwise' && shape !== 'dense') return null;
	const owner = role === undefined || role === 'stage' || role === 'block' ? 'none' : role;
	return `url(#${patternId(prefix, owner, shape)})`;
}
