/** A run of a text: its own characters, or an element with runs of its own. */
export type TextRun = string | { readonly element: SVGElement; readonly runs: readonly TextRun[] };

/**
 * What a text says, with white space as it is drawn: no more than one space in a row, none at either
 * end.
 */
export function textRuns(text: Element): readonly TextRun[] {
	let isAfterSpace = true;
	const collapse = (node: Element): TextRun[] =>
		[...node.childNodes].flatMap((child): TextRun[] => {
			if (child instanceof Text) {
				const collapsed = child.data.replace(/[ \t\n\r]+/g, ' ');
				const kept = isAfterSpace ? collapsed.replace(/^ /, '') : collapsed;
				if (kept !== '') isAfterSpace = kept.endsWith(' ');
				return kept === '' ? [] : [kept];
			}
			if (!(child instanceof SVGElement) || child.localName !== 'tspan') return [];
			return [{ element: child, runs: collapse(child) }];
		});
	return trimEnd(collapse(text));
}

function trimEnd(runs: readonly TextRun[]): readonly TextRun[] {
	const [last, before] = [runs.at(-1), runs.slice(0, -1)];
	if (last === undefined) return [];
	if (typeof last !== 'string') {
		const inside = trimEnd(last.runs);
		return inside.length > 0 ? [...before, { ...last, runs: inside }] : trimEnd(before);
	}
	const trimmed = last.replace(/ $/, '');
	return trimmed === '' ? trimEnd(before) : [...before, trimmed];
}
