/** What is looked at of a navigation that has ended; a subset of SvelteKit's `AfterNavigate`. */
interface Landing {
	readonly type: string;
	readonly to: { readonly url: URL } | null;
}

/**
 * The query string on which a navigation has ended, question mark included. A link is read from where
 * it leads; back and forward from the address bar, as the router does not know what the pages have
 * written there by `replaceState`.
 */
export function landedSearch(
	{ type, to }: Landing,
	address: Pick<Location, 'search'> = location
): string {
	return type === 'popstate' ? address.search : (to?.url.search ?? '');
}
