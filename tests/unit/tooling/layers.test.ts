import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';

/** Lints one line as though it stood in a file of ours, and returns what the layer rules say. */
async function lint(path: string, code: string): Promise<string[]> {
	const [result] = await eslint.lintText(code, { filePath: path });
	return (result?.messages ?? [])
		.filter(({ ruleId }) => ruleId?.startsWith('no-restricted-'))
		.map(({ message }) => message);
}

// Types are not needed here, and would ask for every file to be part of the project.
const eslint = new ESLint({
	overrideConfig: {
		languageOptions: { parserOptions: { projectService: false, project: false } },
		rules: {
			'@typescript-eslint/no-floating-promises': 'off',
			'@typescript-eslint/no-misused-promises': 'off',
			'@typescript-eslint/switch-exhaustiveness-check': 'off'
		}
	}
});

describe('imports point downward only', () => {
	test.each([
		['arch', '../measure/types', 'arch lies below'],
		['arch/blocks', '../../onnx/emit', 'arch lies below'],
		['arch', '$lib/onnx/emit', 'relative'],
		['onnx', '../state/run', 'onnx lies below'],
		['measure', '../charts/types', 'measure lies below'],
		['state', '../diagram/layout', 'state lies below'],
		['ui', '../../routes/x', 'Pages are the top floor'],
		['stats', '../arch/design', 'imports nothing from the app'],
		['weights', 'd3', 'is pure'],
		['onnx', 'svelte/reactivity', 'is pure'],
		['onnx', 'onnxruntime-web/wasm', 'is pure'],
		['reported', '../paraglide/messages', 'is pure']
	])('%s may not import %s', async (folder, specifier, reason) => {
		const messages = await lint(`src/lib/${folder}/x.ts`, `export * from '${specifier}';\n`);
		expect(messages.join('\n')).toContain(reason);
	});

	test.each([
		['arch', './design'],
		['onnx', '../arch/module'],
		['onnx', '../weights/source'],
		['measure', '../stats/random'],
		['measure', 'onnxruntime-web/wasm'],
		['charts', '../state/run'],
		['charts', 'd3']
	])('%s may import %s', async (folder, specifier) => {
		expect(await lint(`src/lib/${folder}/x.ts`, `export * from '${specifier}';\n`)).toEqual([]);
	});
});

describe('addresses of pages come from one module', () => {
	const code = "import { resolve } from '$app/paths';\n\nexport default resolve('/design');\n";

	test.each(['src/lib/ui/x.ts', 'src/lib/state/x.ts', 'src/routes/x.ts', 'src/routes/design/x.ts'])(
		'not from %s',
		async (path) => {
			expect((await lint(path, code)).join('\n')).toContain('linkTo()');
		}
	);

	test('from state/links, which keeps to its floor like others', async () => {
		expect(await lint('src/lib/state/links.ts', code)).toEqual([]);
		const upward = "export * from '../ui/format';\n";
		expect((await lint('src/lib/state/links.ts', upward)).join()).toContain('state lies below');
	});

	test('links to files are asset()', async () => {
		expect(await lint('src/routes/x.ts', "export { asset } from '$app/paths';\n")).toEqual([]);
	});

	test('not written by hand', async () => {
		const script =
			"<script>\n\timport { goto } from '$app/navigation';\n\n\tvoid goto('/design');\n</script>\n";
		const link = '<a href="/design">x</a>\n';
		for (const markup of [script, link]) {
			expect((await lint('src/routes/x.svelte', markup)).join()).toContain('linkTo()');
		}
	});
});

describe('pure folders do not touch the page', () => {
	test.each(['window', 'document', 'navigator'])('%s', async (name) => {
		expect((await lint('src/lib/arch/x.ts', `export default ${name};\n`)).join()).toContain('pure');
		expect(await lint('src/lib/measure/x.ts', `export default ${name};\n`)).toEqual([]);
	});
});
