// Every page is a file, so the site needs no server and reads without JavaScript.
export const prerender = true;
// `/steps/3/` is served by any static host; `/steps/3` would need a rule on some.
export const trailingSlash = 'always';
