import { EDGE_TYPE, edgeTypeOrdinal, type GraphColumns, OrdinalSet, StringTable } from '@heapstream/core';
import { type FindNamed, findNamed } from './named-rows.js';

/** How V8 names the two edges by which a WeakMap entry holds its value: one from the key, one from the table. */
const ENTRY_NAME =
  /^\d+( \/ part of key \(.*? @\d+\) -> value \(.*? @\d+\) pair in WeakMap \(table @(\d+)\))$/;
/** Bytes of the shortest such name. */
const LEAST_LENGTH = '1 / part of key ( @1) -> value ( @1) pair in WeakMap (table @1)'.length;

const ZERO = 0x30;
const NINE = 0x39;

/** The edges that hold the values of WeakMap entries, in file order. One item each in every array. */
export interface WeakMapEdges {
  readonly edges: Uint32Array;
  /** node ordinals */
  readonly sources: Uint32Array;
  /** The number of the entry: the edges of an entry share it. */
  readonly entries: Uint32Array;
  /** 1 where the edge comes from the table, 0 where from the key. */
  readonly isFromTable: Uint8Array;
}

/**
 * Finds the edges of WeakMap entries. Reads the first byte of every long string and, where any of them names an entry,
 * the name of every internal edge; once, so that the passes over the graph need not.
 */
export function findWeakMapEdges(columns: GraphColumns, find: FindNamed = findNamed): WeakMapEdges {
  const { firstEdgeByNode, idByNode, meta, nameByEdge, nodeCount, typeByEdge } = columns;
  const entryByName = findEntryNames(columns);
  const rows = { types: typeByEdge, names: nameByEdge };
  const edges = new Uint32Array(
    find(rows, edgeTypeOrdinal(meta, EDGE_TYPE.internal), [...entryByName.keys()]),
  );
  const sources = new Uint32Array(edges.length);
  const entries = new Uint32Array(edges.length);
  const isFromTable = new Uint8Array(edges.length);
  let source = 0;
  // a plain loop: it runs once, in code that is still cold
  for (let index = 0; index < edges.length; index++) {
    const edge = edges[index];
    source = sourceOf(edge, firstEdgeByNode, source, nodeCount);
    const { entry, tableId } = entryByName.get(nameByEdge[edge])!;
    sources[index] = source;
    entries[index] = entry;
    if (idByNode[source] === tableId) isFromTable[index] = 1;
  }
  return { edges, sources, entries, isFromTable };
}

/** The last node whose first edge is not behind the given one; no node before `low` is. */
function sourceOf(edge: number, firstEdgeByNode: Uint32Array, low: number, nodeCount: number): number {
  let step = 1;
  let high = low + 1;
  // ascending edges have near sources
  while (high < nodeCount && firstEdgeByNode[high] <= edge) {
    low = high;
    step *= 2;
    high = Math.min(low + step, nodeCount);
  }
  while (low + 1 < high) {
    const middle = (low + high) >>> 1;
    if (firstEdgeByNode[middle] <= edge) low = middle;
    else high = middle;
  }
  return low;
}

interface EntryName {
  /** Number of the entry. */
  readonly entry: number;
  /** Object id of the table. */
  readonly tableId: number;
}

/** string ordinal → what it says of a WeakMap entry, if it names the edges of one */
function findEntryNames(columns: GraphColumns): Map<number, EntryName> {
  const strings = new StringTable(columns);
  const entryByName = new Map<number, EntryName>();
  // the name less the edge's own number tells the entry
  const entryByText = new Map<string, number>();
  for (const string of columns.knownStrings?.numbered ?? longNumberedStrings(columns, strings)) {
    const match = ENTRY_NAME.exec(strings.get(string));
    if (match === null) continue;
    const [, text, tableId] = match;
    const entry = entryByText.get(text) ?? entryByText.size;
    entryByText.set(text, entry);
    entryByName.set(string, { entry, tableId: Number(tableId) });
  }
  return entryByName;
}

/** The strings that begin with a digit and are long enough for a name of an entry's edge. */
function* longNumberedStrings(
  { stringCount, stringStart }: GraphColumns,
  strings: StringTable,
): Generator<number> {
  for (let string = 0; string < stringCount; string++) {
    // no calls where most strings end: this runs once, in code that is still cold
    if (stringStart[string + 1] - stringStart[string] < LEAST_LENGTH) continue;
    const first = strings.firstByteOf(string)!;
    if (first >= ZERO && first <= NINE) yield string;
  }
}

/** The edges of entries that come from the table, ascending; adds the tables to `tables`, a set that is empty then. */
export function tableSides({ edges, isFromTable, sources }: WeakMapEdges, tables: Uint32Array): Uint32Array {
  const tableNodes = new OrdinalSet(0, tables.fill(0));
  const found = new Uint32Array(edges.length);
  let count = 0;
  for (let index = 0; index < edges.length; index++) {
    if (isFromTable[index] === 0) continue;
    tableNodes.add(sources[index]);
    found[count++] = edges[index];
  }
  return found.slice(0, count);
}
