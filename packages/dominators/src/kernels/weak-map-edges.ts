import {
  addressOf,
  EDGE_TYPE,
  edgeTypeOrdinal,
  type GraphColumns,
  type KernelStrings,
  OrdinalSet,
  StringTable,
  upwards,
} from '@heapstream/core';
import type { AnalysisKernel } from './analysis-kernel.js';
import { findNamed } from './named-rows.js';

/** How V8 names the two edges by which a WeakMap entry holds its value: one from the key, one from the table. */
const ENTRY_NAME =
  /^\d+( \/ part of key \(.*? @\d+\) -> value \(.*? @\d+\) pair in WeakMap \(table @(\d+)\))$/;
/** The same in parts, as the kernel looks for it, between names of classes and numbers. */
const KEY_TEXT = ' / part of key (';
const VALUE_TEXT = ') -> value (';
const TABLE_TEXT = ') pair in WeakMap (table @';
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
export function findWeakMapEdges(columns: GraphColumns): WeakMapEdges {
  const { firstEdgeByNode, idByNode, meta, nameByEdge, nodeCount, typeByEdge } = columns;
  const entryByName = findEntryNames(columns);
  const rows = { types: typeByEdge, names: nameByEdge };
  const edges = new Uint32Array(
    findNamed(rows, edgeTypeOrdinal(meta, EDGE_TYPE.internal), [...entryByName.keys()]),
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

/** What {@link findWeakMapEdgesInKernel} works in, whatever it holds. */
export interface EntryScratch {
  /** Room for the parts of a name, each in {@link PART_BYTES}. */
  readonly parts: Uint8Array;
  /** A set of strings. */
  readonly names: Uint32Array;
  /** string → entry, entry → id of its table: an item a string each, as for the table of entries that follows */
  readonly entryByString: Uint32Array;
  readonly tableIdByEntry: Float64Array;
  /** As many as `groupSlots` tells for them. */
  readonly entryBySlot: Uint32Array;
  readonly hashByEntry: Uint32Array;
  readonly firstByEntry: Uint32Array;
  readonly countByEntry: Uint32Array;
  /** `STRIDE` edges. */
  readonly edges: Uint32Array;
  readonly sources: Uint32Array;
  readonly entries: Uint32Array;
  readonly isFromTable: Uint8Array;
}

/** The kernel reads blocks of 16. */
export const PART_BYTES = 48;

/** The same as {@link findWeakMapEdges}, of ids that need no more than 32 bits. */
export function findWeakMapEdgesInKernel(
  kernel: AnalysisKernel,
  columns: GraphColumns,
  strings: KernelStrings,
  scratch: EntryScratch,
): WeakMapEdges {
  const { idByNode, knownStrings, meta, nameByEdge, stringCount, typeByEdge } = columns;
  const { exports } = kernel;
  const { entryByString, names, parts, tableIdByEntry } = scratch;
  const found: WeakMapEdges[] = [];
  if (knownStrings?.numbered.length === 0) return joined(found);

  names.fill(0);
  parts.fill(0);
  const [key, value, table] = [KEY_TEXT, VALUE_TEXT, TABLE_TEXT].map((text, index) => {
    parts.set(new TextEncoder().encode(text), index * PART_BYTES);
    return [addressOf(parts) + index * PART_BYTES, text.length] as const;
  });
  exports.startEntryNames(addressOf(strings.bytes), addressOf(strings.starts), ...key, ...value, ...table);
  exports.startGroups(
    addressOf(scratch.entryBySlot),
    addressOf(scratch.hashByEntry),
    addressOf(scratch.firstByEntry),
    addressOf(scratch.countByEntry),
  );
  let areRead = true;
  const [nameSet, entryOfString, tableIds] = [names, entryByString, tableIdByEntry].map(addressOf);
  const read = (first: number, end: number, list: number): void => {
    const isRead = exports.findEntryNames(first, end, list, LEAST_LENGTH, nameSet, entryOfString, tableIds);
    areRead &&= isRead !== 0;
  };
  if (knownStrings === undefined) upwards(0, stringCount, (first, end) => read(first, end, 0));
  else {
    // the edges are still to be found
    const list = scratch.edges;
    upwards(0, knownStrings.numbered.length, (first, end) => {
      list.set(knownStrings.numbered.subarray(first, end));
      read(0, end - first, addressOf(list));
    });
  }
  if (!areRead) return findWeakMapEdges(columns);
  if (exports.groupsFound() === 0) return joined(found);

  const { edges, entries, isFromTable, sources } = scratch;
  const internal = edgeTypeOrdinal(meta, EDGE_TYPE.internal);
  upwards(0, typeByEdge.length, (first, end) => {
    const [types, edgeNames, into] = [typeByEdge, nameByEdge, edges].map(addressOf);
    const count = exports.findNamed(first, end, types, edgeNames, internal, nameSet, into);
    if (count === 0) return;
    exports.describeEntryEdges(
      count,
      into,
      edgeNames,
      addressOf(idByNode),
      entryOfString,
      tableIds,
      addressOf(sources),
      addressOf(entries),
      addressOf(isFromTable),
    );
    found.push({
      edges: edges.slice(0, count),
      sources: sources.slice(0, count),
      entries: entries.slice(0, count),
      isFromTable: isFromTable.slice(0, count),
    });
  });
  return joined(found);
}

function joined(parts: readonly WeakMapEdges[]): WeakMapEdges {
  const count = parts.reduce((sum, { edges }) => sum + edges.length, 0);
  const whole = {
    edges: new Uint32Array(count),
    sources: new Uint32Array(count),
    entries: new Uint32Array(count),
    isFromTable: new Uint8Array(count),
  };
  let at = 0;
  for (const { edges, entries, isFromTable, sources } of parts) {
    whole.edges.set(edges, at);
    whole.sources.set(sources, at);
    whole.entries.set(entries, at);
    whole.isFromTable.set(isFromTable, at);
    at += edges.length;
  }
  return whole;
}
