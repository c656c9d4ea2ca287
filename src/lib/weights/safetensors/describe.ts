import { formatShape } from '../../arch/shapes';
import type { ForeignFormat } from './foreign';
import type { EntryField, SafetensorsProblem } from './problem';

const GET_AGAIN = 'Download or copy the file again.';
const WRITE_AGAIN = 'Write it again with a current safetensors library.';
const CONVERT = 'Load it in PyTorch and save its state dict with safetensors.torch.save_file.';

/** What is wrong, and what to do, in plain English: for the command line and for logs. */
export function describeProblem(problem: SafetensorsProblem): string {
	switch (problem.code) {
		case 'empty-file':
			return `The file is empty. ${GET_AGAIN}`;
		case 'too-short':
			return `The file has only ${bytes(problem.fileBytes)}, less than any safetensors file. ${GET_AGAIN}`;
		case 'foreign-format':
			return describeFormat(problem.format);
		case 'header-empty':
			return `The file states a header of 0 bytes, so it is not a safetensors file, or damaged. ${GET_AGAIN}`;
		case 'header-too-long':
			return `The file does not begin as a safetensors file does: its first 8 bytes state a header of ${bytes(problem.headerBytes)}, and at most ${problem.limitBytes} are read. Pick a .safetensors file, or download this one again.`;
		case 'header-beyond-file':
			return `The file ends within its header: that takes ${bytes(problem.headerBytes)}, and the whole file has ${problem.fileBytes}. ${GET_AGAIN}`;
		case 'header-not-utf8':
			return `The header is not UTF-8 text: this is not a safetensors file, or it is damaged. ${GET_AGAIN}`;
		case 'header-not-json':
			return `The header is not valid JSON: this is not a safetensors file, or it is damaged. ${GET_AGAIN}`;
		case 'header-not-object':
			return `The header is not a JSON object that begins with "{". ${WRITE_AGAIN}`;
		case 'too-many-tensors':
			return `The header lists ${problem.count} tensors, and at most ${problem.limit} are read. Pick the checkpoint of one network.`;
		case 'duplicate-name':
			return `Two tensors are called ${quote(problem.tensor)}, so it is not clear which is meant. ${WRITE_AGAIN}`;
		case 'metadata-not-texts':
			return `"__metadata__" must map texts to texts, and holds ${problem.found}. ${WRITE_AGAIN}`;
		case 'entry-not-object':
			return `The entry of ${quote(problem.tensor)} must be an object, and is ${problem.found}. ${WRITE_AGAIN}`;
		case 'field-missing':
			return `The entry of ${quote(problem.tensor)} has no "${problem.field}". ${WRITE_AGAIN}`;
		case 'field-type':
			return `"${problem.field}" of ${quote(problem.tensor)} must be ${describeField(problem.field)}, and is ${problem.found}. ${WRITE_AGAIN}`;
		case 'unknown-dtype':
			return `${quote(problem.tensor)} is of the type ${quote(problem.dtype)}, which is not known here. Save it as F32, F16 or BF16.`;
		case 'shape-overflow':
			return `${quote(problem.tensor)} has the shape ${formatShape(problem.shape)}: more bytes than any file can have. ${WRITE_AGAIN}`;
		case 'offsets-order':
			return `${quote(problem.tensor)} ends at byte ${problem.end} of the data, before it begins at ${problem.begin}. ${WRITE_AGAIN}`;
		case 'byte-count':
			return `${quote(problem.tensor)}, ${problem.dtype} of shape ${formatShape(problem.shape)}, takes ${bytes(problem.expected)}, but its offsets are ${problem.found} apart. ${WRITE_AGAIN}`;
		case 'offsets-outside':
			return `${quote(problem.tensor)} is said to be at bytes ${problem.begin} to ${problem.end} of the data, which has only ${problem.dataBytes}. ${WRITE_AGAIN}`;
		case 'overlap':
			return `${quote(problem.second)} begins at byte ${problem.found} of the data, before ${quote(problem.first)} has ended at ${problem.expected}; tensors may not share bytes. ${WRITE_AGAIN}`;
		case 'hole':
			return `${bytes(problem.holeBytes)} before ${quote(problem.after)} belong to no tensor${problem.before === undefined ? '' : ` (the one before is ${quote(problem.before)})`}. ${WRITE_AGAIN}`;
		case 'truncated':
			return `The file is cut off: the last ${bytes(problem.missingBytes)} are missing (it has ${problem.fileBytes}). ${GET_AGAIN}`;
		case 'trailing-bytes':
			return `The file goes on for ${bytes(problem.extraBytes)} after its last tensor, so it is damaged or two files in one. ${GET_AGAIN}`;
		case 'out-of-memory':
			return `There is no memory for ${bytes(problem.bytes)}. Close other programs or tabs, or pick a smaller file.`;
		case 'changed-while-reading':
			return `The file changed while it was read: ${bytes(problem.expected)} were expected at ${problem.position}, and ${problem.found} came. Wait until it is complete and try again.`;
		case 'read-failed':
			return `The file could not be read (${problem.detail}). If it was moved or changed since it was picked, pick it again.`;
		case 'no-such-tensor':
			return `The file has no tensor ${quote(problem.tensor)}. Pick a checkpoint of this network.`;
		case 'not-weights':
			return `${quote(problem.tensor)} is of the type ${problem.dtype}, which cannot be taken as weights. Save it as F32, F16 or BF16.`;
		case 'target-length':
			return `${quote(problem.tensor)} has ${problem.found} values, and ${problem.expected} are wanted. Pick a checkpoint of this network.`;
	}
}

function describeFormat(format: ForeignFormat): string {
	const pick = 'Pick a .safetensors file.';
	switch (format) {
		case 'pytorch-zip':
			return `This is a PyTorch file (.pth, .pt), not safetensors. ${CONVERT}`;
		case 'pickle':
			return `This is a pickle, probably a PyTorch file of before version 1.6, not safetensors. ${CONVERT}`;
		case 'zip':
			return 'This is a zip archive, not safetensors. Unpack it and pick the .safetensors file in it.';
		case 'gzip':
			return 'This is compressed by gzip. Unpack it and pick the .safetensors file in it.';
		case 'hdf5':
			return `This is an HDF5 file (.h5), not safetensors. ${pick}`;
		case 'gguf':
			return `This is a GGUF file, not safetensors. ${pick}`;
		case 'onnx':
			return `This seems to be an ONNX file, not safetensors. ${pick}`;
		case 'numpy':
			return `This is a NumPy array (.npy), not safetensors. ${pick}`;
		case 'picture':
			return `This is a picture (PNG, JPEG, GIF or WebP), not safetensors. ${pick}`;
		case 'html':
			return "This is a web page, not safetensors: the download gave a site's page instead of its file. Use the file's own download link.";
		case 'git-lfs':
			return 'This is a Git LFS pointer, not the file it stands for. Run "git lfs pull", or download the file itself.';
		case 'text':
			return `This is plain text, such as a server's error message or the index of a checkpoint in parts. ${pick}`;
	}
}

function describeField(field: EntryField): string {
	switch (field) {
		case 'dtype':
			return 'a text';
		case 'shape':
			return 'a short list of integers that are not negative';
		case 'data_offsets':
			return 'two integers that are not negative';
	}
}

function bytes(count: number): string {
	return count === 1 ? '1 byte' : `${count} bytes`;
}

/** In quotes, with control characters spelt out: a name must not be able to steer a terminal. */
function quote(text: string): string {
	return JSON.stringify(text);
}
