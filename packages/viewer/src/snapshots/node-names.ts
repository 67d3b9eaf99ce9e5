import type { HeapGraph, WriteOptions } from '@heapstream/core';
import type { NameTable } from '../kernels/name-table.js';
import type { TaskRunner } from '../task-runner.js';

/** Of the graph's index file. */
const GROUP = 'names';
/** Changes with the meaning of the columns, and when names would come out otherwise. */
const VERSION = '1';

/** Makes the names of all nodes in another thread: a pass over the nodes, a second for 30 million. */
export function makeNames(
  { columns, edgeCount, nodeCount }: HeapGraph,
  tasks: TaskRunner,
): Promise<NameTable> {
  return tasks.run('nameNodes', columns, nodeCount + edgeCount);
}

/** The names that the graph's index file has; `undefined` where there are none. Columns are read on first touch. */
export function findStoredNames({ index, nodeCount }: HeapGraph): NameTable | undefined {
  const stored = index?.read(GROUP, VERSION) as (NameTable & { readonly nodeCount: number }) | null;
  return stored?.nodeCount === nodeCount ? stored : undefined;
}

/** Adds names to the graph's index file, if there is one. Where that fails, the next viewer makes them anew. */
export async function keepNames(
  { index, nodeCount }: HeapGraph,
  names: NameTable,
  options: WriteOptions,
): Promise<void> {
  await index?.add([{ name: GROUP, version: VERSION, value: { ...names, nodeCount } }], options);
}
