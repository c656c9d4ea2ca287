/*
 * The page that `npm run benchmark` opens: the site's own code, where it runs for a visitor.
 */
import { findNamedDesign } from '../../../src/lib/arch/named-designs';
import type { Design } from '../../../src/lib/arch/design';
import { benchOverhead } from '../../../src/lib/measure/bench-overhead';
import type { EmissionStyles, StyleCommand } from './styles.worker';
import { liveDrawing } from './live-drawing';
import { moreMacs, pairOfSteps, repeatAa, roadmapRun, stopToIdle } from './runs';
import { measureToggle } from './toggle';

function compareStyles(design: Design, rounds: number): Promise<EmissionStyles> {
	const worker = new Worker(new URL('./styles.worker.ts', import.meta.url), { type: 'module' });
	return new Promise<EmissionStyles>((resolve, reject) => {
		worker.onmessage = ({ data }: MessageEvent<EmissionStyles | { error: string }>) => {
			if ('error' in data) reject(new Error(data.error));
			else resolve(data);
		};
		worker.onerror = ({ message }) => reject(new Error(message || 'the worker stopped'));
		const command: StyleCommand = { design, rounds };
		worker.postMessage(command);
	}).finally(() => worker.terminate());
}

const { design } = findNamedDesign('repvit-m0.9')!;

/** One function a figure; the command calls them in turn. */
const benchmarks = {
	toggle: () => measureToggle(design),
	overhead: (rounds: number) => benchOverhead({ design, rounds }),
	styles: (rounds: number) => compareStyles(design, rounds),
	repeatAa,
	moreMacs,
	pairOfSteps,
	roadmapRun,
	stopToIdle,
	liveDrawing
};

export type Benchmarks = typeof benchmarks;

Object.assign(globalThis, { benchmarks });
