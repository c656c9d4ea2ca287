import { PLANNED_INPUT_SHAPE } from '../arch/planned-network';
import { volume } from '../arch/shapes';
import type { Picture } from '../imaging/picture';
import { preprocess } from '../imaging/preprocess';
import type { Backend, Session } from '../measure/backend';
import type { Clock } from '../measure/clock';
import { seededInput } from '../measure/input';
import { emitCheckpoint } from '../onnx/emit-checkpoint';
import type { EmittedNetwork } from '../onnx/emit-network';
import { median } from '../stats/summary';
import type { Checkpoint, CheckpointForm as Form } from '../weights/checkpoint/types';
import { identifyCheckpoint } from '../weights/checkpoint/identify';
import { checkpointNetworks } from '../weights/checkpoint/networks';
import { readSafetensors, type ReadProgress } from '../weights/safetensors/read';
import type { Safetensors } from '../weights/safetensors/safetensors';
import { blobSource } from '../weights/safetensors/source';
import type {
	CheckpointAnswers,
	CheckpointRequest,
	CheckpointSummary,
	FormOutput,
	FormOutputs
} from './events';

/** Timed runs of each form, by turns. */
const TIMED_RUNS = 5;

/** Untimed ones before them, until this has passed: the runtime's code gets faster in its first moments. */
const WARM_UP_MS = 300;

export interface SessionDeps {
	readonly clock: Clock;
	/** Loads the runtime; asked once, when something is first run. */
	readonly startBackend: () => Promise<Backend>;
	readonly onProgress: (progress: ReadProgress) => void;
	/** The pixels of a decoded picture. */
	readonly pixelsOf: (bitmap: ImageBitmap) => Picture;
}

/** A form that is loaded: its input is written to in place. */
interface Runner {
	readonly form: Form;
	readonly session: Session;
	readonly input: Float32Array;
}

interface Opened {
	readonly file: Safetensors;
	readonly checkpoint: Checkpoint;
}

/**
 * One checkpoint, from its bytes to its outputs. The file's tensors are held once, as the file has
 * them; whatever needs them as float32 makes them one op at a time.
 */
export class CheckpointSession {
	readonly #deps: SessionDeps;
	#opened: Opened | null = null;
	#runners: Promise<readonly Runner[]> | null = null;

	constructor(deps: SessionDeps) {
		this.#deps = deps;
	}

	/**
	 * Answers one request.
	 * @throws {SafetensorsError} {CheckpointError} for a file that can't be used, or what the runtime throws
	 */
	async answer(request: CheckpointRequest): Promise<CheckpointAnswers[keyof CheckpointAnswers]> {
		switch (request.type) {
			case 'open':
				return this.#open(request.file);
			case 'classify': {
				const [, , height, width] = PLANNED_INPUT_SHAPE;
				const { bitmap, recipe } = request;
				const image = this.#deps.pixelsOf(bitmap);
				return this.#run(preprocess({ image, inputSize: [height, width], recipe }));
			}
			case 'compare':
				return this.#run(seededInput(PLANNED_INPUT_SHAPE, request.seed));
			case 'emit':
				return this.#emit(request.form).bytes;
			case 'tensors': {
				const { file, checkpoint } = this.#held();
				return request.tensors.map((tensor) => {
					const values = new Float32Array(volume(tensor.shape));
					file.fill(checkpoint.keyOf(tensor), values);
					return values;
				});
			}
		}
	}

	async #open(blob: Blob): Promise<CheckpointSummary> {
		const { onProgress } = this.#deps;
		const file = await readSafetensors({ source: blobSource(blob), onProgress });
		const checkpoint = identifyCheckpoint(file.tensors);
		const opened = { file, checkpoint };
		this.#opened = opened;
		const { naming, form, plan, member, classes, heads, ignored } = checkpoint;
		return {
			naming,
			form,
			plan,
			memberName: member?.name ?? null,
			classes,
			heads,
			tensorCount: file.tensors.size,
			ignoredCount: ignored.length,
			dtypes: dtypesOf(opened),
			note: file.metadata.get('description') ?? null,
			byteLength: file.byteLength
		};
	}

	#held(): Opened {
		if (!this.#opened) throw new Error('No checkpoint is open.');
		return this.#opened;
	}

	#emit(form: Form): EmittedNetwork {
		const { file, checkpoint } = this.#held();
		const network = checkpointNetworks(checkpoint, (key, target) => file.fill(key, target))[form];
		if (!network) throw new Error('The file holds the deploy form only.');
		return emitCheckpoint({ network, form, inputShape: PLANNED_INPUT_SHAPE });
	}

	async #load(): Promise<readonly Runner[]> {
		const backend = await this.#deps.startBackend();
		const runners: Runner[] = [];
		for (const form of this.#forms()) {
			// One model's bytes at a time: the runtime has its own copy once it is loaded.
			const model = this.#emit(form);
			const input = new Float32Array(volume(model.inputShape));
			runners.push({ form, input, session: await backend.load(model, input) });
		}
		return runners;
	}

	#forms(): readonly Form[] {
		return this.#held().checkpoint.form === 'training' ? ['training', 'deploy'] : ['deploy'];
	}

	async #run(input: Float32Array): Promise<FormOutputs> {
		this.#runners ??= this.#load();
		const runners = await this.#runners.catch((error: unknown) => {
			// The next try may find more memory.
			this.#runners = null;
			throw error;
		});
		const times = runners.map((): number[] => []);
		const { clock } = this.#deps;
		for (const { input: held, session } of runners) {
			held.set(input);
			const start = clock();
			do await session.run();
			while (clock() - start < WARM_UP_MS);
		}
		for (let round = 0; round < TIMED_RUNS; round++) {
			for (const [index, { session }] of runners.entries()) {
				const start = clock();
				await session.run();
				times[index]!.push(clock() - start);
			}
		}
		return compared(
			runners.map(({ form, session }, index) => ({
				form,
				logits: session.output(),
				medianMs: median(times[index]!)
			}))
		);
	}
}

/** The types of the weights; counters are whole numbers in any file. */
function dtypesOf({ file, checkpoint }: Opened): string[] {
	const ignored = new Set(checkpoint.ignored);
	const weights = [...file.tensors.values()].filter(({ name }) => !ignored.has(name));
	return [...new Set(weights.map(({ dtype }) => dtype))];
}

function compared(outputs: readonly FormOutput[]): FormOutputs {
	const notFinite = outputs
		.flatMap(({ logits }) => [...logits])
		.filter((logit) => !Number.isFinite(logit)).length;
	if (notFinite > 0) return { outputs, maxDifference: null, range: 0, notFinite };
	const [a, b] = outputs.map(({ logits }) => logits);
	const deploy = outputs.find(({ form }) => form === 'deploy')!.logits;
	return {
		outputs,
		maxDifference:
			a && b ? a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0) : null,
		range: Math.max(...deploy) - Math.min(...deploy),
		notFinite
	};
}
