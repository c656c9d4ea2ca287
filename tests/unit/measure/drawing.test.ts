import { describe, expect, it } from 'vitest';
import { DrawingWindow } from '$lib/measure/drawing';
import { PageLink } from '$lib/measure/page-link';
import { PROTOCOL } from '$lib/measure/protocol';

/** A page that answers after so many milliseconds, on a clock that only the session's runs move. */
function windowOf(pageMs: number) {
	let now = 0;
	const page = new PageLink();
	const drawing = new DrawingWindow({
		clock: () => now,
		page,
		yieldToMessages: async () => {
			if (now >= answerAt) page.drawn();
		}
	});
	let answerAt = Infinity;
	let runs = 0;
	const session = {
		run: async () => {
			now += 10;
			runs++;
		}
	};
	const open = () =>
		drawing.open(session as unknown as Parameters<DrawingWindow['open']>[0], () => {
			answerAt = now + pageMs;
		});
	return {
		drawing,
		page,
		open,
		rest: (ms: number) => (now += ms),
		now: () => now,
		runs: () => runs
	};
}

describe('time to draw', () => {
	it('lasts until the page has drawn, and the session runs on meanwhile', async () => {
		const { open, now, runs } = windowOf(40);
		await open();
		expect(now()).toBe(40);
		expect(runs()).toBe(4);
	});

	it('comes every half second where a drawing is quick', async () => {
		const { drawing, open, rest } = windowOf(20);
		await open();
		rest(PROTOCOL.page.drawEveryMs - 10);
		expect(drawing.isDue()).toBe(false);
		rest(10);
		expect(drawing.isDue()).toBe(true);
	});

	it('comes so seldom that a slow drawing takes no more than its share', async () => {
		const { drawing, open, rest } = windowOf(300);
		await open();
		rest(300 / PROTOCOL.page.drawShare - 10);
		expect(drawing.isDue()).toBe(false);
		rest(10);
		expect(drawing.isDue()).toBe(true);
	});

	it('ends without an answer, and is not asked for while the page is hidden', async () => {
		const { drawing, page, open, rest, now } = windowOf(Infinity);
		await open();
		expect(now()).toBe(PROTOCOL.page.drawMaxMs);
		rest(60_000);
		expect(drawing.isDue()).toBe(true);
		page.setVisible(false);
		expect(drawing.isDue()).toBe(false);
	});
});
