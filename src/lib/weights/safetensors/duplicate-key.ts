const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * The first key that an object has twice. JSON.parse keeps the last of them without a word, and
 * safetensors forbids them: another reader may take the first. Only the outermost object's keys are
 * compared.
 * @param text a JSON object, known to be valid
 */
export function findDuplicateKey(text: string): string | undefined {
	const seen = new Set<string>();
	let depth = 0;
	let isKeyNext = false;
	for (let i = 0; i < text.length; i++) {
		switch (text.charAt(i)) {
			case '{':
			case '[':
				depth++;
				isKeyNext = depth === 1;
				break;
			case '}':
			case ']':
				depth--;
				break;
			case ',':
				isKeyNext = depth === 1;
				break;
			case '"': {
				const end = stringEnd(text, i);
				if (isKeyNext) {
					// Unescaped: the same key can be written in several ways.
					const key = JSON.parse(text.slice(i, end + 1)) as string;
					if (seen.has(key)) return key;
					seen.add(key);
					isKeyNext = false;
				}
				i = end;
				break;
			}
		}
	}
	return undefined;
}

/** Where the string that begins at `start` has its closing quote. */
function stringEnd(text: string, start: number): number {
	let i = start + 1;
	for (; i < text.length && text.charCodeAt(i) !== QUOTE; i++) {
		if (text.charCodeAt(i) === BACKSLASH) i++;
	}
	return i;
}
