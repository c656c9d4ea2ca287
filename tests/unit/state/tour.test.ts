import { describe, expect, it } from 'vitest';
import { TOUR_STOPS, TourState } from '$lib/state/tour.svelte';

/** A storage that keeps what it is given; or one that refuses, as strict browsers do. */
function memory(): Pick<Storage, 'getItem' | 'setItem'> {
	const kept = new Map<string, string>();
	return {
		getItem: (key) => kept.get(key) ?? null,
		setItem: (key, value) => void kept.set(key, value)
	};
}

const refusing: Pick<Storage, 'getItem' | 'setItem'> = {
	getItem: () => {
		throw new Error('refused');
	},
	setItem: () => {
		throw new Error('refused');
	}
};

describe('the tour', () => {
	it('is offered at a first visit and not before it is asked to', () => {
		const tour = new TourState({ storage: memory() });
		expect(tour.isOffered).toBe(false);
		tour.offer();
		expect(tour.isOffered).toBe(true);
		expect(tour.stop).toBeNull();
	});

	it.each(['start', 'end'] as const)('is not offered again after "%s"', (answer) => {
		const storage = memory();
		const tour = new TourState({ storage });
		tour.offer();
		tour[answer]();
		expect(tour.isOffered).toBe(false);
		const later = new TourState({ storage });
		later.offer();
		expect(later.isOffered).toBe(false);
	});

	it('comes again where the offer was only taken back', () => {
		const tour = new TourState({ storage: memory() });
		tour.offer();
		tour.withdraw();
		expect(tour.isOffered).toBe(false);
		tour.offer();
		expect(tour.isOffered).toBe(true);
	});

	it('goes through every stop in order, back too, and ends behind the last', () => {
		const tour = new TourState({ storage: memory() });
		tour.start();
		const seen = [];
		while (tour.stop !== null) {
			seen.push(tour.stop);
			expect(tour.number).toBe(seen.length);
			expect(tour.isFirst).toBe(seen.length === 1);
			expect(tour.isLast).toBe(seen.length === TOUR_STOPS.length);
			if (seen.length === 3) {
				tour.back();
				expect(tour.stop).toBe(TOUR_STOPS[1]);
				tour.next();
			}
			tour.next();
		}
		expect(seen).toEqual(TOUR_STOPS);
	});

	it('is taken again from its first stop, however often, even while it runs', () => {
		const tour = new TourState({ storage: memory() });
		tour.start();
		tour.next();
		tour.start();
		expect(tour.stop).toBe(TOUR_STOPS[0]);
		tour.end();
		tour.start();
		expect(tour.stop).toBe(TOUR_STOPS[0]);
	});

	it('keeps to its ends: nothing before the first stop, nothing without a start', () => {
		const tour = new TourState({ storage: memory() });
		tour.next();
		tour.back();
		expect(tour.stop).toBeNull();
		tour.start();
		tour.back();
		expect(tour.stop).toBe(TOUR_STOPS[0]);
		tour.offer();
		tour.withdraw();
		expect(tour.stop).toBe(TOUR_STOPS[0]);
	});

	it.each([
		['refuses', refusing],
		['is missing', null]
	])('works where storage %s: not offered twice in a visit, again in the next', (_, storage) => {
		const tour = new TourState({ storage });
		tour.offer();
		expect(tour.isOffered).toBe(true);
		tour.end();
		tour.offer();
		expect(tour.isOffered).toBe(false);
		const later = new TourState({ storage });
		later.offer();
		expect(later.isOffered).toBe(true);
	});
});
