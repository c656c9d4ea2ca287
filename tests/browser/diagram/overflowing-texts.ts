/** Texts that leave the shape they stand in, in the drawing's own pixels. */
export function overflowingTexts(): string[] {
	const parts = [...document.querySelectorAll<SVGGElement>('[role="treeitem"]')];
	return parts.flatMap((group) => {
		const shape = group.querySelector<SVGGraphicsElement>('.shape');
		if (!shape || shape.classList.contains('bar')) return [];
		const outer = shape.getBBox();
		return [...group.querySelectorAll<SVGTextElement>(':scope > text')].flatMap((text) => {
			const inner = text.getBBox();
			const isInside =
				inner.x >= outer.x &&
				inner.x + inner.width <= outer.x + outer.width - 4 &&
				inner.y + inner.height <= outer.y + outer.height + 2;
			return isInside ? [] : [`${group.dataset.path}: ${text.textContent}`];
		});
	});
}
