/**
 * Which build of the runtime knows this browser's WebGPU and WebNN: the smaller one where WebAssembly can
 * be suspended (JSPI).
 */
export function deviceBuild(): 'asyncify' | 'jspi' {
	return 'Suspending' in WebAssembly ? 'jspi' : 'asyncify';
}
