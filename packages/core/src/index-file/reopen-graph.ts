import type { GraphColumns } from '../graph/graph-columns.js';
import { HeapGraph } from '../graph/heap-graph.js';
import { IdLookup } from '../graph/id-lookup.js';
import type { SnapshotWarning } from '../warnings.js';
import { checkGraph } from './check-graph.js';
import { IndexProblem, SMALL_SECTION_BYTES } from './index-format.js';
import { IndexReader } from './index-reader.js';
import type { IndexProgress } from './index-writer.js';
import { SnapshotIndex } from './snapshot-index.js';
import { isAsWanted, type WantedIndex } from './wanted-index.js';

/** The name of a graph's group in an index file. */
export const GRAPH_GROUP = 'graph';
/** Changes with the meaning of the columns. */
export const GRAPH_VERSION = '1';

/** The value of that group. */
export interface StoredGraph {
  readonly columns: GraphColumns;
  readonly warnings: readonly SnapshotWarning[];
  /** So that an id is found without reading all of them; see `IdLookup`. */
  readonly ascendingRuns: Uint32Array | null;
}

/** Why there is no graph: `damage` says what is broken; a file that is missing, stale or foreign is not. */
export interface NoGraph {
  readonly damage: string | null;
}

interface ReopenOptions {
  /** What is told while something is added to the file. */
  readonly onProgress?: ((progress: IndexProgress) => void) | undefined;
  /** Sections up to this size are read and checked at once; less, for tests. */
  readonly smallSectionBytes?: number | undefined;
}

/** The graph that an index file holds. */
export function reopenGraph(
  path: string,
  wanted: WantedIndex,
  { onProgress, smallSectionBytes = SMALL_SECTION_BYTES }: ReopenOptions = {},
): HeapGraph | NoGraph {
  let reader: IndexReader | null = null;
  try {
    reader = IndexReader.open(path);
    if (reader === null) return { damage: null };
    const { header, preamble } = reader;
    if (!isAsWanted(header, wanted)) throw new IndexProblem('stale', 'it is of another snapshot');
    reader.readSmallSections(smallSectionBytes);
    const stored = reader.valueOf(GRAPH_GROUP, GRAPH_VERSION) as StoredGraph | null;
    if (stored === null) throw new IndexProblem('foreign', 'it has no graph of this version');
    checkGraph(stored.columns);
    const index = new SnapshotIndex({ path, preamble, header, reader }, onProgress);
    const graph = new HeapGraph(stored.columns, stored.warnings, index);
    if (stored.ascendingRuns !== null) {
      graph.adopt({ nodeOfId: new IdLookup(stored.columns, stored.ascendingRuns) });
    }
    return graph;
  } catch (error) {
    reader?.close();
    if (error instanceof IndexProblem) return { damage: error.fault === 'damaged' ? error.message : null };
    // no permission, say: writing will fail too, and tell
    return { damage: null };
  }
}
