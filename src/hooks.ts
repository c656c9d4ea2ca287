import type { Reroute } from '@sveltejs/kit';
import { readAddress } from '$lib/state/links';

/** One set of routes serves all languages: `/zh-hant/design/` is the page of `/design/`. */
export const reroute: Reroute = ({ url }) => readAddress(url).pathname;
