import type { Design } from '../arch/design';
import { browserEnvironment, type MeasureEnvironment } from './browser';
import { parseEvent } from './messages';
import { analyseOverhead, type Overhead } from './overhead';

/**
 * Compares the instrument with a bare loop over the same session, in turn, in a worker of its own
 * (METHODOLOGY 9). For `npm run benchmark`.
 * @throws an Error with the reason where the worker or the runtime fails
 */
export function benchOverhead(
	options: {
		readonly design: Design;
		readonly seed?: number;
		readonly threads?: number;
		readonly rounds?: number;
	},
	environment: Pick<MeasureEnvironment, 'createWorker'> = browserEnvironment()
): Promise<Overhead> {
	const { design, seed = 1, threads = 1, rounds = 60 } = options;
	const worker = environment.createWorker();
	return new Promise<Overhead>((resolve, reject) => {
		worker.onmessage = ({ data }) => {
			const event = parseEvent(data);
			if (event.type === 'overhead') resolve(analyseOverhead(event.samples));
			if (event.type === 'overhead-failed') reject(new Error(event.detail));
		};
		worker.onerror = ({ message }) => reject(new Error(message || 'the worker stopped'));
		worker.postMessage({ type: 'bench-overhead', design, seed, threads, rounds });
	}).finally(() => worker.terminate());
}
