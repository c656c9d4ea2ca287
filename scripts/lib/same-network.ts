import { isDeepStrictEqual } from 'node:util';
import { changedChoices, type Design, type DesignKey } from '../../src/lib/arch/design';
import { designOfPlan } from '../../src/lib/arch/models/design-of-plan';
import { resolveDesign } from '../../src/lib/arch/models/resolve';
import type { NetworkPlan } from '../../src/lib/arch/plan';
import { planFacts } from '../../src/lib/arch/plan-facts';
import type { Checkpoint } from '../../src/lib/weights/checkpoint/types';
import type { DesignArgument } from './design-argument';

/**
 * What a name leaves open. Weights that were tuned for other classes are still that network's; heads
 * and branches are how it was trained, and a fused file does not even tell them.
 */
const FREE: ReadonlySet<string> = new Set(['classes', 'heads', 'branches'] satisfies DesignKey[]);

/** Whether two plans are one network, but for what a name leaves open. */
export function isSameNetwork(a: NetworkPlan, b: NetworkPlan): boolean {
	return isDeepStrictEqual(withoutFree(a), withoutFree(b));
}

function withoutFree(plan: NetworkPlan): unknown {
	return JSON.parse(
		JSON.stringify(plan, (key, value: unknown) => (FREE.has(key) ? undefined : value))
	);
}

/** What a person calls a checkpoint's network: its name, or what tells it from others of its kind. */
export function labelOfCheckpoint({
	plan,
	member,
	naming
}: Pick<Checkpoint, 'plan' | 'member' | 'naming'>): string {
	if (member) return member.label;
	const kind = naming === 'timm-mobilenetv3' ? 'MobileNetV3' : 'RepViT';
	const { widths, depths } = planFacts(plan);
	return `${kind} of widths ${widths.join('-')} and depths ${depths.join('-')}`;
}

/**
 * @param path of the file, for the message
 * @throws where a file's network is not the one asked for: which it is, and how they differ
 */
export function requireNetwork(
	{ label, design: asked }: DesignArgument,
	{ path, checkpoint }: { readonly path: string; readonly checkpoint: Checkpoint }
): void {
	if (isSameNetwork(checkpoint.plan, resolveDesign(asked))) return;
	const found = designOfPlan(checkpoint.plan);
	throw new Error(
		[
			`${path} holds ${labelOfCheckpoint(checkpoint)}, and ${label} was asked for.`,
			...(found ? differences(asked, found) : []),
			'Leave the design out to take the network of the file.'
		].join('\n')
	);
}

function differences(asked: Design, found: Design): string[] {
	return changedChoices(asked, { ...found, form: asked.form, resolution: asked.resolution })
		.filter((key) => !FREE.has(key))
		.map((key) => `  ${key}: ${show(found[key])} in the file, ${show(asked[key])} asked for`);
}

function show(choice: Design[DesignKey]): string {
	return typeof choice === 'object' ? choice.join('-') : String(choice);
}
