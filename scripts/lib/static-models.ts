import { createHash } from 'node:crypto';
import { NAMED_DESIGNS } from '../../src/lib/arch/named-designs';
import { printDesign } from '../../src/lib/arch/query';
import { emitDesign } from '../../src/lib/onnx/emit-design';
import { renderToyCheckpoint, TOY_FILE } from './toy-checkpoint';

const SEED = 0;

/** The manifest's name beside the models. */
export const MANIFEST_FILE = 'index.json';

/**
 * The files of static/models, by name: each named design with weights made inside the file, the
 * manifest of those, and the toy checkpoint. The same on every machine.
 */
export function renderStaticModels(): ReadonlyMap<string, Uint8Array> {
	const files = new Map<string, Uint8Array>();
	const models = NAMED_DESIGNS.map(({ name, label, group, step, design }) => {
		const { bytes, ...facts } = emitDesign(design, { seed: SEED, weights: 'tiled' });
		const file = `${name}.onnx`;
		files.set(file, bytes);
		return {
			name,
			label,
			group,
			step,
			...facts,
			file,
			bytes: bytes.length,
			sha256: createHash('sha256').update(bytes).digest('hex'),
			query: printDesign(design),
			design
		};
	});
	const manifest = { schema: 'repvit-explorer/models', schemaVersion: 1, seed: SEED, models };
	files.set(MANIFEST_FILE, new TextEncoder().encode(printJson(manifest)));
	files.set(TOY_FILE, renderToyCheckpoint());
	return files;
}

/** Indented by tabs, with lists of numbers on one line. */
function printJson(value: object): string {
	const text = JSON.stringify(value, null, '\t');
	const oneLine = text.replace(/\[[\d,\s]+\]/g, (list) =>
		list.replace(/\s+/g, '').replaceAll(',', ', ')
	);
	return `${oneLine}\n`;
}
