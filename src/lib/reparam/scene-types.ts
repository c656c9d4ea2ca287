import type { Join, ModuleNode, Role } from '../arch/module';
import type { Op } from '../arch/op';

export type Point = readonly [x: number, y: number];

/** An op, or the closed loop of squeeze-and-excitation; `x` is its axis, `y` its upper edge. */
export interface SceneBox {
	readonly path: string;
	readonly shape: 'op' | 'norm' | 'bar' | 'gate';
	/** Null for a gate. */
	readonly op: Op | null;
	readonly role: Role | undefined;
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
	/** 1 in its own place, 0 where it lies behind its host. */
	readonly presence: number;
	/** Whether only the training form has it. */
	readonly isTrainingOnly: boolean;
}

/** The frame around a mixer. */
export interface SceneZone {
	readonly path: string;
	/** The mixer, which has a role. */
	readonly node: ModuleNode;
	readonly left: number;
	readonly right: number;
	readonly y: number;
	readonly height: number;
	/** It dissolves where it comes to hold a single op. */
	readonly presence: number;
}

export interface SceneJoin {
	readonly path: string;
	readonly join: Join;
	readonly x: number;
	readonly y: number;
	readonly radius: number;
	readonly presence: number;
	readonly isTrainingOnly: boolean;
}

export interface SceneLine {
	readonly id: string;
	readonly points: readonly Point[];
	readonly presence: number;
	readonly isTrainingOnly: boolean;
}

/** Geometry of a block at one moment of folding. The data flows down an axis at x = 0, from y = 0. */
export interface Scene {
	readonly boxes: readonly SceneBox[];
	readonly zones: readonly SceneZone[];
	readonly joins: readonly SceneJoin[];
	readonly lines: readonly SceneLine[];
	/** How far it reaches from the axis. */
	readonly left: number;
	readonly right: number;
	readonly height: number;
}
