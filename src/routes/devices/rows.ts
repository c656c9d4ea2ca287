import type { DeviceColumn } from '$lib/measure/devices/column';
import { designsOf } from '$lib/measure/devices/column';
import { commonDesigns, placesIn } from '$lib/measure/devices/order';
import { ratioIn } from '$lib/measure/devices/ratios';
import type { DeviceCell, DeviceRow } from '$lib/charts/devices/types';
import { NAMED_DESIGNS } from '$lib/arch/named-designs';
import { designLabel } from '$lib/ui/runs/run-texts';

const ORDER = new Map(NAMED_DESIGNS.map(({ name }, index) => [name, index]));

/** Named designs in the order of the paper, then designs of the visitor's own. */
function byPaper(a: string, b: string): number {
	return (ORDER.get(a) ?? Infinity) - (ORDER.get(b) ?? Infinity) || (a < b ? -1 : 1);
}

/** The designs that all can be divided by: those that most of the columns have, the paper's order. */
export function possibleReferences(columns: readonly DeviceColumn[]): string[] {
	const counts = new Map<string, number>();
	for (const design of columns.flatMap(designsOf)) {
		counts.set(design, (counts.get(design) ?? 0) + 1);
	}
	const most = Math.max(0, ...counts.values());
	return [...counts].flatMap(([design, count]) => (count === most ? [design] : [])).sort(byPaper);
}

/**
 * One row a design that a measured column has; what only the paper's phone has would be rows of one
 * hollow mark. Without a measured column all of the phone's.
 */
export function deviceRows(columns: readonly DeviceColumn[], reference: string): DeviceRow[] {
	const measured = columns.filter(({ kind }) => kind === 'measured');
	const listed = measured.length > 0 ? measured : columns;
	const designs = [...new Set(listed.flatMap(designsOf))].sort(byPaper);
	const common = commonDesigns(columns, reference).filter((design) => designs.includes(design));
	const places = columns.map((column) =>
		common.length < 2
			? new Map()
			: new Map(placesIn(column, common, reference).map((place) => [place.design, place]))
	);
	return designs.map((design) => ({
		design,
		label: designLabel(design),
		cells: columns.map((column, index): DeviceCell | null => {
			const ratio = ratioIn(column, design, reference);
			const ms = millisecondsIn(column, design);
			return ratio && ms !== null ? { ratio, ms, place: places[index]?.get(design) ?? null } : null;
		})
	}));
}

function millisecondsIn(column: DeviceColumn, design: string): DeviceCell['ms'] | null {
	if (column.kind === 'reported') return column.reportedMs.get(design) ?? null;
	const place = column.places.get(design);
	return place === undefined ? null : (column.summary.candidates[place]?.medianMs ?? null);
}
