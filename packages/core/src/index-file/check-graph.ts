import { rowCountOf } from '../graph/column-rows.js';
import type { GraphColumns } from '../graph/graph-columns.js';
import type { KnownStrings } from '../graph/known-strings.js';
import { IndexProblem } from './index-format.js';

const NODE_COLUMNS = ['typeByNode', 'nameByNode', 'idByNode', 'selfSizeByNode'] as const;
const OPTIONAL_NODE_COLUMNS = ['detachednessByNode', 'traceNodeIdByNode'] as const;
const EDGE_COLUMNS = ['typeByEdge', 'nameByEdge', 'targetByEdge'] as const;

/** Throws an {@link IndexProblem} where columns do not fit the counts: the last line, behind checksums and versions. */
export function checkGraph(columns: GraphColumns): void {
  const { edgeCount, nodeCount, rootOrdinal, stringCount } = columns;
  for (const column of NODE_COLUMNS) expectRows(columns, column, nodeCount);
  for (const column of OPTIONAL_NODE_COLUMNS) {
    if (Object.getOwnPropertyDescriptor(columns, column)?.value !== null)
      expectRows(columns, column, nodeCount);
  }
  for (const column of EDGE_COLUMNS) expectRows(columns, column, edgeCount);
  expectRows(columns, 'firstEdgeByNode', nodeCount + 1);
  expectRows(columns, 'stringStart', stringCount + 1);
  if (columns.knownStrings !== undefined) expectKnown(columns.knownStrings, stringCount);
  if (!(rootOrdinal >= 0 && rootOrdinal < nodeCount))
    throw new IndexProblem('damaged', 'its root is no node');
}

function expectRows(columns: GraphColumns, column: keyof GraphColumns, expected: number): void {
  const count = rowCountOf(columns, column);
  if (count !== expected) {
    throw new IndexProblem('damaged', `its ${column} has ${count} rows, not ${expected}`);
  }
}

function expectKnown({ exact }: KnownStrings, stringCount: number): void {
  const isOrdinal = (value: unknown): boolean => Number.isInteger(value) && Number(value) < stringCount;
  if (
    Array.isArray(exact) &&
    exact.every(({ ordinals }) => Array.isArray(ordinals) && ordinals.every(isOrdinal))
  )
    return;
  throw new IndexProblem('damaged', 'its known strings are no strings');
}
