import { flushSync, mount, unmount, type ComponentProps } from 'svelte';
import NetworkDiagram from '../NetworkDiagram.svelte';

/** A drawing that is in the document but not to be seen. */
export interface OffscreenDrawing {
	readonly svg: SVGSVGElement;
	/** Takes it out of the document again. */
	readonly dispose: () => Promise<void>;
}

/**
 * Draws a network whole, out of sight: for a file of all of it, where the page draws only what is on
 * screen. It is attached, as styles count only in a document; no one can reach or see it.
 */
export function drawOffscreen(props: ComponentProps<typeof NetworkDiagram>): OffscreenDrawing {
	const stage = document.createElement('div');
	stage.inert = true;
	stage.ariaHidden = 'true';
	// Neither `display` nor `visibility`: a drawing inherits them, and would be read as not drawn.
	stage.style.cssText =
		'position: fixed; inset: 0 auto auto 0; width: 0; height: 0; overflow: clip; opacity: 0;';
	document.body.append(stage);
	const diagram = mount(NetworkDiagram, { target: stage, props });
	flushSync();
	const svg = stage.querySelector<SVGSVGElement>('svg[role="tree"]');
	const dispose = async () => {
		await unmount(diagram);
		stage.remove();
	};
	if (svg === null) {
		void dispose();
		throw new Error('the diagram has drawn nothing');
	}
	return { svg, dispose };
}
