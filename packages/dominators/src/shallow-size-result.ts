import type { GraphColumns, WideColumn } from '@heapstream/core';
import type * as tasks from './analysis-tasks.js';

/** The column of shallow sizes that the step `shallowSizes` tells of. */
export function sizesOf(
  { selfSizeByNode }: GraphColumns,
  { into }: Parameters<typeof tasks.shallowSizes>[0],
  found: ReturnType<typeof tasks.shallowSizes>,
): WideColumn {
  if (found === 'in memory') return into.sizes;
  return found === 'as in the file' ? selfSizeByNode : found;
}
