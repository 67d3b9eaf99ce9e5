import type { GraphColumns } from '@heapstream/core';
import { StringTable } from '@heapstream/core';

/** How V8 names the two edges by which a WeakMap entry holds its value: one from the key, one from the table. */
const ENTRY_NAME =
  /^\d+( \/ part of key \(.*? @\d+\) -> value \(.*? @\d+\) pair in WeakMap \(table @(\d+)\))$/;

const ZERO = 0x30;
const NINE = 0x39;

/** A WeakMap entry as an edge name tells it. */
export interface WeakMapEntry {
  /** The name less the edge's own number: the two edges of an entry share it. */
  readonly pair: string;
  /** Object id of the table. */
  readonly tableId: number;
}

/** string ordinal → the WeakMap entry that an `internal` edge of that name belongs to. Reads the first byte of every string. */
export function findWeakMapEntries(columns: GraphColumns): ReadonlyMap<number, WeakMapEntry> {
  const { stringBytes, stringCount, stringStart } = columns;
  const strings = new StringTable(columns);
  const entries = new Map<number, WeakMapEntry>();
  for (let string = 0; string < stringCount; string++) {
    const start = stringStart[string];
    if (start === stringStart[string + 1]) continue;
    const first = stringBytes[start];
    if (first < ZERO || first > NINE) continue;
    const match = ENTRY_NAME.exec(strings.get(string));
    if (match) entries.set(string, { pair: match[1], tableId: Number(match[2]) });
  }
  return entries;
}
