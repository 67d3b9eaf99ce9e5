import type { GraphColumns } from '../../src/graph/graph-columns.js';

/** What columns are moved to. */
interface Memory {
  uint8(length: number): Uint8Array;
  uint32(length: number): Uint32Array;
}

/** A copy of the columns of nodes and edges in other memory; those of doubles and the rest stay. */
export function movedColumns(columns: GraphColumns, memory: Memory): GraphColumns {
  const moved = Object.entries(columns).map(([name, column]) => {
    if (column instanceof Uint8Array) return [name, copied(memory.uint8(column.length), column)];
    if (column instanceof Uint32Array) return [name, copied(memory.uint32(column.length), column)];
    return [name, column];
  });
  return Object.fromEntries(moved) as GraphColumns;
}

function copied<Column extends Uint8Array | Uint32Array>(copy: Column, column: Column): Column {
  copy.set(column);
  return copy;
}
