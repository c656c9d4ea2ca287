declare global {
	/** Size of the runtime's .wasm file, set by vite.config.ts from the installed package. */
	const __RUNTIME_BYTES__: number;
}

export {};
