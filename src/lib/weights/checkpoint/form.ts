import type { Op } from '../../arch/op';
import type { Term } from '../../arch/reparameterize/recipe';
import type { Reparameterized } from '../../arch/reparameterize/reparameterize';
import { excerpt } from '../safetensors/excerpt';
import { opTensors, type TensorAddress } from '../source';
import { CheckpointError } from './errors';
import type { CheckpointForm } from './types';

interface FormOptions {
	readonly folded: Reparameterized;
	/** The file's key for a parameter of either form's tree. */
	readonly keyOf: (tensor: TensorAddress) => string;
	readonly hasKey: (key: string) => boolean;
}

/**
 * Whether a file holds a network as it was trained or fused. Each layer that folding makes is asked
 * of which of its forms, the tensors it has or those it was made of, there is more.
 * @throws {CheckpointError} where some layers are fused and some are not
 */
export function readForm({ folded, keyOf, hasKey }: FormOptions): CheckpointForm {
	/** Of each form that is seen, the first key that shows it. */
	const seen = new Map<CheckpointForm, string>();
	for (const [path, term] of folded.terms) {
		if (term.recipe.kind === 'stored') continue;
		const training = [...sourcesOf(term)].flatMap((source) => keysOf(source, keyOf));
		const deploy = keysOf({ path, op: term.op }, keyOf);
		const foundTraining = training.filter(hasKey);
		const foundDeploy = deploy.filter(hasKey);
		const isDeploy = foundDeploy.length / deploy.length > foundTraining.length / training.length;
		const form = isDeploy ? 'deploy' : 'training';
		const [first] = isDeploy ? foundDeploy : foundTraining;
		if (first !== undefined && !seen.has(form)) seen.set(form, first);
	}
	const training = seen.get('training');
	const fused = seen.get('deploy');
	if (training !== undefined && fused !== undefined) {
		throw new CheckpointError({
			code: 'mixed-forms',
			training: excerpt(training),
			fused: excerpt(fused)
		});
	}
	return fused === undefined ? 'training' : 'deploy';
}

interface Source {
	readonly path: string;
	readonly op: Op;
}

function keysOf({ path, op }: Source, keyOf: FormOptions['keyOf']): string[] {
	return opTensors(op).map((tensor) => keyOf({ path, ...tensor }));
}

/** The ops of the training form that a folded one is made of. */
function* sourcesOf({ op, recipe }: Term): Generator<Source> {
	switch (recipe.kind) {
		case 'stored':
			yield { path: recipe.path, op };
			break;
		case 'identity':
			break;
		case 'norm':
			yield recipe.norm;
			break;
		case 'norm-after':
		case 'norm-before':
		case 'scaled':
			yield* sourcesOf(recipe.of);
			yield recipe.norm;
			break;
		case 'sum':
		case 'mean':
			for (const term of recipe.terms) yield* sourcesOf(term);
	}
}
