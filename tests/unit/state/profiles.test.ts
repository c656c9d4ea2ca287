import { describe, expect, it } from 'vitest';
import { analyseDesign } from '$lib/arch/analysis';
import { ROADMAP } from '$lib/arch/roadmap';
import { ProfileError } from '$lib/measure/profile/failure';
import type { Profile, ProfileOptions } from '$lib/measure/profile/profile-client';
import { Profiles } from '$lib/state/profiles.svelte';

const [first, last] = [analyseDesign(ROADMAP[0]!.design), analyseDesign(ROADMAP[8]!.design)];
const profile: Profile = {
	timesMs: new Map([['stem.conv1', 1]]),
	unmappedMs: 0,
	runMs: 2,
	wallMs: 1.9,
	kernelMs: 1,
	overheadMs: 1,
	peaks: null,
	runs: 25,
	runtime: { name: 'onnxruntime-web', version: '1' }
};

describe('profiles of a visit', () => {
	it('are kept by design', async () => {
		const profiles = new Profiles(() => Promise.resolve(profile));
		const ended = profiles.run(last);
		expect(profiles.status).toEqual({ state: 'running' });
		await ended;
		expect(profiles.status).toEqual({ state: 'idle' });
		expect(profiles.of({ design: { ...last.design } })).toBe(profile);
		expect(profiles.of(first)).toBeUndefined();
	});

	it('say why there is none', async () => {
		const profiles = new Profiles(() =>
			Promise.reject(new ProfileError('worker-crashed', 'no sign of life'))
		);
		await profiles.run(last);
		expect(profiles.status).toEqual({
			state: 'failed',
			reason: 'worker-crashed',
			detail: 'no sign of life'
		});
		// What profiles is fetched with the first one, which may fail in the browser's words.
		const offline = new Profiles(() => Promise.reject(new TypeError('Failed to fetch')));
		await offline.run(last);
		expect(offline.status).toMatchObject({ state: 'failed', reason: 'runtime-refused' });
		expect(profiles.of(last)).toBeUndefined();
	});

	it('say what they wait for, until they need not', async () => {
		let go: (profile: Profile) => void = () => undefined;
		let wait: ProfileOptions['onWait'];
		const profiles = new Profiles(({ onWait }) => {
			wait = onWait;
			return new Promise((resolve) => (go = resolve));
		});
		const ended = profiles.run(last);
		wait?.('another-tab');
		expect(profiles.status).toEqual({ state: 'waiting', reason: 'another-tab' });
		wait?.(null);
		expect(profiles.status).toEqual({ state: 'running' });
		profiles.stop();
		wait?.('page-hidden');
		expect(profiles.status).toEqual({ state: 'idle' });
		go(profile);
		await ended;
		expect(profiles.status).toEqual({ state: 'idle' });
	});

	it('are stopped without a complaint, and another one takes the place', async () => {
		const profiles = new Profiles(
			({ signal }) =>
				new Promise((resolve, reject) => {
					signal?.addEventListener('abort', () => reject(new Error('stopped')));
					queueMicrotask(() => resolve(profile));
				})
		);
		const stopped = profiles.run(last);
		profiles.stop();
		await stopped;
		expect(profiles.status).toEqual({ state: 'idle' });
		const given = profiles.run(first);
		await profiles.run(last);
		await given;
		expect([profiles.status.state, profiles.of(last)]).toEqual(['idle', profile]);
	});
});
