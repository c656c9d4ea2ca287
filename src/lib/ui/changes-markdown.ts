import { changedChoices } from '../arch/design';
import type { Comparison } from '../arch/comparison';
import * as m from '../paraglide/messages';
import { changeText } from './change-texts';
import { CHOICE_TEXTS, optionText } from './choice-texts';
import { formatNumber } from './format';
import { roleStyleOf } from './roles';

/** What differs between two designs, as a Markdown text with exact figures. */
export function changesMarkdown({
	comparison: { before, after, groups },
	beforeName,
	afterName,
	source
}: {
	readonly comparison: Pick<Comparison, 'before' | 'after' | 'groups'>;
	readonly beforeName: string;
	readonly afterName: string;
	/** Where it is from. */
	readonly source: string;
}): string {
	const choices = changedChoices(before.design, after.design).map((key) =>
		m.change_choice({
			choice: CHOICE_TEXTS[key].name(),
			before: optionText(key, before.design[key]),
			after: optionText(key, after.design[key])
		})
	);
	const parts = groups.map((group) => {
		const { head, places, details } = changeText(group);
		// As in the list on the page: an SE says its role by its name.
		const hasRole = group.role !== undefined && group.what !== 'squeeze-excite';
		const role = hasRole ? ` (${roleStyleOf(group.role).name()})` : '';
		return `${head} ${places}${role}${details.length > 0 ? `: ${details.join('; ')}` : ''}`;
	});
	const costs = [
		{ name: m.design_params(), of: 'params' },
		{ name: m.design_macs(), of: 'macs' },
		{ name: m.design_ops(), of: 'opCount' }
	] as const;
	const rows = costs.map(({ name, of }) => {
		const [old, now] = [before.total[of], after.total[of]];
		return [name, formatNumber(old), formatNumber(now), formatNumber(now / old, 3)];
	});
	return [
		`# ${m.export_changes_heading({ before: beforeName, after: afterName })}`,
		`<${source}>`,
		...section(m.export_changes_choices(), choices),
		...section(m.export_changes_parts(), parts),
		`## ${m.export_changes_cost()}`,
		table(['', beforeName, afterName, m.export_changes_ratio()], rows)
	]
		.join('\n\n')
		.concat('\n');
}

function section(title: string, lines: readonly string[]): string[] {
	const list = lines.map((line) => `- ${line}`).join('\n');
	return [`## ${title}`, list || m.export_changes_none()];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const row = (cells: readonly string[]) => `| ${cells.map(escapeCell).join(' | ')} |`;
	const rule = head.map((_, index) => (index === 0 ? '---' : '---:'));
	return [row(head), row(rule), ...rows.map(row)].join('\n');
}

function escapeCell(text: string): string {
	return text.replaceAll('|', '\\|');
}
