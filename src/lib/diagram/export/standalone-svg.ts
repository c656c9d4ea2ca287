import { plainColor } from './color';
import { installedName } from './families';
import { leaf, metadata, styleElement } from './file-head';
import type { FontFile } from './fonts';
import { geometryOf, isKnownTag } from './geometry';
import { declarations, isShown, lookOf, type Look } from './look';
import { escapeXml, printMarkup, type Markup } from './markup';
import { plainNumber } from './numbers';
import { transformOf } from './placement';
import { StyleSheet } from './style-sheet';
import { textRuns, type TextRun } from './text-content';

export interface StandaloneOptions {
	readonly title: string;
	readonly description?: string;
	/** Where it is from, as a line: the site's name and the address. */
	readonly source: string;
	/** The page's own by default. */
	readonly theme?: 'light' | 'dark';
	/** The page's surface behind the drawing, by default. */
	readonly background?: 'surface' | 'transparent';
	/** Faces to carry along: see `fontsOf`. Without them a reader takes what is installed. */
	readonly fonts?: readonly FontFile[];
}

/** Set while a copy of a drawing is read: it stands still, whatever the drawing is doing. */
const STILL = 'data-still';
const STILL_RULE = `[${STILL}], [${STILL}] * { animation: none !important; transition: none !important; }`;

/**
 * A drawing of the page as a file of its own, which a browser, Inkscape and librsvg draw alike: SVG
 * 1.1 with every colour, font and place resolved, texts as texts, and nothing that the page would
 * have to supply. What is not drawn is left out: hit areas, tab stops, labels for assistive
 * technology (a part's `<title>` stays), HTML. Parts keep their path as `id`.
 * Numbers have two decimals and nothing is measured, so the same drawing gives the same file anywhere.
 * @param svg a drawing in a document; it is not changed
 */
export function standaloneSvg(svg: SVGSVGElement, options: StandaloneOptions): string {
	const copy = svg.cloneNode(true) as SVGSVGElement;
	const still = document.createElement('style');
	still.textContent = STILL_RULE;
	copy.setAttribute(STILL, '');
	copy.style.position = 'absolute';
	if (options.theme) copy.style.colorScheme = options.theme;
	document.head.append(still);
	// Beside the original, as what it inherits counts too. No frame is painted before it goes.
	svg.after(copy);
	try {
		return new Writer(copy, boxOf(svg)).write(options);
	} finally {
		copy.remove();
		still.remove();
	}
}

interface ViewBox {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

function boxOf(svg: SVGSVGElement): ViewBox {
	const { x, y, width, height } = svg.viewBox.baseVal;
	if (width > 0 && height > 0) return { x, y, width, height };
	const size = svg.getBoundingClientRect();
	return { x: 0, y: 0, width: size.width, height: size.height };
}

/** One file in the making. */
class Writer {
	readonly #sheet = new StyleSheet();
	readonly #ids = new Map<string, string>();
	readonly #defs: Markup[] = [];

	constructor(
		readonly copy: SVGSVGElement,
		readonly box: ViewBox
	) {}

