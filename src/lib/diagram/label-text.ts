import type { ModuleNode } from '../arch/module';
import type { ActivationType } from '../arch/op';
import * as m from '../paraglide/messages';
import { roleStyleOf } from '../ui/roles';
import type { PartFacts } from './layout/types';
import { nodeLabel, type NodeLabel, type NormedLabel, type OpLabel } from './node-label';

const ACTIVATIONS: { readonly [A in ActivationType]: () => string } = {
	gelu: m.diagram_activation_gelu,
	hardSwish: m.diagram_activation_hard_swish,
	relu: m.diagram_activation_relu,
	sigmoid: m.diagram_activation_sigmoid,
	hardSigmoid: m.diagram_activation_hard_sigmoid
};

const OPS: { readonly [T in Extract<OpLabel, { code: 'op' }>['type']]: () => string } = {
	linear: m.diagram_op_linear,
	globalAvgPool: m.diagram_op_pool,
	flatten: m.diagram_op_flatten,
	batchNorm: m.diagram_op_batch_norm,
	identity: m.diagram_op_identity
};

/** "Stage 3", "Token mixer", "3×3 depthwise, stride 2". */
export function labelText(label: NodeLabel): string {
	switch (label.code) {
		case 'network':
			return m.diagram_network();
		case 'role':
			return roleStyleOf(label.role).name();
		case 'stage':
			return m.diagram_stage_number({ number: label.number });
		case 'block':
			return m.diagram_block_number({ number: label.number });
		case 'pre-block':
			return m.diagram_pre_block();
		case 'feed-forward':
			return m.diagram_feed_forward();
		case 'conv': {
			const conv = convText(label);
			return label.stride === 1 ? conv : m.diagram_conv_strided({ conv, stride: label.stride });
		}
		case 'activation':
			return ACTIVATIONS[label.type]();
		case 'op':
			return OPS[label.type]();
		case 'normed':
			return normedText(label, compactText);
		case 'other':
			return label.name;
	}
}

/** The name of any node, for lists and tables as well: see `labelText`. */
export function nodeName(node: ModuleNode, path: string): string {
	return labelText(nodeLabel(node, path));
}

/** The name as it stands on a box, which is short of room. */
export function boxName(node: ModuleNode, path: string): string {
	const label = nodeLabel(node, path);
	if (label.code === 'role' && label.role === 'squeeze-excite') {
		return m.diagram_squeeze_excite_short();
	}
	return labelText(label);
}

/** The name as it stands on a part: `Token mixer`; `Blocks 1–14` for a run of blocks. */
export function partName({ node, path, repeat }: PartFacts): string {
	const first = nodeLabel(node, path);
	if (repeat === null || first.code !== 'block') return boxName(node, path);
	// A run is of neighbours: their numbers follow each other.
	return m.layout_run_name({ from: first.number, to: first.number + repeat.paths.length - 1 });
}

function convText(label: Extract<OpLabel, { code: 'conv' }>): string {
	const kernel = label.kernel.join('×');
	if (label.form === 'pointwise') return m.diagram_conv_pointwise();
	return label.form === 'depthwise'
		? m.diagram_conv_depthwise({ kernel })
		: m.diagram_conv_dense({ kernel });
}

/** `1×1 conv · BN`, `BN · Linear`: short, as the box has room for the name of one op. */
function normedText({ op, norm }: NormedLabel, nameOf: (op: OpLabel) => string): string {
	const name = { op: nameOf(op) };
	switch (norm) {
		case 'before':
			return m.diagram_norm_before(name);
		case 'behind':
			return m.diagram_norm_behind(name);
		case 'around':
			return m.diagram_norm_around(name);
	}
}

/** `1×1 conv`, `3×3 dw, stride 2` */
function compactText(op: OpLabel): string {
	if (op.code !== 'conv') return labelText(op);
	const kernel = op.kernel.join('×');
	const conv =
		op.form === 'depthwise'
			? m.diagram_conv_depthwise_short({ kernel })
			: m.diagram_conv_dense_short({ kernel });
	return op.stride === 1 ? conv : m.diagram_conv_strided({ conv, stride: op.stride });
}

/** The operation in a quiet line: `3×3 dw`, `3×3 dw · BN`. */
export function shortOpText(label: OpLabel | NormedLabel): string {
	if (label.code === 'normed') return normedText(label, shortOpText);
	if (label.code !== 'conv') return labelText(label);
	const kernel = label.kernel.join('×');
	if (label.form === 'pointwise') return m.diagram_conv_pointwise_short();
	return label.form === 'depthwise'
		? m.diagram_conv_depthwise_short({ kernel })
		: m.diagram_conv_dense_short({ kernel });
}
