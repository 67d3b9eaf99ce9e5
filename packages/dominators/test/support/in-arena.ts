import { ColumnArena, columnsIn, type GraphColumns, HeapGraph } from '@heapstream/core';

/** Graphs that one arena takes: their columns stay as long as it does. */
const GRAPHS_PER_ARENA = 100;

let memory = columnsIn(null);
let graphs = 0;

/** A copy of the graph whose columns lie in an arena, so that kernels analyse it. */
export function inArena({ columns }: HeapGraph): HeapGraph {
  if (graphs++ % GRAPHS_PER_ARENA === 0) memory = columnsIn(ColumnArena.create());
  const moved = Object.entries(columns).map(([name, column]) => {
    if (column instanceof Uint8Array) return [name, copied(memory.uint8(column.length), column)];
    if (column instanceof Uint32Array) return [name, copied(memory.uint32(column.length), column)];
    return [name, column];
  });
  return new HeapGraph(Object.fromEntries(moved) as GraphColumns);
}

function copied<Column extends Uint8Array | Uint32Array>(copy: Column, column: Column): Column {
  copy.set(column);
  return copy;
}

/** Where an analysis computes: for `describe.each`. */
export const PLACES: readonly (readonly [place: string, put: (graph: HeapGraph) => HeapGraph])[] = [
  ['in TypeScript', (graph) => graph],
  ['in the kernel', inArena],
];
