import type { BlockPlan, DeeperDownsamplingPlan, NetworkPlan } from '$lib/arch/plan';
import type { Shape } from '$lib/arch/shapes';
import type {
	CheckpointForm,
	CheckpointTensors,
	NamingName,
	TensorHeader
} from '$lib/weights/checkpoint/types';

/**
 * The keys and shapes that PyTorch gives a plan's network, written down module by module after the
 * code that names them, and not after this project's tree.
 */
export function tensorTable(
	plan: NetworkPlan,
	{ naming, form, prefix = '' }: TableOptions
): Map<string, TensorHeader> {
	const table = new Map<string, TensorHeader>();
	const writer = new Writer(table, prefix, form);
	switch (naming) {
		case 'timm':
			writeTimm(plan, writer);
			break;
		case 'official':
			writeOfficial(plan, writer);
			break;
		case 'timm-mobilenetv3':
			writeMobileNetV3(plan, writer);
			break;
	}
	return table;
}

export interface TableOptions {
	readonly naming: NamingName;
	readonly form: CheckpointForm;
	readonly prefix?: string;
}

/** What a table says of a plan: folding leaves one head, and no trace of the branches. */
export function planInForm(plan: NetworkPlan, form: CheckpointForm): NetworkPlan {
	if (form === 'training' || plan.classifier.kind !== 'simple') return plan;
	const folded = (block: BlockPlan): BlockPlan => ({ ...block, branches: 'current' });
	return {
		...plan,
		stages: plan.stages.map(({ downsampling, blocks }) => ({
			downsampling: downsampling && {
				...(downsampling as DeeperDownsamplingPlan),
				preBlock: folded((downsampling as DeeperDownsamplingPlan).preBlock)
			},
			blocks: blocks.map(folded)
		})),
		classifier: { ...plan.classifier, heads: 1 }
	};
}

/** How many values are learned, and how many are running statistics. */
export function countValues(tensors: CheckpointTensors): { params: number; buffers: number } {
	const count = { params: 0, buffers: 0 };
	for (const [key, { shape }] of tensors) {
		if (key.endsWith('.num_batches_tracked')) continue;
		const isBuffer = /\.running_(mean|var)$/.test(key);
		count[isBuffer ? 'buffers' : 'params'] += shape.reduce((product, size) => product * size, 1);
	}
	return count;
}

class Writer {
	constructor(
		readonly table: Map<string, TensorHeader>,
		readonly prefix: string,
		readonly form: CheckpointForm
	) {}

	tensor(key: string, shape: Shape, dtype = 'F32'): void {
		this.table.set(this.prefix + key, { dtype, shape });
	}

	norm(key: string, channels: number): void {
		for (const name of ['weight', 'bias', 'running_mean', 'running_var']) {
			this.tensor(`${key}.${name}`, [channels]);
		}
		this.tensor(`${key}.num_batches_tracked`, [], 'I64');
	}

	/** With a bias of its own. */
	affine(key: string, shape: Shape): void {
		this.tensor(`${key}.weight`, shape);
		this.tensor(`${key}.bias`, [shape[0]!]);
	}

	/** RepViT's pair of convolution and BatchNorm, which fuses to a convolution in its place. */
	convNorm(key: string, shape: Shape): void {
		if (this.form === 'deploy') {
			this.affine(key, shape);
		} else {
			this.tensor(`${key}.c.weight`, shape);
			this.norm(`${key}.bn`, shape[0]!);
		}
	}

	squeezeExcite(keys: readonly [string, string], channels: number, squeezed: number): void {
		this.affine(keys[0], [squeezed, channels, 1, 1]);
		this.affine(keys[1], [channels, squeezed, 1, 1]);
	}

