import codeFace from '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2?url';
import textFace from '@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2?url';
import { familyNames } from './families';

/** A face to carry in a file. */
export interface FontFile {
	/** As the page's style sheets call it. */
	readonly family: string;
	/** Range of its weights, as CSS. */
	readonly weights: string;
	readonly dataUri: string;
}

/** The page's own faces; of each the file for Latin, which is what labels are written in. */
const FACES = [
	{ family: 'Source Sans 3 Variable', weights: '200 900', url: textFace },
	{ family: 'JetBrains Mono Variable', weights: '100 800', url: codeFace }
];

/**
 * The faces in which a drawing is written, loaded when asked for; the page has them in its cache.
 * @throws {TypeError} where a file can't be had
 */
export async function fontsOf(svg: SVGSVGElement): Promise<FontFile[]> {
	const texts = [...svg.querySelectorAll('text, tspan')];
	const used = new Set(texts.map((text) => familyNames(getComputedStyle(text).fontFamily)[0]));
	return Promise.all(
		FACES.filter(({ family }) => used.has(family)).map(async ({ url, ...face }) => ({
			...face,
			dataUri: await fetchAsDataUri(url)
		}))
	);
}

async function fetchAsDataUri(url: string): Promise<string> {
	const response = await fetch(url);
	if (!response.ok) throw new TypeError(`${response.status} ${response.statusText}`);
	const bytes = new Uint8Array(await response.arrayBuffer());
	// In pieces: a call takes only so many arguments.
	let binary = '';
	for (let start = 0; start < bytes.length; start += 8192) {
		binary += String.fromCharCode(...bytes.subarray(start, start + 8192));
	}
	return `data:font/woff2;base64,${btoa(binary)}`;
}
