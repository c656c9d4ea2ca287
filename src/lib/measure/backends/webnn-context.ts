import type { WebnnDevice } from '../execution';

/** The part of WebNN's `MLContext` that is looked at. */
export interface MlContext {
	readonly lost?: Promise<{ readonly message: string }>;
	destroy?(): void;
	opSupportLimits?(): { readonly input?: { readonly dataTypes?: readonly string[] } };
}

/** The part of `navigator.ml` that is used. */
export interface Ml {
	createContext(options: {
		readonly deviceType: WebnnDevice;
		readonly powerPreference: 'high-performance';
	}): Promise<MlContext>;
}

/** WebNN of a `navigator` that may have none; TypeScript does not know it. */
export function mlOf(navigator: object): Ml | undefined {
	const ml: unknown = 'ml' in navigator ? navigator.ml : undefined;
	return isMl(ml) ? ml : undefined;
}

function isMl(value: unknown): value is Ml {
	return (
		typeof value === 'object' &&
		value !== null &&
		'createContext' in value &&
		typeof value.createContext === 'function'
	);
}

/** Whether a context's graphs may be float16. */
export function hasFloat16(context: MlContext): boolean {
	return context.opSupportLimits?.().input?.dataTypes?.includes('float16') ?? false;
}
