import type { ModuleNode, Role } from '../module';
import type { BlockPlan } from '../plan';
import { mobileNetV3Block } from './mobilenetv3-block';
import { repViTBlock } from './repvit-block';

/** The block that a plan asks for: coupled is MobileNetV3's, separated is RepViT's. */
export function block(name: string, plan: BlockPlan, role: Role = 'block'): ModuleNode {
	return plan.mixing === 'coupled'
		? mobileNetV3Block(name, plan, role)
		: repViTBlock(name, plan, role);
}
