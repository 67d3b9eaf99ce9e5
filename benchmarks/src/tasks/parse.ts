import type { Task } from '../engine.js';

export const parse: Task = {
  name: 'parse',
  description: 'from the path to a graph in memory: no names, classes or sizes yet. The call alone is timed',
  scope: 'call',
  memoryBounds: [{ engine: 'heapstream', fromBytes: 1e9, timesFileSize: 1.2 }],
  comparisons: [{ engine: 'heapstream', baseline: 'heapstream (one thread)' }],
};
