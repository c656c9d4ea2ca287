import { parseArgs, type ParseArgsConfig } from 'node:util';

/** A wrong command line: printed with the usage, exit code 2. */
export class UsageError extends Error {
	constructor(message: string) {
		super(message);
		this.name = 'UsageError';
	}
}

/** What was to be judged could not be, which is no success and no failure: exit code 3. */
export class NotJudgedError extends Error {
	constructor(message: string) {
		super(message);
		this.name = 'NotJudgedError';
	}
}

/**
 * Runs a command and sets the exit code: 0, 2 for a wrong command line, 3 where nothing could be
 * judged, 1 for anything else that goes wrong. Reasons go to stderr, so that stdout holds nothing but results. `--help` is answered
 * with the usage, whatever else is given.
 */
export async function runCommand(
	usage: string,
	command: (args: readonly string[]) => void | Promise<void>
): Promise<void> {
	const args = process.argv.slice(2);
	if (args.includes('--help') || args.includes('-h')) {
		process.stdout.write(`${usage}\n`);
		return;
	}
	try {
		await command(args);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		const isUsage = error instanceof UsageError;
		process.stderr.write(isUsage ? `${reason}\n\n${usage}\n` : `${reason}\n`);
		process.exitCode = exitCodeOf(error);
	}
}

function exitCodeOf(error: unknown): number {
	if (error instanceof UsageError) return 2;
	return error instanceof NotJudgedError ? 3 : 1;
}

/**
 * Splits a command line by Node's own rules.
 * @throws {UsageError} for an option that does not exist
 */
export function parseCommandLine<const T extends NonNullable<ParseArgsConfig['options']>>(
	args: readonly string[],
	options: T
) {
	try {
		return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
	} catch (error) {
		// Node's message goes on to explain how to pass values that start with a dash: none do here.
		throw new UsageError(
			error instanceof Error ? error.message.split(/\n|\. /)[0]! : String(error)
		);
	}
}

/** An integer option. @throws {UsageError} */
export function parseInteger(
	option: string,
	text: string,
	{ min, max = Number.MAX_SAFE_INTEGER }: { readonly min: number; readonly max?: number }
): number {
	const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
	if (!(value >= min && value <= max)) {
		const range =
			max === Number.MAX_SAFE_INTEGER ? `an integer from ${min}` : `an integer ${min} to ${max}`;
		throw new UsageError(`${option} takes ${range}, not "${text}".`);
	}
	return value;
}

/** A share in per cent, `5%` or `5`, as a fraction. @throws {UsageError} */
export function parsePercent(option: string, text: string): number {
	const [, number] = /^(\d{1,3}(?:\.\d{1,3})?) ?%?$/.exec(text) ?? [];
	const percent = Number(number);
	if (!(percent > 0 && percent <= 100)) {
		throw new UsageError(`${option} takes a share such as 5%, not "${text}".`);
	}
	return percent / 100;
}

/** The smallest input whose last stage still has a position: 32 halved five times. */
const MIN_SIDE = 32;

/** `HxW` in pixels, for example `224x160`. @throws {UsageError} */
export function parseSize(
	option: string,
	text: string
): { readonly height: number; readonly width: number } {
	const [, height, width] = (/^(\d{1,5})x(\d{1,5})$/i.exec(text) ?? []).map(Number);
	if (height === undefined || width === undefined || Math.min(height, width) < MIN_SIDE) {
		throw new UsageError(`${option} takes HxW, both at least ${MIN_SIDE}, not "${text}".`);
	}
	return { height, width };
}
