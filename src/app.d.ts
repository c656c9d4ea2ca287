declare global {
	/** Size of the runtime's .wasm file, set by vite.config.ts from the installed package. */
	const __RUNTIME_BYTES__: number;
	/** Of the builds that know WebGPU and WebNN. */
	const __JSPI_RUNTIME_BYTES__: number;
	const __ASYNCIFY_RUNTIME_BYTES__: number;
}

export {};
