/** Networks that are often at hand as checkpoints, and are none of those that can be built here. */
export type KnownArchitecture =
	| 'part-of-larger'
	| 'vision-transformer'
	| 'text-transformer'
	| 'resnet'
	| 'torchvision-mobilenet'
	| 'timm-efficientnet'
	| 'convnext'
	| 'metaformer'
	| 'encoder';

/** In order of trust: the first whose pattern any name fits is taken. */
const SIGNS: readonly (readonly [KnownArchitecture, RegExp])[] = [
	['part-of-larger', /^(?:backbone|encoder|image_encoder|trunk|net)\..*\bchannel_mixer\./],
	['vision-transformer', /^(?:blocks\.\d+\.attn\.qkv|encoder\.layers\.encoder_layer_\d+)\./],
	['text-transformer', /^(?:layers\.\d+\.self_attn|transformer\.h\.\d+|bert\.encoder)\./],
	['resnet', /^layer1\.0\.conv1\./],
	['torchvision-mobilenet', /^features\.\d+\.(?:block|conv)\.\d+\./],
	['timm-efficientnet', /^blocks\.\d+\.\d+\.(?:conv_dw|conv_pw|conv_pwl)\./],
	['convnext', /^stages\.\d+\.(?:blocks\.)?\d+\.(?:conv_dw|dwconv|gamma)\b/],
	['metaformer', /^stages\.\d+\.blocks\.\d+\.(?:token_mixer|mlp)\./],
	['encoder', /^encoder\./]
];

/** What names look like that no naming here fits. */
export function guessArchitecture(names: readonly string[]): KnownArchitecture | null {
	const sign = SIGNS.find(([, pattern]) => names.some((name) => pattern.test(name)));
	return sign?.[0] ?? null;
}
