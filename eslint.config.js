import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/**
 * The house's floors, from the ground up (docs/adr/0001-platform.md). A folder may import from its
 * own floor and from those below, never from above.
 */
const FLOORS = [
	['arch'],
	['onnx', 'weights', 'imaging', 'stats', 'reported'],
	['measure'],
	['checkpoint'],
	['state'],
	['diagram', 'reparam', 'charts', 'ui']
];

/** Folders that run unchanged in Node, in a worker and in the page. */
const PURE_FOLDERS = ['arch', 'onnx', 'weights', 'imaging', 'stats', 'reported'];
const PAGE_GLOBALS = ['window', 'document', 'navigator', 'localStorage', 'sessionStorage'];

/** Folders that need a reason of their own. */
const STANDALONE = {
	stats: 'statistics are about numbers, not networks: they are tested and read on their own'
};

/** The one module that makes addresses of pages, and why. */
const LINKS = 'src/lib/state/links.ts';
const OWN_ADDRESSES = {
	regex: '^\\$app/paths$',
	importNames: ['base', 'resolve', 'resolveRoute'],
	message:
		'Addresses of pages come from linkTo() in state/links: it keeps the language that is being read, and the folder of the host.'
};

/** @param {readonly string[]} folders */
const importsFrom = (folders) => `^(\\$lib|\\.\\.?(/\\.\\.)*)/(${folders.join('|')})(/|$)`;

/**
 * @param {string} folder
 * @param {{ files?: string[], makesAddresses?: boolean }} [options]
 */
function layerRules(
	folder,
	{ files = [`src/lib/${folder}/**/*.{ts,svelte}`], makesAddresses } = {}
) {
	const floor = FLOORS.findIndex((folders) => folders.includes(folder));
	const above = FLOORS.slice(floor + 1).flat();
	const isPure = PURE_FOLDERS.includes(folder);
	/** @type {({ regex: string, message: string, importNames?: string[] })[]} */
	const patterns = [
		...(makesAddresses ? [] : [OWN_ADDRESSES]),
		{
			regex: '^\\$lib',
			message: 'Inside src/lib imports are relative: workers and scripts run this code too.'
		},
		{
			regex: '(^|/)routes(/|$)',
			message: 'Pages are the top floor: they use the library, it knows nothing of them.'
		}
	];
	if (above.length > 0) {
		patterns.push({
			regex: importsFrom(above),
			message: `${folder} lies below ${above.join(', ')}: imports point downward only, so that each floor can be read, tested and replaced without those above it.`
		});
	}
	if (isPure) {
		patterns.push({
			regex:
				'^(svelte|d3|onnxruntime-web|\\$app|\\$env)([-/]|$)|(^|/)paraglide(/|$)|\\.svelte(\\.js|\\.ts)?$',
			message: `${folder} is pure: it runs unchanged in Node, in a worker and in the page, so it knows no framework, no drawing library, no runtime and no texts.`
		});
	}
	if (folder in STANDALONE) {
		patterns.push({
			regex: '^\\.\\./',
			message: `${folder} imports nothing from the app: ${STANDALONE[/** @type {keyof typeof STANDALONE} */ (folder)]}.`
		});
	}
	/** @type {import('eslint').Linter.RulesRecord} */
	const rules = { 'no-restricted-imports': ['error', { patterns }] };
	if (isPure) {
		rules['no-restricted-globals'] = [
			'error',
			...PAGE_GLOBALS.map((name) => ({
				name,
				message: `${folder} is pure: it also runs in Node and in a worker, where there is no ${name}. Take it as an argument, from the floor of measure or above.`
			}))
		];
	}
	return { files, rules };
}

export default defineConfig(
	globalIgnores(['build/', '.svelte-kit/', 'src/lib/paraglide/', 'test-results/', 'static/']),
	js.configs.recommended,
	ts.configs.strict,
	svelte.configs.recommended,
	svelte.configs.prettier,
	{
		linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true },
		languageOptions: {
			globals: { ...globals.browser, ...globals.node },
			parserOptions: {
				projectService: true,
				tsconfigRootDir: import.meta.dirname,
				extraFileExtensions: ['.svelte'],
				parser: ts.parser,
				svelteConfig
			}
		},
		rules: {
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			'no-console': 'error',
			// TypeScript itself finds undefined names, and knows the types' names too.
			'no-undef': 'off',
			'@typescript-eslint/consistent-type-imports': [
				'error',
				{ fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }
			],
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': 'error',
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true }
			],
			// With noUncheckedIndexedAccess, `!` states that an index is in range.
			'@typescript-eslint/no-non-null-assertion': 'off'
		}
	},
	{
		files: ['src/**/*.svelte', 'src/**/*.svelte.ts'],
		rules: {
			// Sets and maps in $state.raw are replaced, never changed in place: plain ones will do.
			'svelte/prefer-svelte-reactivity': 'off'
		}
	},
	...FLOORS.flat().map((folder) => layerRules(folder)),
	layerRules('state', { files: [LINKS], makesAddresses: true }),
	{
		files: ['src/routes/**/*.{ts,svelte}'],
		rules: { 'no-restricted-imports': ['error', { patterns: [OWN_ADDRESSES] }] }
	},
	{
		files: ['src/**/*.svelte'],
		rules: {
			// It cannot follow an address into a variable or a property, where most of ours are.
			'svelte/no-navigation-without-resolve': [
				'error',
				{ ignoreLinks: true, ignoreGoto: true, ignoreReplaceState: true }
			],
			'no-restricted-syntax': [
				'error',
				{
					selector: "SvelteAttribute[key.name='href'] > SvelteLiteral[value=/^\\u002f/]",
					message:
						'Begin with linkTo() from state/links: the site has languages, and may live in a sub-folder of a host.'
				},
				{
					selector: "CallExpression[callee.name='goto'] > Literal[value=/^\\u002f/]",
					message: 'Begin with linkTo() from state/links, like a link.'
				}
			]
		}
	},
	{
		// On the command line the console is the interface.
		files: ['scripts/**/*.{ts,mjs}'],
		rules: { 'no-console': 'off' }
	}
);
