type Rgb = readonly [number, number, number];

const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;

/** What the eye gets of colours painted over each other, each with an opacity of its own. */
function painted(layers: readonly { readonly color: string; readonly opacity: number }[]): Rgb {
	for (const { color, opacity } of layers) {
		context.globalAlpha = opacity;
		context.fillStyle = color;
		context.fillRect(0, 0, 1, 1);
	}
	const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
	return [red, green, blue];
}

/** Of an element with all that is around it. */
function opacityOf(element: Element | null): number {
	return element === null
		? 1
		: Number(getComputedStyle(element).opacity) * opacityOf(element.parentElement);
}

/** What a colour is in the page as it stands. */
function resolved(color: string): string {
	const probe = document.createElement('i');
	probe.style.color = color;
	document.body.append(probe);
	const value = getComputedStyle(probe).color;
	probe.remove();
	return value;
}

function luminance(color: Rgb): number {
	const [red, green, blue] = color.map((channel) => {
		const share = channel / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	}) as unknown as Rgb;
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/**
 * Contrast of a text with what it stands on, as WCAG 2 counts it: 1 to 21.
 * @param behind what is painted on the surface below the text, from the back to the front
 */
export function contrastOf(
	text: Element,
	property: 'fill' | 'color',
	behind: readonly { readonly element: Element; readonly color: string }[]
): number {
	const ground = [
		{ color: resolved('var(--surface)'), opacity: 1 },
		...behind.map(({ element, color }) => ({ color, opacity: opacityOf(element) }))
	];
	const ink = { color: getComputedStyle(text)[property], opacity: opacityOf(text) };
	const [one, other] = [painted(ground), painted([...ground, ink])].map(luminance) as [
		number,
		number
	];
	return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}
