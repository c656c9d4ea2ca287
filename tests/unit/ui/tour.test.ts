import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TOUR_STOPS } from '$lib/state/tour.svelte';
import { placeTourCard, type Box } from '$lib/ui/tour/place-card';
import { STOPS, TOUR_SECONDS } from '$lib/ui/tour/stops';

/** Slow for silent reading. */
const WORDS_PER_MINUTE = 200;

describe('the tour’s texts', () => {
	it('are read in the time that the offer promises, and in under a minute', () => {
		const words = TOUR_STOPS.flatMap((stop) =>
			`${STOPS[stop].title()} ${STOPS[stop].text()}`.split(/\s+/)
		);
		expect((words.length / WORDS_PER_MINUTE) * 60).toBeLessThanOrEqual(TOUR_SECONDS);
		expect(TOUR_SECONDS).toBeLessThan(60);
	});

	it('lead over pages without turning back', () => {
		const pages = TOUR_STOPS.map((stop) => STOPS[stop].page);
		const turns = pages.filter((page, index) => page !== pages[index - 1]);
		expect(turns).toEqual(['home', 'step', 'design', 'measure']);
	});
});

describe('placing the card', () => {
	const viewport = fc.record({
		width: fc.integer({ min: 320, max: 2000 }),
		height: fc.integer({ min: 560, max: 1400 })
	});
	const target = fc.record({
		left: fc.double({ min: 0, max: 0.9, noNaN: true }),
		width: fc.double({ min: 0.05, max: 1, noNaN: true }),
		top: fc.integer({ min: -3000, max: 3000 }),
		height: fc.integer({ min: 20, max: 2000 })
	});
	const MARGIN = 16;
	const overlap = (a: Box, b: Box) =>
		a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

	it('never hides what it explains, unless that is taller than the room; then its head is in sight', () => {
		fc.assert(
			fc.property(viewport, target, fc.integer({ min: 120, max: 220 }), (window, box, height) => {
				const card = { width: Math.min(336, window.width - 2 * MARGIN), height };
				const left = box.left * window.width;
				const before: Box = {
					left,
					right: Math.min(window.width, left + box.width * window.width),
					top: box.top,
					bottom: box.top + box.height
				};
				const placement = placeTourCard({
					target: before,
					isFixed: false,
					card,
					viewport: window,
					margin: MARGIN
				});
				const after: Box = {
					...before,
					top: before.top - placement.scrollBy,
					bottom: before.bottom - placement.scrollBy
				};
				const cardLeft = placement.side === 'left' ? MARGIN : window.width - MARGIN - card.width;
				const cardBox: Box = {
					left: cardLeft,
					right: cardLeft + card.width,
					top: window.height - MARGIN - card.height,
					bottom: window.height - MARGIN
				};
				const room = cardBox.top - MARGIN - 24;
				if (box.height <= room) {
					expect(overlap(after, cardBox)).toBe(false);
					expect(after.top).toBeGreaterThanOrEqual(0);
					expect(after.bottom).toBeLessThanOrEqual(window.height);
				} else {
					expect(after.top).toBeGreaterThanOrEqual(0);
					expect(after.top).toBeLessThan(cardBox.top);
				}
			})
		);
	});

	it('stands above a sheet that is fixed at the window’s foot', () => {
		const placement = placeTourCard({
			target: { left: 0, right: 390, top: 790, bottom: 844 },
			isFixed: true,
			card: { width: 358, height: 180 },
			viewport: { width: 390, height: 844 },
			margin: MARGIN
		});
		expect(placement).toEqual({ side: 'right', scrollBy: 0, lift: 54 });
	});

	it('stays where it is, and the page too, where there is room', () => {
		const placement = placeTourCard({
			target: { left: 100, right: 500, top: 100, bottom: 700 },
			isFixed: false,
			card: { width: 336, height: 180 },
			viewport: { width: 1440, height: 900 },
			margin: MARGIN
		});
		expect(placement).toEqual({ side: 'right', scrollBy: 0, lift: 0 });
	});
});
