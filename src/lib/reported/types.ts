/** Where a figure was read. */
export type SourceId = 'paper-v8' | 'official-code';

export interface Source {
	readonly id: SourceId;
	readonly title: string;
	readonly url: string;
}

/** Under which training an accuracy was reached. Accuracies of different regimes are not compared unsaid. */
export type Regime = '300-epochs' | '300-epochs-distilled' | '450-epochs-distilled';

export interface ReportedTop1 {
	/** ImageNet-1k top-1 in percent. */
	readonly percent: number;
	readonly regime: Regime;
	/** Section or table, for example `3.2` or `Table 1`. */
	readonly where: string;
	readonly source: SourceId;
}

export interface ReportedLatency {
	/** iPhone 12, iOS 16, Core ML, batch 1, 224x224. Milliseconds. */
	readonly ms: number;
	readonly where: string;
	readonly source: SourceId;
}

/** All that was published for one design. */
export interface ReportedFigures {
	readonly latency: ReportedLatency | null;
	/** Empty where no accuracy was reported. */
	readonly top1: readonly ReportedTop1[];
}

/** What the parallel branches bring to one network. The deploy forms are the same, and so their latency. */
export interface BranchAblation {
	/** Name of the network. */
	readonly name: string;
	readonly without: ReportedTop1;
	readonly with: ReportedTop1;
}
