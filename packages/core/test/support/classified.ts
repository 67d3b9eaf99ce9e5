import { HeapGraph } from '../../src/graph/heap-graph.js';
import { ColumnArena } from '../../src/kernel/column-arena.js';
import { stringsForKernel } from '../../src/kernel/kernel-strings.js';
import { memoryForClasses } from '../../src/naming/class-kernel.js';
import { type ClassifyOptions, classifyNodes, type NodeClasses } from '../../src/naming/node-classes.js';
import { columnsIn } from '../../src/parse/allocate-columns.js';
import { movedColumns } from './move-columns.js';

type Classify = (graph: HeapGraph, options?: ClassifyOptions) => NodeClasses;

/** Graphs that one arena takes. */
const GRAPHS_PER_ARENA = 100;
/** Scrap that no kernel must rely on. */
const SCRAP = 0xa5;

let arena: ColumnArena | null = null;
let graphs = 0;

const classifiedInKernel: Classify = (graph, options) => {
  if (graphs++ % GRAPHS_PER_ARENA === 0) arena = ColumnArena.create();
  const memory = columnsIn(arena);
  const moved = new HeapGraph(movedColumns(graph.columns, memory));
  const scratch = memoryForClasses(memory, moved.columns);
  for (const column of Object.values<Uint8Array | Uint32Array>({ ...scratch })) column.fill(SCRAP);
  return classifyNodes(moved, {
    ...options,
    classByNode: memory.uint32(graph.nodeCount),
    kernel: {
      memory: arena!.memory,
      scratch,
      strings: stringsForKernel(memory, moved.columns, () => false)!,
    },
  });
};

/** Where nodes are classified: for `describe.each`. */
export const WAYS: readonly (readonly [way: string, classify: Classify])[] = [
  ['in TypeScript', classifyNodes],
  ['in the kernel', classifiedInKernel],
];
