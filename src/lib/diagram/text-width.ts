/**
 * About how wide a text is in the text face, in pixels: good to a few per cent for labels, and the
 * same on every machine. Wide characters (CJK) count as a full square.
 */
export function textWidth(text: string, fontSize: number): number {
	let ems = 0;
	for (const character of text) {
		const code = character.codePointAt(0) ?? 0;
		if (code >= 0x2e80 && code < 0xff60) ems += 1;
		else if (character === ' ' || character === '·') ems += 0.24;
		else if (character === '→') ems += 0.8;
		else if (/[A-Z0-9×]/.test(character)) ems += 0.52;
		else ems += 0.49;
	}
	return ems * fontSize;
}
