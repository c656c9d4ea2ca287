import type { Limit } from '../../measure/profile/roofline';
import * as m from '../../paraglide/messages';
import { nodeName } from '../../diagram/label-text';
import type { IcicleBar } from './icicle';
import type { OpKind, ProfileRow } from './profile-rows';

const KINDS: { readonly [K in OpKind]: () => string } = {
	pointwise: m.explain_kind_pointwise,
	depthwise: m.explain_kind_depthwise,
	dense: m.explain_kind_dense,
	linear: m.explain_kind_linear,
	activation: m.explain_kind_activation,
	pool: m.explain_kind_pool,
	norm: m.explain_kind_norm,
	join: m.explain_kind_join,
	other: m.explain_kind_other
};

const LIMITS: { readonly [L in Limit]: () => string } = {
	compute: m.explain_limit_compute,
	memory: m.explain_limit_memory,
	cache: m.explain_limit_cache,
	neither: m.explain_limit_neither
};

export function limitText(limit: Limit): string {
	return LIMITS[limit]();
}

export function rowName({ subject }: Pick<ProfileRow, 'subject'>): string {
	switch (subject.type) {
		case 'part':
			return nodeName(subject.node, subject.path);
		case 'kind':
			return m.explain_kind_count({ kind: KINDS[subject.kind](), count: subject.count });
		case 'unmapped':
			return m.explain_unmapped();
		case 'overhead':
			return m.explain_overhead();
	}
}

export function barName({ type, node, path }: IcicleBar): string {
	if (node) return nodeName(node, path);
	if (type === 'run') return m.explain_run();
	return type === 'unmapped' ? m.explain_unmapped() : m.explain_overhead();
}
