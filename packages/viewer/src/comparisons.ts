import {
  compareMany,
  compareManySync,
  diffSnapshots,
  diffSnapshotsSync,
  type SnapshotDiff,
  type SnapshotTrend,
} from '@heapstream/diff';
import type { HeapAnalysis } from '@heapstream/dominators';
import { type Finding, findLeaks } from '@heapstream/leaks';
import { BoundedCache } from './bounded-cache.js';
import type { Jobs } from './jobs.js';
import { shareAnalysis } from './kernels/shared-analysis.js';
import type { SnapshotShelf } from './snapshots/snapshot-shelf.js';

/** Bytes of comparisons that are kept, by estimate; the one used last always is. */
const MAX_BYTES = 512 * 2 ** 20;
/** What a comparison keeps beside the snapshots. */
const BYTES_PER_OBJECT = 9;
const BYTES_PER_ROW = 1_000;
/** Nodes up to which threads would take longer to start than the comparison takes. */
const FEW_NODES = 100_000;

/** What was compared on request: each pair or series once, for as long as there is room. */
export class Comparisons {
  readonly #cache = new BoundedCache(MAX_BYTES);
  readonly #shelf: SnapshotShelf;
  readonly #jobs: Jobs;

  constructor(shelf: SnapshotShelf, jobs: Jobs) {
    this.#shelf = shelf;
    this.#jobs = jobs;
  }

  /** Rejects as `diffSnapshots` does, or with a `RequestError` where one is not loaded. */
  diff(base: number, current: number): Promise<SnapshotDiff> {
    const analyses = [this.#analysis(base, 'base'), this.#analysis(current, 'current')] as const;
    const objects = countNodes(analyses);
    return this.#cache.get(
      `diff ${base} ${current}`,
      () =>
        this.#jobs.run(`comparison of ${base} and ${current}`, async (signal, onProgress) =>
          objects <= FEW_NODES
            ? diffSnapshotsSync(...analyses)
            : diffSnapshots(...analyses, { signal, onProgress }),
        ),
      ({ rows }) => objects * BYTES_PER_OBJECT + rows.length * BYTES_PER_ROW,
    );
  }

  trend(snapshots: readonly number[]): Promise<SnapshotTrend> {
    const analyses = this.#analyses(snapshots);
    return this.#cache.get(
      `trend ${snapshots}`,
      () =>
        this.#jobs.run(`trend of ${snapshots.join(', ')}`, async (signal, onProgress) =>
          countNodes(analyses) <= FEW_NODES
            ? compareManySync(analyses)
            : compareMany(analyses, { signal, onProgress }),
        ),
      ({ rows }) => rows.length * BYTES_PER_ROW,
    );
  }

  /** Of one snapshot suspects, of several what grows. */
  leaks(snapshots: readonly number[], limit: number): Promise<Finding[]> {
    const analyses = this.#analyses(snapshots);
    return this.#cache.get(
      `leaks ${limit} ${snapshots}`,
      () =>
        this.#jobs.run(`leaks of ${snapshots.join(', ')}`, async (signal, onProgress) =>
          analyses.length === 1
            ? this.#suspects(snapshots[0], limit)
            : findLeaks(analyses, { limit, signal, onProgress }),
        ),
      (findings) => findings.length * BYTES_PER_ROW,
    );
  }

  #suspects(position: number, limit: number): Promise<Finding[]> {
    const { analysis, size, tasks } = this.#shelf.get(position);
    return tasks.run('findPlainSuspects', { analysis: shareAnalysis(analysis), limit }, size);
  }

  #analyses(snapshots: readonly number[]): HeapAnalysis[] {
    return snapshots.map((snapshot) => this.#analysis(snapshot, 'snapshots'));
  }

  #analysis(snapshot: number, parameter: string): HeapAnalysis {
    return this.#shelf.get(snapshot, parameter).analysis;
  }
}

function countNodes(analyses: readonly HeapAnalysis[]): number {
  return analyses.reduce((sum, { graph }) => sum + graph.nodeCount, 0);
}
