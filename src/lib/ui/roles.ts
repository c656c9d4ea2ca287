import * as m from '../paraglide/messages';
import type { Role } from '../arch/module';

/** How a role is shown, everywhere: never by colour alone, always with its letter or its name. */
export interface RoleStyle {
	/** One or two characters, for chips, table cells and the corner of a block. */
	readonly letter: string;
	/** CSS value for edges and marks. */
	readonly color: string;
	/** CSS value for fills behind text. */
	readonly tint: string;
	/** The role's name in the visitor's language, as a heading: "Token mixer". */
	readonly name: () => string;
}

function roleStyle(key: Role | 'none', letter: string, name: () => string): RoleStyle {
	return { letter, color: `var(--role-${key})`, tint: `var(--role-${key}-tint)`, name };
}

export const ROLE_STYLES: { readonly [R in Role]: RoleStyle } = {
	stem: roleStyle('stem', 'S', m.diagram_role_stem),
	stage: roleStyle('stage', '▤', m.diagram_role_stage),
	block: roleStyle('block', 'B', m.diagram_role_block),
	'token-mixer': roleStyle('token-mixer', 'T', m.diagram_role_token_mixer),
	'channel-mixer': roleStyle('channel-mixer', 'C', m.diagram_role_channel_mixer),
	'squeeze-excite': roleStyle('squeeze-excite', 'SE', m.diagram_role_squeeze_excite),
	downsampling: roleStyle('downsampling', '↓', m.diagram_role_downsampling),
	classifier: roleStyle('classifier', 'H', m.diagram_role_classifier)
};

const NO_ROLE = roleStyle('none', '', m.diagram_role_none);

/** Style of a role; grey plumbing where there is none. */
export function roleStyleOf(role: Role | undefined): RoleStyle {
	return role === undefined ? NO_ROLE : ROLE_STYLES[role];
}

/** The roles that own a colour, in the order of the network: what a legend lists. */
export const COLORED_ROLES = [
	'stem',
	'token-mixer',
	'channel-mixer',
	'squeeze-excite',
	'downsampling',
	'classifier'
] as const satisfies readonly Role[];
