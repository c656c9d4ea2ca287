import { BASELINE, deployForm, DESIGN_KEYS, hasEffect, sameDesign, type Design } from './design';
import { FAMILY, MOBILENETV3_LARGE } from './family';
import { ROADMAP, SIDE_POINTS, stepName, type StepNumber } from './roadmap';

/** A design that has a name: what addresses, files and the command line call it by. */
export interface NamedDesign {
	/** For example `step3`, `step2-control`, `repvit-m0.9`, `repvit-m0.9_training`. */
	readonly name: string;
	/** Short English label; figures and proper names only. */
	readonly label: string;
	readonly design: Design;
	readonly group: 'roadmap' | 'side-point' | 'family' | 'origin';
	/** The roadmap step it is, or stands beside; null for the family. */
	readonly step: StepNumber | null;
	/** Null for the deploy form, which is what the paper's names are about. */
	readonly training: TrainingForm | null;
}

/** The training form of a named design: which one of those that fold into it. */
export interface TrainingForm {
	/** Name of the deploy form. */
	readonly of: string;
	readonly branches: Design['branches'];
	readonly heads: Design['heads'];
}

/** All of them in deploy form: roadmap, its side points, the family, and the network it all started from. */
export const NAMED_DESIGNS: readonly NamedDesign[] = [
	...ROADMAP.map(({ step, design }): NamedDesign => ({
		name: stepName(step),
		label: `Step ${step}`,
		design,
		group: 'roadmap',
		step,
		training: null
	})),
	...SIDE_POINTS.map(({ name, id, design, step }): NamedDesign => ({
		name,
		label: id === 'expansion-only' ? 'Step 2, expansion only' : 'Step 2, MobileNetV3 block',
		design,
		group: 'side-point',
		step,
		training: null
	})),
	...FAMILY.map((member): NamedDesign => ({
		...member,
		group: 'family',
		step: null,
		training: null
	})),
	{ ...MOBILENETV3_LARGE, group: 'origin', step: null, training: null }
];

const BY_NAME = new Map(NAMED_DESIGNS.map((named) => [named.name, named]));

/**
 * Words behind a name that ask for its training form, each after an underscore, which a query string
 * needs no escape for: `repvit-m0.9_training`, `step8_training_2-heads_first-release`.
 */
const FORM_WORDS = {
	training: { form: 'training' },
	'2-heads': { heads: 2 },
	'first-release': { branches: 'first-release' }
} as const satisfies Readonly<Record<string, Partial<Design>>>;

type FormWord = keyof typeof FORM_WORDS;

/** Looks a name up, without regard to case; the training form's names too. */
export function findNamedDesign(name: string): NamedDesign | undefined {
	const [base = '', ...words] = name.trim().toLowerCase().split('_');
	const named = BY_NAME.get(base);
	if (named === undefined || words.length === 0) return named;
	if (words[0] !== 'training' || !words.every(isFormWord)) return undefined;
	const asked = words.reduce<Design>(
		(design, word) => ({ ...design, ...FORM_WORDS[word] }),
		named.design
	);
	return trainingForm(named, settle(asked));
}

function isFormWord(word: string): word is FormWord {
	return Object.hasOwn(FORM_WORDS, word);
}

/**
 * The name a design goes by, in either form; roadmap steps come before the family (step 8 is
 * RepViT-M0.9). Choices without effect do not count.
 */
export function nameOfDesign(design: Design): NamedDesign | undefined {
	const deployed = deployForm(design);
	const named = NAMED_DESIGNS.find((each) => sameDesign(each.design, deployed));
	return named && design.form === 'training' ? trainingForm(named, settle(design)) : named;
}

/** The training form of a named design, with today's branches and one head. */
export function inTraining({ name }: NamedDesign): NamedDesign {
	return findNamedDesign(`${name}_training`)!;
}

/** A named design in the training form that `design` is; its choices without effect are settled. */
function trainingForm(named: NamedDesign, design: Design): NamedDesign {
	const { branches, heads } = design;
	const words: FormWord[] = ['training'];
	const extras: string[] = [];
	if (heads === 2) {
		words.push('2-heads');
		extras.push('two heads');
	}
	if (branches === 'first-release') {
		words.push('first-release');
		extras.push('first release');
	}
	return {
		...named,
		name: [named.name, ...words].join('_'),
		label: [named.label, 'training form', ...extras].join(', '),
		design,
		training: { of: named.name, branches, heads }
	};
}

/** The same network with every choice that has no effect on it at the baseline's value. */
function settle(design: Design): Design {
	const idle = DESIGN_KEYS.filter((key) => !hasEffect(design, key));
	return { ...design, ...Object.fromEntries(idle.map((key) => [key, BASELINE[key]])) };
}

/** The network in its other form: what it folds to, or what folds to it. */
export function otherForm(design: Design): Design {
	return { ...design, form: design.form === 'training' ? 'deploy' : 'training' };
}
