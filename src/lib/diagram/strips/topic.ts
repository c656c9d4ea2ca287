/**
 * What a figure of strips is about, so that nothing else draws the eye: how many blocks there are, how
 * large their kernels are, or where squeeze-and-excitation stands.
 */
export type StripTopic = 'depth' | 'kernel' | 'squeeze-excite';
