import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
const MESSAGES = join(ROOT, 'src/lib/messages/en');

const source = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
	.filter((file) => /\.(svelte|ts)$/.test(file) && !file.includes('paraglide'))
	.map((file) => readFileSync(join(ROOT, 'src', file), 'utf8'))
	.join('\n');

describe('texts', () => {
	it.each(readdirSync(MESSAGES))('%s holds none that nobody shows', (file) => {
		const texts = JSON.parse(readFileSync(join(MESSAGES, file), 'utf8')) as Record<string, string>;
		const unused = Object.keys(texts).filter(
			(key) => key !== '$schema' && !new RegExp(`\\bm\\.${key}\\b`).test(source)
		);
		expect(unused).toEqual([]);
	});
});
