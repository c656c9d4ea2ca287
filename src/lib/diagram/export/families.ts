const GENERIC = /^(ui-)?(serif|sans-serif|monospace|rounded)$|^(cursive|fantasy|system-ui)$/;

/**
 * A list of font families for a file: by the names under which people have them installed
 * (`Source Sans 3`, not `Source Sans 3 Variable`), without the page's own stand-ins, which are no
 * fonts; the generic family stays last.
 */
export function plainFamilies(computed: string): string {
	const names = familyNames(computed)
		.filter((name) => !/ Fallback\b/.test(name))
		.map(installedName);
	return [...new Set(names)]
		.map((name) => (GENERIC.test(name) ? name : `'${name.replaceAll("'", '')}'`))
		.join(',');
}

/** The names of a `font-family` value, unquoted. */
export function familyNames(computed: string): string[] {
	return computed.split(',').map((name) => name.trim().replace(/^(["'])(.*)\1$/, '$2'));
}

/** The name of a family without the word that its web package adds. */
export function installedName(name: string): string {
	return name.replace(/ Variable$/, '');
}
