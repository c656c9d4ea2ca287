import type { Op } from '../arch/op';
import { labelText, shortOpText } from '../diagram/label-text';
import type { boxOutline } from '../diagram/layout/paths';
import { opLabel } from '../diagram/node-label';
import { patternFill } from '../diagram/patterns';
import * as m from '../paraglide/messages';
import type { SceneBox } from './scene-types';

export const CORNER_RADIUS = 6;

/** How much narrower a strided op is below. */
const TAPER = 12;

/** An op's name, short where a stride has to stand beside it. */
export function opName(op: Op): string {
	const label = opLabel(op);
	if (label.code !== 'conv' || label.stride === 1) return labelText(label);
	return m.diagram_conv_strided({ conv: shortOpText(label), stride: label.stride });
}

/** The outline of a box; a strided op is narrower below, as the resolution falls. */
export function outlineOf({ op, width, height }: SceneBox): Parameters<typeof boxOutline>[0] {
	const isStrided = op?.type === 'conv' && Math.max(...op.stride) > 1;
	return {
		topWidth: width,
		bottomWidth: isStrided ? width - TAPER : width,
		shoulder: isStrided ? height : 0,
		height,
		radius: CORNER_RADIUS
	};
}

/** The filling that tells a convolution's form, as a CSS value; null where it is plain. */
export function fillingOf({ op, role }: SceneBox, id: string): string | null {
	const label = op && opLabel(op);
	return label?.code === 'conv' ? patternFill(id, role, label.form) : null;
}

/** What goes is seen until it is nearly covered. */
export function opacityAt(presence: number): number {
	return Math.min(1, presence * 4);
}

/** Its text is seen only while it stands apart. */
export function textOpacityAt(presence: number): number {
	return Math.max(0, 2 * presence - 1);
}
