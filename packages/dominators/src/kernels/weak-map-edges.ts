import { EDGE_TYPE, edgeTypeOrdinal, type GraphColumns, OrdinalSet, StringTable } from '@heapstream/core';

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
 * the name of every edge; once, so that the passes over the graph need not.
 */
export function findWeakMapEdges(columns: GraphColumns): WeakMapEdges {
  const { firstEdgeByNode, idByNode, meta, nameByEdge, nodeCount, stringCount, typeByEdge } = columns;
  const entryByName = findEntryNames(columns);
  const internal = edgeTypeOrdinal(meta, EDGE_TYPE.internal);
  const names = new OrdinalSet(stringCount);
  for (const name of entryByName.keys()) names.add(name);

  const edges: number[] = [];
  const sources: number[] = [];
  for (let source = 0; source < nodeCount && entryByName.size > 0; source++) {
    const end = firstEdgeByNode[source + 1];
    for (let edge = firstEdgeByNode[source]; edge < end; edge++) {
      if (typeByEdge[edge] !== internal || !names.has(nameByEdge[edge])) continue;
      edges.push(edge);
      sources.push(source);
    }
  }
  return {
    edges: Uint32Array.from(edges),
    sources: Uint32Array.from(sources),
    entries: Uint32Array.from(edges, (edge) => entryByName.get(nameByEdge[edge])!.entry),
    isFromTable: Uint8Array.from(edges, (edge, index) =>
      Number(entryByName.get(nameByEdge[edge])!.tableId === idByNode[sources[index]]),
    ),
  };
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
  for (let string = 0; string < strings.count; string++) {
    if (strings.byteLengthOf(string) < LEAST_LENGTH) continue;
    const first = strings.firstByteOf(string)!;
    if (first < ZERO || first > NINE) continue;
    const match = ENTRY_NAME.exec(strings.get(string));
    if (match === null) continue;
    const [, text, tableId] = match;
    const entry = entryByText.get(text) ?? entryByText.size;
    entryByText.set(text, entry);
    entryByName.set(string, { entry, tableId: Number(tableId) });
  }
  return entryByName;
}
