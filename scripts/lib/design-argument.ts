import type { Design } from '../../src/lib/arch/design';
import { illegalityOf } from '../../src/lib/arch/legality';
import { findNamedDesign, nameOfDesign, NAMED_DESIGNS } from '../../src/lib/arch/named-designs';
import { parseDesign } from '../../src/lib/arch/query';
import { UsageError } from './cli';

/** A design as asked for on a command line. */
export interface DesignArgument {
	/** Its name, or `design` for a query string of a design that has none. */
	readonly name: string;
	/** What a person calls it; the query string itself where there is no name. */
	readonly label: string;
	readonly design: Design;
}

export const DESIGN_USAGE = [
	'A design is a name or a query string, as in the address of the design page.',
	`  names:  ${NAMED_DESIGNS.map(({ name }) => name).join(', ')}`,
	"  query:  'mixing=separated&stem=early-conv&widths=48-96-192-384'"
].join('\n');

/** Reads a design's name or query string. @throws {UsageError} naming each value that is wrong */
export function parseDesignArgument(text: string): DesignArgument {
	const named = findNamedDesign(text);
	if (named) return { name: named.name, label: named.label, design: named.design };
	if (!text.includes('=')) throw new UsageError(`There is no design "${text}".`);
	// A whole address is taken as well.
	const query = text.slice(text.indexOf('?') + 1);
	const { design, problems } = parseDesign(query);
	if (problems.length > 0) {
		const lines = problems.map(
			({ key, value, code, allowed }) =>
				`  ${key}=${value}: ${code}${allowed === '' ? '' : ` (takes ${allowed})`}`
		);
		throw new UsageError(['The query string does not name a design:', ...lines].join('\n'));
	}
	const illegality = illegalityOf(design);
	if (illegality) {
		const { code, value, limit } = illegality;
		throw new UsageError(`The design is too large to run: ${code}, ${value} of at most ${limit}.`);
	}
	const known = nameOfDesign(design);
	return { name: known?.name ?? 'design', label: known?.label ?? query, design };
}
