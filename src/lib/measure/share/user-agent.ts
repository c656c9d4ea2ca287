/** Browser and system, as far as a user agent tells: `Firefox 153 · Android`. */
export interface BrowserName {
	/** With its main version; null where it is none of the known ones. */
	readonly browser: string | null;
	readonly system: string | null;
}

/** The first that fits: most call themselves by others' names too. */
const BROWSERS = [
	['Edge', /\bEdg(?:A|iOS)?\/(\d+)/],
	['Opera', /\bOPR\/(\d+)/],
	['Samsung Internet', /\bSamsungBrowser\/(\d+)/],
	['Firefox', /\b(?:Firefox|FxiOS)\/(\d+)/],
	['Chrome', /\b(?:HeadlessChrome|Chrome|CriOS)\/(\d+)/],
	['Safari', /\bVersion\/(\d+)[\d.]* (?:Mobile\/\w+ )?Safari\//]
] as const;

const SYSTEMS = [
	['Android', /\bAndroid\b/],
	['iPhone', /\biPhone\b/],
	['iPad', /\biPad\b/],
	['Windows', /\bWindows NT\b/],
	['ChromeOS', /\bCrOS\b/],
	['macOS', /\bMac OS X\b/],
	['Linux', /\bLinux\b/]
] as const;

export function readUserAgent(userAgent: string): BrowserName {
	const browser = BROWSERS.flatMap(([name, pattern]) => {
		const version = pattern.exec(userAgent)?.[1];
		return version === undefined ? [] : [`${name} ${version}`];
	})[0];
	const system = SYSTEMS.find(([, pattern]) => pattern.test(userAgent))?.[0];
	return { browser: browser ?? null, system: system ?? null };
}
