import { op } from '../arch/module';
import { emitOnnx, type EmittedModel } from './emit';
import { storedParameters } from './parameters';

/** A model that passes on one number: running it costs what calling the runtime costs. */
export function emptyModel(): EmittedModel {
	return emitOnnx({
		root: op('empty', { type: 'identity' }),
		inputShape: [1],
		parameters: storedParameters(() => {})
	});
}
