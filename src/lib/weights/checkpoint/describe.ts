import { excerpt } from '../safetensors/excerpt';
import type { KnownArchitecture } from './hints';
import type { CheckpointProblem, KeyList } from './problem';

const SUPPORTED =
	"Pick a RepViT classifier with timm's or the official code's names, or timm's MobileNetV3-L (mobilenetv3_large_100).";
const SAVE_AGAIN = 'Save the whole state dict of one model again.';

/** What is wrong, and what to do, in plain English: for the command line and for logs. */
export function describeProblem(problem: CheckpointProblem): string {
	switch (problem.code) {
		case 'unknown-architecture':
			return describeUnknown(problem);
		case 'gap':
			return `The file has ${quote(problem.present)} but nothing of ${quote(problem.missing)}, which comes before it. ${SAVE_AGAIN}`;
		case 'no-pre-block':
			return `${quote(problem.row)} halves the resolution, and the row before it is no block; a RepViT has one there, at the old resolution. ${SUPPORTED}`;
		case 'mixed-forms':
			return `Some layers are fused (${quote(problem.fused)}) and others are not (${quote(problem.training)}). Fuse the whole model before saving it, or nothing of it.`;
		case 'wrong-keys':
			return `${describeKeys(problem)} ${SAVE_AGAIN}`;
		case 'unsupported-dtype':
			return `${quote(problem.tensor)} is of the type ${quote(problem.dtype)}, which cannot be taken as weights. Save it as F32, F16 or BF16.`;
		case 'wrong-shape':
			return `${quote(problem.tensor)} has the shape ${shapeText(problem.found)}, and ${shapeText(problem.expected)} is expected${problem.reference === null ? '' : `, going by ${quote(problem.reference)}`}. Pick a checkpoint whose layers fit each other.`;
		case 'unsupported-kernel':
			return `${quote(problem.tensor)} has the shape ${shapeText(problem.found)}; a depthwise kernel must be square and odd, 3x3 or larger. ${SUPPORTED}`;
		case 'too-large':
			return describeSize(problem);
	}
}

function describeUnknown({
	keys,
	hint
}: Extract<CheckpointProblem, { code: 'unknown-architecture' }>): string {
	if (keys.count === 0) return `The file has no tensors. ${SUPPORTED}`;
	const looks = hint === null ? '' : ` They look like ${describeArchitecture(hint)}.`;
	const them = keys.count === 1 ? '1 tensor' : `${keys.count} tensors`;
	return `The names of the file's ${them} are those of no network known here: ${list(keys)}.${looks} ${SUPPORTED}`;
}

function describeArchitecture(architecture: KnownArchitecture): string {
	switch (architecture) {
		case 'part-of-larger':
			return 'a RepViT within a larger model, such as a detector, a segmenter or SAM';
		case 'vision-transformer':
			return 'a Vision Transformer';
		case 'text-transformer':
			return 'a language model';
		case 'resnet':
			return 'a ResNet';
		case 'torchvision-mobilenet':
			return "a MobileNet of torchvision; timm's MobileNetV3-L has other names";
		case 'timm-efficientnet':
			return 'an EfficientNet, or a MobileNet other than MobileNetV3-L, of timm';
		case 'convnext':
			return 'a ConvNeXt';
		case 'metaformer':
			return 'another network with token mixers, such as PoolFormer or FastViT';
		case 'encoder':
			return 'an encoder, such as one of a segmenter or of a language model';
	}
}

function describeKeys({
	missing,
	unexpected
}: Extract<CheckpointProblem, { code: 'wrong-keys' }>): string {
	const parts = [
		...(missing.count > 0 ? [`lacks ${tensors(missing)} of its network: ${list(missing)}`] : []),
		...(unexpected.count > 0
			? [`has ${tensors(unexpected)} that its network does not: ${list(unexpected)}`]
			: [])
	];
	return `The file ${parts.join('; and it ')}.`;
}

function describeSize({
	measure,
	found,
	limit
}: Extract<CheckpointProblem, { code: 'too-large' }>): string {
	switch (measure) {
		case 'stages':
			return `The network has ${found} stages, and at most ${limit} are read, as each halves the resolution. ${SUPPORTED}`;
		case 'blocks':
			return `The network has ${found} blocks, and at most ${limit} are read. ${SUPPORTED}`;
		case 'values':
			return `The network has ${found} values in its tensors, and at most ${limit} are read: as float32 they have to fit into one ONNX file of 2 GiB. Pick a smaller one.`;
	}
}

function tensors({ count }: KeyList): string {
	return count === 1 ? 'one tensor' : `${count} tensors`;
}

function list({ first, count }: KeyList): string {
	const rest = count - first.length;
	return `${first.map(quote).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function shapeText(shape: readonly (number | null)[]): string {
	return excerpt(`(${shape.map((size) => size ?? 'any').join(', ')})`);
}

/** In quotes, with control characters spelt out: a name must not be able to steer a terminal. */
function quote(text: string): string {
	return JSON.stringify(excerpt(text));
}
