import type { ApiError } from './api-error.js';

/** What the viewer has open and is busy with. Route `state`; the event stream sends it whenever it changes. */
export interface ViewerState {
  /** In the order given on the command line, the oldest first. */
  readonly snapshots: readonly SnapshotState[];
  /** Long work under way for requests that wait: comparisons, trends, leaks. */
  readonly jobs: readonly JobState[];
  /** Version of heapstream. */
  readonly version: string;
}

export interface SnapshotState {
  /** What requests call it: its position in the list. */
  readonly snapshot: number;
  /** The file's name, without its folder. */
  readonly name: string;
  /** As given on the command line. */
  readonly file: string;
  readonly status: 'waiting' | 'loading' | 'ready' | 'failed';
  /** While it loads. */
  readonly progress: LoadProgress | null;
  /** Where it failed. */
  readonly error: ApiError | null;
  /** When it is ready. */
  readonly facts: SnapshotFacts | null;
}

export interface LoadProgress {
  readonly phase: 'parse' | 'analyze' | 'index';
  /** The section read, or the step computed. */
  readonly step: string;
  /** Bytes or steps; `total` is `null` where it is not known. */
  readonly done: number;
  readonly total: number | null;
  /** Share of all the work, from 0 to 1, as far as it can be told. */
  readonly share: number;
  readonly nodes: number;
  readonly edges: number;
}

/** What a snapshot has, so that a page knows which views to offer. Sizes in bytes. */
export interface SnapshotFacts {
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly stringCount: number;
  readonly classCount: number;
  readonly totalSize: number;
  /** Ordinal of the root, where Containment and Dominators begin. */
  readonly root: number;
  /** Names of the node types and edge types that the file lists, for filters. */
  readonly nodeTypes: readonly string[];
  readonly edgeTypes: readonly string[];
  readonly warnings: readonly string[];
  /** Whether it is a timeline that tells when objects were allocated. */
  readonly hasTimeline: boolean;
  /** Whether it tells which functions allocated them. */
  readonly hasAllocationStacks: boolean;
  readonly hasLocations: boolean;
  readonly hasDetachedness: boolean;
}

export interface JobState {
  readonly job: number;
  /** What it is about: `comparison of 0 and 1`. */
  readonly title: string;
  readonly step: string;
  readonly done: number;
  readonly total: number | null;
}
