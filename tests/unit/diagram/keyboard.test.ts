import { describe, expect, it } from 'vitest';
import { inferShapes } from '$lib/arch/shapes';
import { keyAction, siblingPlaces } from '$lib/diagram/keyboard';
import { layoutDiagram } from '$lib/diagram/layout/layout';
import { smallTree } from './trees';

const root = smallTree();
const STAGE = 'stages.0';
const { parts } = layoutDiagram({
	root,
	shapes: inferShapes(root, [1, 3, 32, 32]),
	open: new Set([STAGE])
});
const press = (key: string, path: string) => keyAction(key, path, parts);

describe('keyAction', () => {
	it('walks what is visible, down and up, and stops at the ends', () => {
		expect(press('ArrowDown', 'stem')).toEqual({ type: 'focus', path: STAGE });
		expect(press('ArrowUp', STAGE)).toEqual({ type: 'focus', path: 'stem' });
		expect(press('ArrowUp', 'stem')).toBeNull();
		expect(press('End', 'stem')).toEqual({ type: 'focus', path: `${STAGE}.blocks.1` });
		expect(press('ArrowDown', `${STAGE}.blocks.1`)).toBeNull();
		expect(press('Home', STAGE)).toEqual({ type: 'focus', path: 'stem' });
	});

	it('goes in and out, opens and closes', () => {
		expect(press('ArrowRight', STAGE)).toEqual({ type: 'focus', path: `${STAGE}.blocks.0` });
		expect(press('ArrowRight', `${STAGE}.blocks.0`)).toEqual({
			type: 'toggle',
			path: `${STAGE}.blocks.0`
		});
		expect(press('ArrowLeft', `${STAGE}.blocks.0`)).toEqual({ type: 'focus', path: STAGE });
		expect(press('ArrowLeft', STAGE)).toEqual({ type: 'toggle', path: STAGE });
		for (const key of ['Enter', ' ']) {
			expect(press(key, STAGE)).toEqual({ type: 'toggle', path: STAGE });
			// The stem is one convolution: there is no inside to show.
			expect(press(key, 'stem')).toBeNull();
		}
	});

	it('leaves other keys and unknown parts alone', () => {
		expect(press('a', STAGE)).toBeNull();
		expect(press('ArrowDown', 'nowhere')).toBeNull();
	});
});

describe('siblingPlaces', () => {
	it('counts among what has the same frame', () => {
		const places = siblingPlaces(parts);
		expect(places.get('stem')).toEqual({ position: 1, count: 2 });
		expect(places.get(`${STAGE}.blocks.1`)).toEqual({ position: 2, count: 2 });
	});
});
