/** The version in package.json (a test holds them equal), so that the worker need not import that. */
export const APP_VERSION = '0.1.0';
