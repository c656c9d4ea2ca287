/** Whether a path is that of a part or of something in it. */
export function isWithin(path: string, part: string): boolean {
	return part === '' || path === part || path.startsWith(`${part}.`);
}

/** The path of the least part that holds all of these. */
export function commonPath(paths: readonly string[]): string {
	const [first = [], ...others] = paths.map((path) => path.split('.'));
	const end = first.findIndex((name, index) => others.some((other) => other[index] !== name));
	return (end === -1 ? first : first.slice(0, end)).join('.');
}

/** The path of what holds a part; the root's is its own. */
export function parentPath(path: string): string {
	return path.slice(0, Math.max(0, path.lastIndexOf('.')));
}
