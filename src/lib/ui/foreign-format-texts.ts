import * as m from '../paraglide/messages';
import type { ForeignFormat } from '../weights/safetensors/foreign';
import { sentences } from './join-texts';

/** What a file is instead of safetensors, and how to come by one. */
export function foreignFormatText(format: ForeignFormat): string {
	switch (format) {
		case 'pytorch-zip':
			return sentences(m.problem_format_pytorch(), m.problem_advice_pytorch());
		case 'pickle':
			return sentences(m.problem_format_pickle(), m.problem_advice_pytorch());
		case 'zip':
			return sentences(m.problem_format_zip(), m.problem_advice_unpack());
		case 'gzip':
			return sentences(m.problem_format_gzip(), m.problem_advice_unpack());
		case 'hdf5':
			return sentences(m.problem_format_hdf5(), m.problem_advice_pick_safetensors());
		case 'gguf':
			return sentences(m.problem_format_gguf(), m.problem_advice_pick_safetensors());
		case 'numpy':
			return sentences(m.problem_format_numpy(), m.problem_advice_pick_safetensors());
		case 'onnx':
			return sentences(m.problem_format_onnx(), m.problem_advice_onnx());
		case 'picture':
			return m.problem_format_picture();
		case 'html':
			return sentences(m.problem_format_html(), m.problem_advice_download_itself());
		case 'git-lfs':
			return sentences(m.problem_format_git_lfs(), m.problem_format_git_lfs_advice());
		case 'text':
			return sentences(m.problem_format_text(), m.problem_advice_pick_safetensors());
	}
}
