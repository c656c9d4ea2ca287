import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Film, HOLD_MS, MS_PER_STEP, type FrameClock } from '$lib/state/film.svelte';
import { FILM_DEPTHS, printFilm, readFilm } from '$lib/state/film-address';

const FRAME_MS = 20;

/** A clock that draws a frame every 20 ms when it is told to run. */
class FalseClock implements FrameClock {
	timeMs = 0;
	#waiting = new Map<number, (timeMs: number) => void>();
	#count = 0;

	request(callback: (timeMs: number) => void): number {
		this.#waiting.set(++this.#count, callback);
		return this.#count;
	}

	cancel(handle: number): void {
		this.#waiting.delete(handle);
	}

	get isIdle(): boolean {
		return this.#waiting.size === 0;
	}

	run(forMs: number, perFrame = () => {}): void {
		for (const end = this.timeMs + forMs; this.timeMs < end;) this.frame(FRAME_MS, perFrame);
	}

	frame(afterMs: number, perFrame = () => {}): void {
		this.timeMs += afterMs;
		const due = [...this.#waiting.values()];
		this.#waiting.clear();
		for (const callback of due) callback(this.timeMs);
		perFrame();
	}
}

function film(last = 8, isReduced = () => false) {
	const clock = new FalseClock();
	return { clock, film: new Film({ last, clock, isReduced }) };
}

describe('a film', () => {
	it('plays a step in its time, rests at the stop, and goes on', () => {
		const { clock, film: roadmap } = film();
		roadmap.play();
		expect(roadmap.isPlaying).toBe(true);
		clock.run(MS_PER_STEP / 2);
		expect(roadmap.position).toBeCloseTo(0.5, 1);
		clock.run(MS_PER_STEP / 2 + HOLD_MS / 2);
		expect(roadmap.position).toBe(1);
		expect(roadmap.isPlaying).toBe(true);
		clock.run(HOLD_MS / 2 + MS_PER_STEP / 2);
		expect(roadmap.position).toBeCloseTo(1.5, 1);
	});

	it('shows every stop exactly, and ends at the last one with nothing left to call', () => {
		const { clock, film: roadmap } = film(3);
		const seen = new Set<number>();
		roadmap.play();
		clock.run(3 * MS_PER_STEP + 3 * HOLD_MS, () => seen.add(roadmap.position));
		expect([1, 2, 3].every((stop) => seen.has(stop))).toBe(true);
		expect(roadmap.position).toBe(3);
		expect(roadmap.isPlaying).toBe(false);
		expect(clock.isIdle).toBe(true);
		roadmap.play();
		expect(roadmap.position).toBe(0);
	});

	it('stops half way and stays there', () => {
		const { clock, film: roadmap } = film();
		roadmap.play();
		clock.run(700);
		roadmap.pause();
		const { position } = roadmap;
		expect(position).toBeGreaterThan(0.3);
		expect(position).toBeLessThan(0.4);
		expect(clock.isIdle).toBe(true);
		clock.run(1000);
		expect(roadmap.position).toBe(position);
		roadmap.toggle();
		clock.run(200);
		expect(roadmap.position).toBeGreaterThan(position);
	});

	it('is taken over by a hand on the slider', () => {
		const { clock, film: roadmap } = film();
		roadmap.play();
		clock.run(300);
		roadmap.seek(4.3);
		expect([roadmap.position, roadmap.isPlaying]).toEqual([4.3, false]);
		clock.run(300);
		expect(roadmap.position).toBe(4.3);
		roadmap.seek(99);
		expect(roadmap.position).toBe(8);
	});

	it('goes to the stop beside, and one further for each time it is asked on the way', () => {
		const { clock, film: roadmap } = film();
		roadmap.seek(2.4);
		roadmap.next();
		clock.run(200);
		roadmap.next();
		clock.run(5000);
		expect([roadmap.position, roadmap.isPlaying]).toEqual([4, false]);
		roadmap.previous();
		clock.run(100);
		expect(roadmap.position).toBeLessThan(4);
		roadmap.next();
		clock.run(5000);
		expect(roadmap.position).toBe(4);
		roadmap.seek(0);
		roadmap.previous();
		expect([roadmap.position, roadmap.isPlaying]).toEqual([0, false]);
	});

	it('goes on where it stood after the tab was away', () => {
		const { clock, film: roadmap } = film();
		roadmap.play();
		clock.run(400);
		const { position } = roadmap;
		clock.frame(60_000);
		expect(roadmap.position - position).toBeLessThan(0.06);
	});

	it('never jumps: no frame moves it further than its time allows', () => {
		const gaps = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 60 });
		fc.assert(
			fc.property(gaps, fc.double({ min: 0, max: 7.9, noNaN: true }), (frames, start) => {
				const { clock, film: roadmap } = film();
				roadmap.seek(start);
				roadmap.play();
				for (const gap of frames) {
					const before = roadmap.position;
					clock.frame(gap);
					const moved = roadmap.position - before;
					expect(moved).toBeGreaterThanOrEqual(0);
					expect(moved).toBeLessThanOrEqual(Math.min(gap, 100) / MS_PER_STEP + 1e-9);
				}
			})
		);
	});

	it('stands at stops alone where motion is reduced, and goes there at once', () => {
		const { clock, film: roadmap } = film(8, () => true);
		roadmap.seek(2.6);
		expect(roadmap.position).toBe(3);
		roadmap.next();
		expect(roadmap.position).toBe(4);
		roadmap.previous();
		expect(roadmap.position).toBe(3);
		roadmap.play();
		expect([roadmap.isPlaying, clock.isIdle]).toEqual([false, true]);
	});

	it('cuts to where it was going when motion is reduced on the way', () => {
		let isReduced = false;
		const { clock, film: roadmap } = film(8, () => isReduced);
		roadmap.next();
		clock.run(300);
		isReduced = true;
		expect(Number.isInteger(roadmap.position)).toBe(true);
		clock.run(100);
		expect(roadmap.position).toBe(1);
		expect(clock.isIdle).toBe(true);
	});
});

describe('the address of the film', () => {
	it('says what is not the default, and is read back as it was', () => {
		expect(printFilm({ at: 0, depth: 'stages' })).toBe('');
		expect(printFilm({ at: 2.4000001, depth: 'blocks' })).toBe('?at=2.4&depth=blocks');
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: 800 }),
				fc.constantFrom(...FILM_DEPTHS),
				(hundredths, depth) => {
					const view = { at: hundredths / 100, depth };
					expect(readFilm(printFilm(view), 8)).toEqual({ view, problems: [] });
				}
			)
		);
	});

	it.each(['9', '-1', 'x', '', 'NaN', '1e1', '0x2', 'Infinity'])(
		'names a place that is none: %s',
		(at) => {
			const { view, problems } = readFilm(`?at=${at}&depth=mixers`, 8);
			expect(view).toEqual({ at: 0, depth: 'mixers' });
			expect(problems).toMatchObject([{ code: 'out-of-range', key: 'at', value: at }]);
		}
	);

	it('names a depth that is none, and keeps the place', () => {
		const { view, problems } = readFilm('?at=2.5&depth=deep', 8);
		expect(view).toEqual({ at: 2.5, depth: 'stages' });
		expect(problems).toMatchObject([{ code: 'unknown-value', key: 'depth', value: 'deep' }]);
	});
});
