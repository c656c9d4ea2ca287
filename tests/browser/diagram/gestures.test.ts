import { afterEach, beforeEach, expect, it } from 'vitest';
import { listenToGestures } from '$lib/diagram/viewer/gestures';
import { Viewport } from '$lib/diagram/viewer/viewport.svelte';

let box: HTMLElement;
let stop: () => void;

beforeEach(() => {
	box = document.createElement('div');
	box.style.cssText = 'width: 300px; height: 200px; overflow: auto';
	box.innerHTML = '<div style="width: 2000px; height: 2000px"></div>';
	document.body.append(box);
	box.scrollTo(500, 500);
	const viewport = new Viewport(() => ({ width: 2000, height: 2000 }));
	viewport.look(box);
	// A made-up event has no pointer that could be captured.
	box.setPointerCapture = () => {};
	stop = listenToGestures(box, viewport);
});

afterEach(() => {
	stop();
	box.remove();
});

function pointer(type: string, clientX: number, buttons: number) {
	const init = { pointerType: 'mouse', button: 0, buttons, clientX, clientY: 50, bubbles: true };
	box.dispatchEvent(new PointerEvent(type, init));
}

it('a mouse that is pressed and moved takes the drawing with it, until it is released', () => {
	pointer('pointerdown', 100, 1);
	pointer('pointermove', 140, 1);
	expect(box.scrollLeft).toBe(460);
	expect(box.dataset.dragging).toBe('');
	pointer('pointerup', 140, 0);
	pointer('pointermove', 200, 0);
	expect(box.scrollLeft).toBe(460);
	expect(box.dataset.dragging).toBeUndefined();
});

it('a button that was released outside the window no longer drags', () => {
	pointer('pointerdown', 3, 1);
	pointer('pointermove', 120, 0);
	pointer('pointermove', 160, 0);
	expect(box.scrollLeft).toBe(500);
	expect(box.dataset.dragging).toBeUndefined();
	// Nor does a press of another button go on with it.
	pointer('pointermove', 200, 2);
	expect(box.scrollLeft).toBe(500);
});

it('a button that is held outside the window goes on dragging inside', () => {
	pointer('pointerdown', 3, 1);
	pointer('pointermove', 43, 1);
	expect(box.scrollLeft).toBe(460);
});
