import { between } from './timing';

const NUMBER = /-?\d+(?:\.\d+)?/g;

/** An SVG path as its commands and its numbers, in turn: `M1 2L3 4` is `M`, ` `, `L`, ` ` and 1 to 4. */
export function splitPath(d: string): {
	readonly commands: readonly string[];
	readonly numbers: readonly number[];
} {
	return { commands: d.split(NUMBER), numbers: (d.match(NUMBER) ?? []).map(Number) };
}

/** A path between two that have the same commands, to a hundredth of a pixel. */
export function joinPath(
	commands: readonly string[],
	from: readonly number[],
	to: readonly number[],
	share: number
): string {
	let d = commands[0] ?? '';
	for (let index = 0; index < from.length; index++) {
		const value = Math.round(between(from[index]!, to[index]!, share) * 100) / 100;
		d += String(value) + (commands[index + 1] ?? '');
	}
	return d;
}
