import type { ModuleNode } from './module';
import type { Op } from './op';

/**
 * Between what a part exchanges information, as paper section 3.2 reads a network after MetaFormer:
 * tokens are positions, and what does neither treats each number, or each channel, alone.
 */
export type Mixing = 'tokens' | 'channels' | 'both' | 'none';

/**
 * What one op mixes. A kernel with an extent reads more than one position, a group of more than one
 * channel reads more than one channel; a depthwise 1x1 does neither and only scales. A pool reads all
 * positions of a channel, which is why squeeze-and-excitation is both. Norms count as nothing: their
 * statistics are stored.
 */
export function opMixing(op: Op): Mixing {
	switch (op.type) {
		case 'conv':
			return mixing({
				tokens: op.kernel.some((side) => side > 1),
				channels: op.inChannels / op.groups > 1
			});
		case 'linear':
			return mixing({ tokens: false, channels: op.inFeatures > 1 });
		case 'globalAvgPool':
			return 'tokens';
		default:
			return 'none';
	}
}

/** What a module mixes: all that is mixed anywhere in it. */
export function mixingOf(node: ModuleNode): Mixing {
	return node.kind === 'op' ? opMixing(node.op) : node.children.map(mixingOf).reduce(unite, 'none');
}

function unite(a: Mixing, b: Mixing): Mixing {
	return mixing({
		tokens: mixesTokens(a) || mixesTokens(b),
		channels: mixesChannels(a) || mixesChannels(b)
	});
}

export function mixesTokens(mixed: Mixing): boolean {
	return mixed === 'tokens' || mixed === 'both';
}

export function mixesChannels(mixed: Mixing): boolean {
	return mixed === 'channels' || mixed === 'both';
}

function mixing({ tokens, channels }: { tokens: boolean; channels: boolean }): Mixing {
	if (tokens && channels) return 'both';
	return tokens ? 'tokens' : channels ? 'channels' : 'none';
}