	/** RepViT's depthwise convolution and what is beside it. */
	repDepthwise(key: string, { inChannels: channels, kernel, branches }: BlockPlan): void {
		if (this.form === 'deploy') {
			this.affine(key, [channels, 1, kernel, kernel]);
			return;
		}
		this.convNorm(`${key}.conv`, [channels, 1, kernel, kernel]);
		if (branches === 'first-release') {
			this.convNorm(`${key}.conv1`, [channels, 1, 1, 1]);
		} else {
			this.affine(`${key}.conv1`, [channels, 1, 1, 1]);
			this.norm(`${key}.bn`, channels);
		}
	}

	mixer(keys: readonly [string, string], channels: number, hidden: number): void {
		this.convNorm(keys[0], [hidden, channels, 1, 1]);
		this.convNorm(keys[1], [channels, hidden, 1, 1]);
	}

	heads(key: string, [first, second]: readonly [string, string], plan: NetworkPlan): void {
		const { classifier } = plan;
		if (classifier.kind !== 'simple') throw new Error('This is no RepViT.');
		const { inChannels, classes, heads } = classifier;
		if (this.form === 'deploy') {
			this.affine(key, [classes, inChannels]);
			return;
		}
		for (const name of heads === 2 ? [first, second] : [first]) {
			this.norm(`${key}.${name}.bn`, inChannels);
			this.affine(`${key}.${name}.l`, [classes, inChannels]);
		}
	}
}

function repViTStem({ stem }: NetworkPlan): readonly [Shape, Shape] {
	if (stem.kind !== 'early-conv') throw new Error('This is no RepViT.');
	return [
		[stem.hiddenChannels, 3, 3, 3],
		[stem.outChannels, stem.hiddenChannels, 3, 3]
	];
}

function writeTimm(plan: NetworkPlan, writer: Writer): void {
	repViTStem(plan).forEach((shape, index) => writer.convNorm(`stem.conv${index + 1}`, shape));
	const writeBlock = (key: string, block: BlockPlan) => {
		const channels = block.inChannels;
		writer.repDepthwise(`${key}.token_mixer`, block);
		if (block.squeezeChannels !== null) {
			writer.squeezeExcite([`${key}.se.fc1`, `${key}.se.fc2`], channels, block.squeezeChannels);
		}
		const mixer = `${key}.channel_mixer`;
		writer.mixer([`${mixer}.conv1`, `${mixer}.conv2`], channels, block.hiddenChannels);
	};
	plan.stages.forEach(({ downsampling, blocks }, stage) => {
		if (downsampling?.kind === 'deeper') {
			const key = `stages.${stage}.downsample`;
			const { preBlock, kernel, squeezeChannels, outChannels, ffnHiddenChannels } = downsampling;
			const channels = preBlock.outChannels;
			writeBlock(`${key}.pre_block`, preBlock);
			writer.convNorm(`${key}.spatial_downsample`, [channels, 1, kernel, kernel]);
			if (squeezeChannels !== null) {
				writer.squeezeExcite([`${key}.se.fc1`, `${key}.se.fc2`], channels, squeezeChannels);
			}
			writer.convNorm(`${key}.channel_downsample`, [outChannels, channels, 1, 1]);
			writer.mixer([`${key}.ffn.conv1`, `${key}.ffn.conv2`], outChannels, ffnHiddenChannels);
		}
		blocks.forEach((block, index) => writeBlock(`stages.${stage}.blocks.${index}`, block));
	});
	writer.heads('head', ['head', 'head_dist'], plan);
}

