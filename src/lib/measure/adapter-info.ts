import type { AdapterInfo } from './backend';

/** What a browser tells of a GPU. */
export function describeAdapter(
	{ info, features }: Pick<GPUAdapter, 'info' | 'features'>,
	powerPreference: AdapterInfo['powerPreference']
): AdapterInfo {
	return {
		vendor: info.vendor,
		architecture: info.architecture,
		description: info.description,
		isFallback: info.isFallbackAdapter ?? false,
		features: [...features].sort(),
		powerPreference
	};
}
