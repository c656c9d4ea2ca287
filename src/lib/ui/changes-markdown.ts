import type { NetworkComparison } from '../arch/comparison';
import type { Cost } from '../arch/cost';
import { changedChoices, type Design } from '../arch/design';
import * as m from '../paraglide/messages';
import { changeSentence } from './change-texts';
import { choiceChangeText } from './choice-texts';
import { formatNumber } from './format';

const COSTS: readonly {
	readonly key: keyof Cost;
	readonly name: () => string;
	readonly unit: string;
}[] = [
	{ key: 'params', name: m.design_params, unit: '' },
	{ key: 'macs', name: m.design_macs, unit: '' },
	{ key: 'activationBytes', name: m.design_activations, unit: 'B' },
	{ key: 'opCount', name: m.design_ops, unit: '' }
];

/** One of the two networks: its name, and its choices if it is a design. */
export interface NamedNetwork {
	readonly name: string;
	readonly design?: Design | undefined;
}

/** The change list of two networks as Markdown: names, totals, choices and what differs. */
export function changesMarkdown({
	comparison: { costDifference, lines },
	before,
	after
}: {
	readonly comparison: Pick<NetworkComparison, 'costDifference' | 'lines'>;
	readonly before: NamedNetwork;
	readonly after: NamedNetwork;
}): string {
	const title = m.changes_markdown_title({ before: before.name, after: after.name });
	const [old, now] = [before.design, after.design];
	const choices = old && now ? changedChoices(old, now) : [];
	const sentences = lines.map(changeSentence);
	const sections = [
		`# ${escaped(title)}`,
		`## ${escaped(m.changes_markdown_totals())}`,
		table([
			[m.changes_markdown_cost(), before.name, after.name, m.changes_markdown_difference()],
			...COSTS.map(({ key, name, unit }) => {
				const { before, after, delta } = costDifference[key];
				return [
					name(),
					...[formatNumber(before), formatNumber(after), formatNumber(delta, 0, true)].map(
						(figure) => withUnit(figure, unit)
					)
				];
			})
		])
	];
	if (old && now && choices.length > 0) {
		const texts = choices.map((key) => choiceChangeText(key, old, now));
		sections.push(`## ${escaped(m.changes_markdown_choices())}`, list(texts));
	}
	sections.push(
		`## ${escaped(m.changes_markdown_lines())}`,
		sentences.length > 0 ? list(sentences) : escaped(m.changes_none())
	);
	return `${sections.join('\n\n')}\n`;
}

function withUnit(figure: string, unit: string): string {
	return unit === '' ? figure : `${figure} ${unit}`;
}

/** The first column names, the others are figures. */
function table([head, ...rows]: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	const alignments = (head ?? []).map((_, column) => (column === 0 ? ':--' : '--:'));
	return [
		line((head ?? []).map(escaped)),
		line(alignments),
		...rows.map((row) => line(row.map(escaped)))
	].join('\n');
}

function list(texts: readonly string[]): string {
	return texts.map((text) => `- ${escaped(text)}`).join('\n');
}

/** Names come from files of visitors: nothing in them is to be read as Markdown, HTML or a new line. */
function escaped(text: string): string {
	return text
		.replace(/\s+/g, ' ')
		.trim()
		.replace(/[\\`*_{}[\]<>#|~&!]/g, '\\$&')
		.replace(/^(\d+)([.)])/, '$1\\$2')
		.replace(/^[-+=]/, '\\$&');
}
