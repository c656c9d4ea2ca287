import { buildPlan } from '../../arch/models/network';
import type { ModuleNode } from '../../arch/module';
import type { NetworkPlan } from '../../arch/plan';
import { reparameterize } from '../../arch/reparameterize/reparameterize';
import { excerpt } from '../safetensors/excerpt';
import {
	checkDtypes,
	checkNames,
	checkRanks,
	checkShapes,
	checkSize,
	expectedTensors,
	type ExpectedTensor
} from './compare';
import { CheckpointError } from './errors';
import { readForm } from './form';
import { guessArchitecture } from './hints';
import { memberOf } from './member';
import type { Naming } from './naming/naming';
import { OFFICIAL } from './naming/official';
import { TIMM } from './naming/timm';
import { TIMM_MOBILENETV3 } from './naming/timm-mobilenetv3';
import { commonPrefix } from './prefix';
import { listKeys } from './problem';
import { Sizes, StandIns } from './sizes';
import type { Checkpoint, CheckpointForm, CheckpointTensors } from './types';

const NAMINGS: readonly Naming[] = [TIMM, OFFICIAL, TIMM_MOBILENETV3];

/** Each halves the resolution: behind the tenth, one position stands for 2048 pixels. */
const MAX_STAGES = 10;

/** RepViT-M2.3 has 48. Three keys can claim one more, and ten thousands take seconds to build. */
const MAX_BLOCKS = 1000;

/**
 * Finds the network that a checkpoint is of, from names and shapes alone: the names tell what there
 * is, a tree built of that with sizes left open tells where each size shows, and the shapes tell the
 * sizes. What comes out is then compared with the file, name by name and size by size.
 * @throws {CheckpointError} where the file is not exactly a network that can be built
 */
export function identifyCheckpoint(tensors: CheckpointTensors): Checkpoint {
	const keys = [...tensors.keys()];
	const prefix = commonPrefix(keys);
	const named: CheckpointTensors = new Map(
		[...tensors]
			.filter(([key]) => key.startsWith(prefix))
			.map(([key, tensor]) => [key.slice(prefix.length), tensor])
	);
	const naming = recogniseNaming(keys, [...named.keys()]);
	const { plan: planWith, nameOf, shapeOf, isFusible } = naming.read(named);
	const keyOf: Checkpoint['keyOf'] = (tensor) => prefix + nameOf(tensor);

	const standIns = new StandIns();
	const openPlan = planWith(standIns.sizeOf);
	checkExtent(openPlan);
	const hasKey = (key: string) => tensors.has(key);
	const form = isFusible
		? readForm({ folded: reparameterize(buildPlan(openPlan)), keyOf, hasKey })
		: 'training';
	const open = expectedTensors(treeInForm(openPlan, form), { keyOf, shapeOf });
	const ignored = checkNames(open, tensors);
	checkDtypes(open, tensors);
	checkRanks(open, { tensors, isOpen: (size) => standIns.unknownOf(size) !== undefined });

	const sizes = new Sizes(
		standIns,
		open.map(({ key, shape }) => ({ key, expected: shape, found: tensors.get(key)!.shape }))
	);
	checkKernels(sizes, tensors);
	const plan = planWith(sizes.sizeOf);
	const root = treeInForm(plan, form);
	const expected = expectedTensors(root, { keyOf, shapeOf });
	// Sizes can make a layer superfluous: nothing expands where the width stays.
	checkNames(expected, tensors);
	checkShapes(expected, { tensors, witnessOf: witnessFinder({ open, standIns, sizes }) });
	checkSize(expected);
	const { classifier } = plan;
	return {
		naming: naming.name,
		form,
		plan,
		root,
		keyOf,
		ignored,
		classes: classifier.classes,
		heads: classifier.kind === 'simple' ? classifier.heads : 1,
		member: memberOf(plan)
	};
}

/** The naming that most names are of. @param names the keys without what they have in common */
function recogniseNaming(keys: readonly string[], names: readonly string[]): Naming {
	const [naming, count] = NAMINGS.map((each) => [each, each.countOwn(names)] as const).reduce(
		(best, each) => (each[1] > best[1] ? each : best)
	);
	if (count > 0) return naming;
	throw new CheckpointError({
		code: 'unknown-architecture',
		keys: listKeys(keys),
		hint: guessArchitecture(names)
	});
}

/** Before a tree is built: few keys can claim a large one. */
function checkExtent({ stages }: NetworkPlan): void {
	const blocks = stages.reduce((sum, stage) => sum + stage.blocks.length, 0);
	const extents = [
		{ measure: 'stages', found: stages.length, limit: MAX_STAGES },
		{ measure: 'blocks', found: blocks, limit: MAX_BLOCKS }
	] as const;
	const excess = extents.find(({ found, limit }) => found > limit);
	if (excess) throw new CheckpointError({ code: 'too-large', ...excess });
}

function treeInForm(plan: NetworkPlan, form: CheckpointForm): ModuleNode {
	const training = buildPlan(plan);
	return form === 'training' ? training : reparameterize(training).root;
}

/** Only an odd kernel has a centre to pad around; 1x1 mixes no tokens, and has no room for branches. */
function checkKernels(sizes: Sizes, tensors: CheckpointTensors): void {
	for (const { name, size, witness } of sizes) {
		if (name !== 'kernel' || (size >= 3 && size % 2 === 1)) continue;
		const found = tensors.get(witness)!.shape;
		throw new CheckpointError({ code: 'unsupported-kernel', tensor: excerpt(witness), found });
	}
}

/** Finds the tensor that a size was read from. */
function witnessFinder({
	open,
	standIns,
	sizes
}: {
	readonly open: readonly ExpectedTensor[];
	readonly standIns: StandIns;
	readonly sizes: Sizes;
}): (key: string, axis: number) => string | null {
	const shapes = new Map(open.map(({ key, shape }) => [key, shape]));
	return (key, axis) => {
		const unknown = standIns.unknownOf(shapes.get(key)![axis]!);
		return unknown ? sizes.get(unknown).witness : null;
	};
}
