import type { ReadOptions } from '../input/read-document.js';
import type { SnapshotSource } from '../input/snapshot-source.js';
import type { SnapshotWarning } from '../warnings.js';

/** How many nodes of each type and name a snapshot has, and their bytes. */
export interface Histogram {
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** Bytes: the self sizes of all nodes. */
  readonly totalSelfSize: number;
  /** Largest self size first. */
  readonly rows: readonly HistogramRow[];
  readonly warnings: readonly SnapshotWarning[];
}

export interface HistogramRow {
  /** The type's name as the file spells it. */
  readonly type: string;
  /** The raw name as in the file. */
  readonly name: string;
  readonly count: number;
  /** Bytes. */
  readonly selfSize: number;
}

/**
 * Sums a snapshot up in one pass without building the graph: memory for the names of nodes alone, whatever the number
 * of nodes and edges. Errors as `openSnapshot`; references between nodes are not checked.
 */
export async function readHistogram(source: SnapshotSource, options: ReadOptions = {}): Promise<Histogram> {
  // the parser is loaded when it is needed: who reopens a graph does without
  const [{ readDocument }, { HistogramSections }] = await Promise.all([
    import('../input/read-document.js'),
    import('./histogram-sections.js'),
  ]);
  const { sections, byteLength } = await readDocument(
    source,
    options,
    (context) => new HistogramSections(context),
  );
  return sections.finish(byteLength);
}
