/**
 * How messages become functions: one truth for Vite (`vite.config.ts`) and for the tools that run
 * before it (`scripts/messages.mjs`).
 *
 * @satisfies {import('@inlang/paraglide-js').CompilerOptions}
 */
export const paraglideOptions = {
	project: './project.inlang',
	outdir: './src/lib/paraglide',
	strategy: /** @type {['globalVariable', 'baseLocale']} */ (['globalVariable', 'baseLocale'])
};
