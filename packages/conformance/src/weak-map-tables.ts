import type { SnapshotJson } from './parsed-profile.js';

/** The name of an edge of a WeakMap entry, up to the id of the table and behind it. */
const ENTRY_NAME =
  /^(\d+ \/ part of key \(.*? @\d+\) -> value \(.*? @\d+\) pair in WeakMap \(table @)(\d+)(\))$/;

const TWO_32 = 2 ** 32;

/**
 * A fault of the engine that spreads: it tells the table's edge of a WeakMap entry by the id of the table, which stands
 * whole in the edge's name but modulo 2^32 in the node. From 2^32 on the two never agree, both edges of the entry count,
 * and the dominators around it are others. It gets such names with the id as it keeps it; then it is right, and
 * everything can be compared.
 */
export const WEAK_MAP_TABLES_RULE = 'weak-map-tables-modulo-2^32';

/** The file with those names rewritten, and their number; the same object where there are none. */
export function withTableIdsModulo2To32(json: SnapshotJson): { json: SnapshotJson; rewritten: number } {
  let rewritten = 0;
  const strings = json.strings.map((text) => {
    const match = ENTRY_NAME.exec(text);
    if (match === null || Number(match[2]) < TWO_32) return text;
    rewritten++;
    return `${match[1]}${Number(match[2]) % TWO_32}${match[3]}`;
  });
  return { json: rewritten > 0 ? { ...json, strings } : json, rewritten };
}
