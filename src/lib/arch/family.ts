import { BASELINE, type Design, type PerStage } from './design';
import { ROADMAP } from './roadmap';

/** A published network: one of the RepViT family, or the network it started from. */
export interface FamilyMember {
	/** For example `repvit-m0.9`. */
	readonly name: string;
	/** As its authors write it. */
	readonly label: string;
	readonly design: Design;
}

const m0_9 = ROADMAP[8]!.design;

const member = (size: string, widths: PerStage, depths: PerStage): FamilyMember => ({
	name: `repvit-m${size}`,
	label: `RepViT-M${size}`,
	design: { ...m0_9, widths, depths }
});

/** RepViT-M0.6 to M2.3 (paper section 4; M0.6 is from the official repository). Depths leave out downsampling layers. */
export const FAMILY: readonly FamilyMember[] = [
	member('0.6', [40, 80, 160, 320], [1, 1, 8, 1]),
	member('0.9', [48, 96, 192, 384], [2, 2, 14, 2]),
	member('1.0', [56, 112, 224, 448], [2, 2, 14, 2]),
	member('1.1', [64, 128, 256, 512], [2, 2, 12, 2]),
	member('1.5', [64, 128, 256, 512], [4, 4, 24, 4]),
	member('2.3', [80, 160, 320, 640], [6, 6, 34, 2])
];

/** MobileNetV3-L as first published, with ReLU and hard-swish. The roadmap's step 0 has GELU instead. */
export const MOBILENETV3_LARGE: FamilyMember = {
	name: 'mobilenetv3-large',
	label: 'MobileNetV3-L',
	design: { ...BASELINE, activation: 'mobilenetv3' }
};
