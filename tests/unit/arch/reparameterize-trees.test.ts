import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeAt, ops, walk, type ModuleNode, type Role } from '$lib/arch/module';
import type { Term } from '$lib/arch/reparameterize/recipe';
import { reparameterize } from '$lib/arch/reparameterize/reparameterize';
import { inferShapes } from '$lib/arch/shapes';
import { bothForms, TOLERANCE } from './forms';
import { arbitraryTree } from './random-trees';

const seeds = fc.integer({ min: 0, max: 2 ** 30 });
const isAffine = (type: string) => type === 'conv' || type === 'linear';

describe('any tree, re-parameterised', () => {
	it('computes the same, with no more ops than before', () => {
		fc.assert(
			fc.property(arbitraryTree(), seeds, ({ root, inputShape }, seed) => {
				const { error, opsSaved } = bothForms(root, inputShape, seed, 'double');
				expect(opsSaved).toBeGreaterThanOrEqual(0);
				expect(error).toBeLessThan(TOLERANCE.double);
			}),
			{ numRuns: 300 }
		);
	});

	it('has nothing left to fold: once more changes nothing', () => {
		fc.assert(
			fc.property(arbitraryTree(), ({ root }) => {
				const once = reparameterize(root).root;
				const twice = reparameterize(once);
				expect(twice.root).toEqual(once);
				for (const [path, { op, recipe }] of twice.terms) {
					expect(recipe).toEqual({ kind: 'stored', path });
					expect(nodeAt(once, path)).toMatchObject({ op });
				}
				for (const [path, before] of twice.keptNorms) expect(before).toBe(path);
			})
		);
	});

	it('has the same shapes outside, paths that are unique and find their node', () => {
		fc.assert(
			fc.property(arbitraryTree(), ({ root, inputShape }) => {
				const after = reparameterize(root).root;
				const visits = [...walk(after)];
				expect(after.name).toBe(root.name);
				expect(new Set(visits.map(({ path }) => path)).size).toBe(visits.length);
				for (const { path, node } of visits) expect(nodeAt(after, path)).toBe(node);
				expect(inferShapes(after, inputShape).get('')).toEqual(
					inferShapes(root, inputShape).get('')
				);
			})
		);
	});

	it('knows of every op with weights where they come from', () => {
		fc.assert(
			fc.property(arbitraryTree(), ({ root }) => {
				const { root: after, terms, keptNorms } = reparameterize(root);
				const pathsOf = (isWanted: (type: string) => boolean) =>
					[...ops(after)].filter(({ node }) => isWanted(node.op.type)).map(({ path }) => path);
				expect([...terms.keys()]).toEqual(pathsOf(isAffine));
				expect([...keptNorms.keys()]).toEqual(pathsOf((type) => type === 'batchNorm'));
				for (const [path, { op }] of terms) expect(nodeAt(after, path)).toMatchObject({ op });
				for (const [path, before] of keptNorms) {
					expect(nodeAt(after, path)).toEqual({
						...nodeAt(root, before),
						name: expect.any(String)
					});
				}
			})
		);
	});

	it('uses all weights of the tree before', () => {
		fc.assert(
			fc.property(arbitraryTree(), ({ root }) => {
				const { terms, keptNorms } = reparameterize(root);
				const used = [...[...terms.values()].flatMap(sourcesOf), ...keptNorms.values()];
				const weighted = [...ops(root)]
					.filter(({ node }) => isAffine(node.op.type) || node.op.type === 'batchNorm')
					.map(({ path }) => path);
				expect([...new Set(used)].toSorted()).toEqual(weighted.toSorted());
			})
		);
	});

	it('keeps the roles of what stays', () => {
		fc.assert(
			fc.property(arbitraryTree(), ({ root }) => {
				const { root: after, terms, keptNorms } = reparameterize(root);
				const [rolesBefore, rolesAfter] = [rolesOf(root), rolesOf(after)];
				expect(otherRoles(after)).toEqual(otherRoles(root));
				for (const [path, before] of keptNorms) {
					expect(rolesAfter.get(path)).toBe(rolesBefore.get(before));
				}
				for (const [path, term] of terms) {
					expect(convsOf(term).map((before) => rolesBefore.get(before))).toContain(
						rolesAfter.get(path)
					);
				}
			})
		);
	});
});

function rolesOf(root: ModuleNode): ReadonlyMap<string, Role | undefined> {
	return new Map([...walk(root)].map(({ path, role }) => [path, role]));
}

/** Ops without weights, with their roles: none of them is ever folded but for a skip. */
function otherRoles(root: ModuleNode) {
	return [...ops(root)]
		.filter(({ node }) => !isAffine(node.op.type))
		.filter(({ node }) => node.op.type !== 'batchNorm' && node.op.type !== 'identity')
		.map(({ node, role }) => [node.op.type, role]);
}

/** The paths of all that a term is made of. */
function sourcesOf({ recipe }: Term): string[] {
	switch (recipe.kind) {
		case 'stored':
			return [recipe.path];
		case 'identity':
			return [];
		case 'norm':
			return [recipe.norm.path];
		case 'norm-after':
		case 'norm-before':
		case 'scaled':
			return [...sourcesOf(recipe.of), recipe.norm.path];
		case 'sum':
		case 'mean':
			return recipe.terms.flatMap(sourcesOf);
	}
}

/** Those of the convolutions and linear layers among them. */
function convsOf({ op, recipe }: Term): string[] {
	switch (recipe.kind) {
		case 'norm-after':
		case 'norm-before':
		case 'scaled':
			return convsOf(recipe.of);
		case 'sum':
		case 'mean':
			return recipe.terms.flatMap(convsOf);
		default:
			return sourcesOf({ op, recipe });
	}
}