function writeOfficial(plan: NetworkPlan, writer: Writer): void {
	repViTStem(plan).forEach((shape, index) => writer.convNorm(`features.0.${2 * index}`, shape));
	let row = 0;
	const mixerKeys = () =>
		[`features.${row}.channel_mixer.m.0`, `features.${row}.channel_mixer.m.2`] as const;
	const gateKeys = () =>
		[`features.${row}.token_mixer.1.fc1`, `features.${row}.token_mixer.1.fc2`] as const;
	const writeBlock = (block: BlockPlan) => {
		row++;
		const channels = block.inChannels;
		writer.repDepthwise(`features.${row}.token_mixer.0`, block);
		if (block.squeezeChannels !== null) {
			writer.squeezeExcite(gateKeys(), channels, block.squeezeChannels);
		}
		writer.mixer(mixerKeys(), channels, block.hiddenChannels);
	};
	for (const { downsampling, blocks } of plan.stages) {
		if (downsampling?.kind === 'deeper') {
			const { preBlock, kernel, squeezeChannels, outChannels, ffnHiddenChannels } = downsampling;
			writeBlock(preBlock);
			row++;
			const key = `features.${row}.token_mixer`;
			const channels = preBlock.outChannels;
			writer.convNorm(`${key}.0`, [channels, 1, kernel, kernel]);
			if (squeezeChannels !== null) writer.squeezeExcite(gateKeys(), channels, squeezeChannels);
			writer.convNorm(`${key}.2`, [outChannels, channels, 1, 1]);
			writer.mixer(mixerKeys(), outChannels, ffnHiddenChannels);
		}
		blocks.forEach(writeBlock);
	}
	writer.heads('classifier', ['classifier', 'classifier_dist'], plan);
}

function writeMobileNetV3({ stem, stages, classifier }: NetworkPlan, writer: Writer): void {
	if (stem.kind !== 'mobilenetv3' || classifier.kind !== 'mobilenetv3') {
		throw new Error('This is no MobileNetV3.');
	}
	const pair = (conv: string, norm: string, shape: Shape) => {
		writer.tensor(`${conv}.weight`, shape);
		writer.norm(norm, shape[0]!);
	};
	const [first, second] = stem.blocks as [BlockPlan, BlockPlan];
	pair('conv_stem', 'bn1', [stem.conv.outChannels, 3, 3, 3]);

	const gate = (key: string, { hiddenChannels, squeezeChannels }: BlockPlan) => {
		if (squeezeChannels === null) return;
		const keys = [`${key}.se.conv_reduce`, `${key}.se.conv_expand`] as const;
		writer.squeezeExcite(keys, hiddenChannels, squeezeChannels);
	};
	const separable = (key: string, block: BlockPlan) => {
		const { inChannels, outChannels, kernel } = block;
		pair(`${key}.conv_dw`, `${key}.bn1`, [inChannels, 1, kernel, kernel]);
		gate(key, block);
		pair(`${key}.conv_pw`, `${key}.bn2`, [outChannels, inChannels, 1, 1]);
	};
	const inverted = (key: string, block: BlockPlan) => {
		const { inChannels, hiddenChannels: hidden, outChannels, kernel } = block;
		pair(`${key}.conv_pw`, `${key}.bn1`, [hidden, inChannels, 1, 1]);
		pair(`${key}.conv_dw`, `${key}.bn2`, [hidden, 1, kernel, kernel]);
		gate(key, block);
		pair(`${key}.conv_pwl`, `${key}.bn3`, [outChannels, hidden, 1, 1]);
	};
	const opening = stages.map(({ downsampling }) =>
		downsampling?.kind === 'strided-block' ? [downsampling.block] : []
	);
	// In timm, stage 3 ends where the width changes at one resolution.
	const atStage3 = stages[2]!.blocks.findLastIndex(
		({ outChannels }) => outChannels === opening[2]![0]!.outChannels
	);
	separable('blocks.0.0', first);
	[
		[second, ...stages[0]!.blocks],
		[...opening[1]!, ...stages[1]!.blocks],
		[...opening[2]!, ...stages[2]!.blocks.slice(0, atStage3 + 1)],
		stages[2]!.blocks.slice(atStage3 + 1),
		[...opening[3]!, ...stages[3]!.blocks]
	].forEach((blocks, index) =>
		blocks.forEach((block, at) => inverted(`blocks.${index + 1}.${at}`, block))
	);
	const { inChannels, convChannels, hiddenFeatures, classes } = classifier;
	pair('blocks.6.0.conv', 'blocks.6.0.bn1', [convChannels, inChannels, 1, 1]);
	writer.affine('conv_head', [hiddenFeatures, convChannels, 1, 1]);
	writer.affine('classifier', [classes, hiddenFeatures]);
}
