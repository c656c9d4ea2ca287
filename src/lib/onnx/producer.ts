/** What made a file, as its header says. */
export const PRODUCER_NAME = 'repvit-explorer';

/**
 * The emitter's own version, not the site's: raised when the bytes for an unchanged design change,
 * so that results kept under a file's SHA-256 can be told apart, and a release alone makes no file
 * stale.
 */
export const PRODUCER_VERSION = '2';
