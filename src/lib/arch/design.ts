/** The nine design axes of the roadmap, plus activation, input, classes and form. Plain data. */
export interface Design {
	/** Whether one block's depthwise convolution sits inside the expansion (MobileNetV3) or before it (RepViT). */
	readonly mixing: 'coupled' | 'separated';
	/** Hidden over input channels of the channel mixer; `mobilenetv3` varies it per layer, 2.3 to 6. */
	readonly expansion: 'mobilenetv3' | 2 | 3 | 4 | 6;
	/** Channels of the four stages; `mobilenetv3` is 24, 40, 80 then 112, 160. */
	readonly widths: 'mobilenetv3' | PerStage;
	readonly stem: 'mobilenetv3' | 'early-conv' | 'patchify';
	/** A block with stride 2, or a layer of its own: block, strided depthwise, 1x1, FFN. */
	readonly downsampling: 'strided-block' | 'deeper';
	readonly classifier: 'mobilenetv3' | 'simple';
	/** Blocks per stage, downsampling not counted. MobileNetV3-L has 1, 2, 5, 2. */
	readonly depths: PerStage;
	/** Side of the depthwise kernels; `mobilenetv3` mixes 3 and 5. */
	readonly kernel: 'mobilenetv3' | 3 | 5 | 7;
	/** Which blocks have squeeze-and-excitation; `alternate` is the 1st, 3rd, 5th ... of each stage. */
	readonly se: 'mobilenetv3' | 'none' | 'every' | 'alternate';
	/** `mobilenetv3` is ReLU in the first half and hard-swish in the second, as first published. */
	readonly activation: 'mobilenetv3' | 'gelu' | 'hard-swish' | 'relu';
	/** Side of the square input in pixels. */
	readonly resolution: number;
	/** Width of the classifier's output. */
	readonly classes: number;
	/** As it is trained, with parallel branches and BatchNorm, or as it runs, all of that folded in. */
	readonly form: 'deploy' | 'training';
	/** What stands beside a depthwise kernel in training: see `TrainingBranches`. */
	readonly branches: 'current' | 'first-release';
	/** Linear heads in training. A second one learns from a teacher; the two are averaged. */
	readonly heads: 1 | 2;
}

export type PerStage = readonly [number, number, number, number];

export type DesignKey = keyof Design;

/** Where the roadmap starts: MobileNetV3-L with GELU. A query string leaves out what equals this. */
export const BASELINE: Design = {
	mixing: 'coupled',
	expansion: 'mobilenetv3',
	widths: 'mobilenetv3',
	stem: 'mobilenetv3',
	downsampling: 'strided-block',
	classifier: 'mobilenetv3',
	depths: [1, 2, 5, 2],
	kernel: 'mobilenetv3',
	se: 'mobilenetv3',
	activation: 'gelu',
	resolution: 224,
	classes: 1000,
	form: 'deploy',
	branches: 'current',
	heads: 1
};

/** The legal values of the choices that are a pick from a list, in the order they are offered. */
export const OPTIONS = {
	mixing: ['coupled', 'separated'],
	expansion: ['mobilenetv3', 2, 3, 4, 6],
	stem: ['mobilenetv3', 'early-conv', 'patchify'],
	downsampling: ['strided-block', 'deeper'],
	classifier: ['mobilenetv3', 'simple'],
	kernel: ['mobilenetv3', 3, 5, 7],
	se: ['mobilenetv3', 'none', 'every', 'alternate'],
	activation: ['gelu', 'hard-swish', 'relu', 'mobilenetv3'],
	resolution: [128, 160, 192, 224, 256, 288, 320, 352, 384],
	form: ['deploy', 'training'],
	branches: ['current', 'first-release'],
	heads: [1, 2]
} as const satisfies { readonly [K in DesignKey]?: readonly Design[K][] };

export type PickKey = keyof typeof OPTIONS;

/** Inclusive ranges of the choices that are numbers. */
export const RANGES = {
	width: { min: 8, max: 640, step: 8 },
	depth: { min: 1, max: 40, step: 1 },
	classes: { min: 2, max: 21_841, step: 1 }
} as const;

/** Choices in the order of the network, as pages list them. */
export const DESIGN_KEYS = [
	'stem',
	'mixing',
	'expansion',
	'widths',
	'depths',
	'downsampling',
	'kernel',
	'se',
	'activation',
	'classifier',
	'resolution',
	'classes',
	'form',
	'branches',
	'heads'
] as const satisfies readonly DesignKey[];

export function sameChoice(a: Design[DesignKey], b: Design[DesignKey]): boolean {
	return String(a) === String(b);
}

export function sameDesign(a: Design, b: Design): boolean {
	return DESIGN_KEYS.every((key) => sameChoice(a[key], b[key]));
}

/** The choices in which `b` differs from `a`. */
export function changedChoices(a: Design, b: Design): DesignKey[] {
	return DESIGN_KEYS.filter((key) => !sameChoice(a[key], b[key]));
}

/**
 * Whether a choice changes the network at all. What stands beside a kernel, and how many heads there
 * are, is folded away in the deploy form; a strided or coupled depthwise kernel stands alone anyway.
 */
export function hasEffect(design: Design, key: DesignKey): boolean {
	switch (key) {
		case 'branches':
			return design.form === 'training' && design.mixing === 'separated';
		case 'heads':
			return design.form === 'training' && design.classifier === 'simple';
		default:
			return true;
	}
}

/** Whether two designs are one network: what they differ in, if anything, changes neither. */
export function sameNetwork(a: Design, b: Design): boolean {
	return changedChoices(a, b).every((key) => !hasEffect(a, key) && !hasEffect(b, key));
}

/** The same network in deploy form: what the paper's latencies, and its names, are about. */
export function deployForm(design: Design): Design {
	return { ...design, form: 'deploy', branches: 'current', heads: 1 };
}
