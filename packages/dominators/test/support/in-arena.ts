import { ColumnArena, columnsIn, HeapGraph } from '@heapstream/core';
import { movedColumns } from '../../../core/test/support/move-columns.js';

/** Graphs that one arena takes: their columns stay as long as it does. */
const GRAPHS_PER_ARENA = 100;

let memory = columnsIn(null);
let graphs = 0;

/** A copy of the graph whose columns lie in an arena, so that kernels analyse it. */
export function inArena({ columns }: HeapGraph): HeapGraph {
  if (graphs++ % GRAPHS_PER_ARENA === 0) memory = columnsIn(ColumnArena.create());
  return new HeapGraph(movedColumns(columns, memory));
}

/** Where an analysis computes: for `describe.each`. */
export const PLACES: readonly (readonly [place: string, put: (graph: HeapGraph) => HeapGraph])[] = [
  ['in TypeScript', (graph) => graph],
  ['in the kernel', inArena],
];