	write({
		title,
		description,
		source,
		fonts = [],
		background = 'surface'
	}: StandaloneOptions): string {
		const surface = background === 'surface' ? this.#surface() : null;
		const drawn = this.#childrenOf(this.copy);
		const [x, y, width, height] = [this.box.x, this.box.y, this.box.width, this.box.height].map(
			plainNumber
		);
		const faces = fonts.map(
			({ family, weights, dataUri }) =>
				`@font-face{font-family:'${installedName(family)}';font-weight:${weights};src:url(${dataUri}) format('woff2')}`
		);
		const children: readonly Markup[] = [
			leaf('title', title),
			leaf('desc', [description, source].filter(Boolean).join(' ')),
			metadata(title, source),
			styleElement([...faces, ...this.#sheet.rules]),
			...(this.#defs.length > 0 ? [{ tag: 'defs', attributes: {}, children: this.#defs }] : []),
			...(surface === null
				? []
				: [{ tag: 'rect', attributes: { x, y, width, height, fill: surface }, children: [] }]),
			...drawn
		];
		const attributes = {
			xmlns: 'http://www.w3.org/2000/svg',
			version: '1.1',
			width,
			height,
			viewBox: `${x} ${y} ${width} ${height}`
		};
		return printMarkup({ tag: 'svg', attributes, children });
	}

	/** What the page is painted with where the drawing stands. */
	#surface(): string {
		const { color } = this.copy.style;
		this.copy.style.color = 'var(--surface)';
		const surface = plainColor(getComputedStyle(this.copy).color).hex;
		this.copy.style.color = color;
		return surface;
	}

	#childrenOf(parent: Element): Markup[] {
		return [...parent.children].flatMap((child) => this.#element(child));
	}

	#element(element: Element): Markup[] {
		const tag = element.localName;
		if (tag === 'title') return [leaf('title', element.textContent.trim())];
		if (!(element instanceof SVGGraphicsElement) || !isKnownTag(tag)) return [];
		const style = getComputedStyle(element);
		if (!isShown(style)) return [];
		if (tag === 'g') return this.#group(element, style);
		const look = lookOf(tag, style);
		if (look === null) return [];
		const children = tag === 'text' ? this.#runs(textRuns(element), look) : '';
		if (tag === 'text' && children === '') return [];
		const className = this.#sheet.classOf(element, declarations(this.#resolved(look)));
		const attributes = {
			...this.#placed(element, style),
			...geometryOf(element, style),
			class: className
		};
		return [{ tag, attributes, children }];
	}

	/** A group that does nothing gives way to what is in it. */
	#group(element: SVGGraphicsElement, style: CSSStyleDeclaration): Markup[] {
		const children = this.#childrenOf(element);
		if (children.every(({ tag }) => tag === 'title')) return [];
		const attributes = { id: idOf(element.dataset.path), ...this.#placed(element, style) };
		const isPlain = Object.values(attributes).every((value) => value === undefined);
		return isPlain ? children : [{ tag: 'g', attributes, children }];
	}

	#placed(element: SVGGraphicsElement, style: CSSStyleDeclaration): Markup['attributes'] {
		const [, clip] = /^url\("?#([^")]+)"?\)/.exec(style.clipPath) ?? [];
		return {
			transform: transformOf(element, style),
			opacity: style.opacity === '1' ? undefined : plainNumber(Number(style.opacity)),
			'clip-path': clip === undefined ? undefined : this.#reference(clip)
		};
	}

	#runs(runs: readonly TextRun[], inherited: Look): string {
		return runs
			.map((run) => {
				if (typeof run === 'string') return escapeXml(run);
				const style = getComputedStyle(run.element);
				const look = isShown(style) ? lookOf('tspan', style) : null;
				if (look === null) return '';
				const attributes = {
					...geometryOf(run.element, style),
					class: this.#sheet.classOf(run.element, declarations(look, inherited))
				};
				const children = this.#runs(run.runs, look);
				return printMarkup({ tag: 'tspan', attributes, children }).trimEnd();
			})
			.join('');
	}

	/** The same look with its fillings taken into the file. */
	#resolved(look: Look): Look {
		return Object.fromEntries(
			Object.entries(look).map(([name, value]) => {
				const [, id] = /^url\(#(.+)\)$/.exec(value) ?? [];
				return [name, id === undefined ? value : this.#reference(id)];
			})
		);
	}

	/** A reference within the file to what the page has under this id. */
	#reference(id: string): string {
		const known = this.#ids.get(id);
		if (known !== undefined) return `url(#${known})`;
		const target = this.copy.querySelector(`#${CSS.escape(id)}`) ?? document.getElementById(id);
		if (target === null || !isKnownTag(target.localName)) return 'none';
		const name = this.#freeId(id);
		this.#ids.set(id, name);
		this.#defs.push({
			tag: target.localName,
			attributes: { id: name, ...geometryOf(target, getComputedStyle(target)) },
			children: target.localName.endsWith('Gradient')
				? [...target.children].map(stop)
				: this.#childrenOf(target)
		});
		return `url(#${name})`;
	}

	/** Without the prefix that tells apart the drawings of one page, which is another one next time. */
	#freeId(id: string): string {
		const meaning = id.replace(/^[a-z]*\d+-/, '');
		const taken = new Set(this.#ids.values());
		let name = meaning;
		for (let number = 2; taken.has(name); number++) name = `${meaning}-${number}`;
		return name;
	}
}

function stop(element: Element): Markup {
	const style = getComputedStyle(element);
	const { hex, opacity } = plainColor(style.stopColor);
	const own = opacity * Number(style.stopOpacity);
	const attributes = {
		...geometryOf(element, style),
		'stop-color': hex,
		'stop-opacity': own === 1 ? undefined : plainNumber(own)
	};
	return { tag: 'stop', attributes, children: [] };
}

/** A part's path where XML takes it for a name. */
function idOf(path: string | undefined): string | undefined {
	return path !== undefined && /^[A-Za-z_][\w.-]*$/.test(path) ? path : undefined;
}
