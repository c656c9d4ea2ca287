import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Estimate } from '../../src/lib/measure/types';

/** How much of everything: small figures show that it works, the default ones what it promises. */
export interface LabSettings {
	/** Null: as many as the question takes. */
	readonly rounds: number | null;
	readonly runs: number;
}

/** A figure of the latency lab: what it is called, how it is taken, how it reads. */
export interface LabMeasure {
	readonly title: string;
	readonly take: (page: Page, settings: LabSettings) => Promise<LabFigure>;
}

export interface LabFigure {
	readonly text: string;
	readonly data: unknown;
}

/** Each neighbour of a core that comes and goes is ended with the run. */
const BUSY_SCRIPT = join(import.meta.dirname, 'busy.mjs');

/** Every drawing is compared with a time without one, and comes after ten rounds or so. */
const LIVE_PAIRS = 60;

/** By the name that `--only` takes. */
export const LAB: { readonly [name: string]: LabMeasure } = {
	aa: {
		title: 'A network against itself',
		take: async (page, { runs }) => {
			const data = await page.evaluate((count) => benchmarks.repeatAa(count), runs);
			return {
				data,
				text: `told apart in ${data.wrong} of ${data.runs} runs (at most 1 of 20); off by more than 1.5 % in ${data.beyond} (at most 1 of 20)`
			};
		}
	},
	macs: {
		title: 'A block more',
		take: async (page, { rounds }) => {
			const data = await page.evaluate((count) => benchmarks.moreMacs(count), rounds);
			return {
				data,
				text: `${change(data.macs)} MACs come out as ${ratioText(data.ratio)} (1.010 to 1.020)`
			};
		}
	},
	busy: {
		title: 'A neighbour, 2.5 s on, 2.5 s off',
		take: async (page, { rounds }) => {
			const quiet = await page.evaluate((count) => benchmarks.pairOfSteps(count, 1), rounds);
			const neighbour = spawn(process.execPath, [BUSY_SCRIPT], { stdio: 'ignore' });
			try {
				const busy = await page.evaluate((count) => benchmarks.pairOfSteps(count, 2), rounds);
				return {
					data: { quiet, busy },
					text: `moves a paired ratio by ${change(busy.value / quiet.value)} (under 1.5 %): ${ratioText(quiet)} and ${ratioText(busy)}`
				};
			} finally {
				neighbour.kill();
			}
		}
	},
	roadmap: {
		title: 'The nine steps to 2 %',
		take: async (page) => {
			const data = await page.evaluate(() => benchmarks.roadmapRun(null));
			return {
				data,
				text: `${data.seconds.toFixed(0)} s (at most 90), ${data.measuringSeconds.toFixed(0)} of them measuring: ${data.rounds} rounds, ${data.reason}, widest ± ${(100 * data.widest).toFixed(1)} %`
			};
		}
	},
	stop: {
		title: 'From Stop to idle',
		take: async (page, { runs }) => {
			const data = await page.evaluate((count) => benchmarks.stopToIdle(count), runs);
			return {
				data,
				text: `${data.mostMs.toFixed(0)} ms at most, of ${runs} runs (under 100); the device was free after ${data.freeMs.toFixed(0)}`
			};
		}
	},
	memory: {
		title: 'Memory after ten roadmap runs',
		take: async (page, { runs, rounds }) => {
			const used: number[] = [];
			for (let run = 0; run < Math.max(2, runs); run++) {
				await page.evaluate((count) => benchmarks.roadmapRun(count), rounds);
				used.push(await memoryOf(page));
			}
			const [first, last] = [used[0]!, used.at(-1)!];
			return {
				data: { used },
				text: `${(last / first).toFixed(3)} of that after the first (at most 1.1), ${used.length} runs: ${megabytes(first)} and ${megabytes(last)}`
			};
		}
	},
	live: {
		title: 'The live chart',
		take: async (page, { rounds }) => {
			const data = await page.evaluate(
				(count) => benchmarks.liveDrawing(count),
				10 * (rounds ?? LIVE_PAIRS)
			);
			return {
				data,
				text: `${ratioText(data.ratio)} of the same run without it (within 1 %), ${data.pairs} pairs`
			};
		}
	}
};

/** All that the page and its workers hold, garbage collected first. */
async function memoryOf(page: Page): Promise<number> {
	const session = await page.context().newCDPSession(page);
	try {
		await session.send('HeapProfiler.collectGarbage');
		return await page.evaluate(async () => {
			const { measureUserAgentSpecificMemory } = performance as Performance & {
				measureUserAgentSpecificMemory?: () => Promise<{ bytes: number }>;
			};
			if (!measureUserAgentSpecificMemory)
				throw new Error('This Chromium does not tell of memory.');
			return (await measureUserAgentSpecificMemory.call(performance)).bytes;
		});
	} finally {
		await session.detach();
	}
}

function megabytes(bytes: number): string {
	return `${(bytes / 1e6).toFixed(1)} MB`;
}

function change(ratio: number): string {
	return `${ratio < 1 ? '-' : '+'}${Math.abs(100 * (ratio - 1)).toFixed(2)} %`;
}

export function ratioText({ value, low, high }: Estimate): string {
	return `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
}
