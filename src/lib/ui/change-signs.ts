import type { ChangeGroup } from '../arch/diff-summary';

/** How each kind of change is marked, in lists and drawings: a sign, never colour alone. */
export const CHANGE_SIGNS: { readonly [K in ChangeGroup['kind'] | 'moved-from']: string } = {
	moved: '→',
	'moved-from': '↤',
	added: '+',
	removed: '−',
	changed: '•'
};
