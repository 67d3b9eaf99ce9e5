/** What columns are moved to. */
interface Memory {
  uint8(length: number): Uint8Array;
  uint32(length: number): Uint32Array;
}

/** A copy of the columns in other memory; those of doubles, and what is nested, stay. */
export function movedColumns<Columns extends object>(columns: Columns, memory: Memory): Columns {
  const moved = Object.entries(columns).map(([name, column]) => {
    if (column instanceof Uint8Array) return [name, copied(memory.uint8(column.length), column)];
    if (column instanceof Uint32Array) return [name, copied(memory.uint32(column.length), column)];
    return [name, column];
  });
  return Object.fromEntries(moved) as Columns;
}

function copied<Column extends Uint8Array | Uint32Array>(copy: Column, column: Column): Column {
  copy.set(column);
  return copy;
}
