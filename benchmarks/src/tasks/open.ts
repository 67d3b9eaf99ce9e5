import type { Task } from '../engine.js';

export const open: Task = {
  name: 'open',
  description: 'from the path to a graph in memory: parsing alone, no names, classes or sizes yet',
  memoryBounds: [{ engine: 'heapstream', fromBytes: 1e9, timesFileSize: 1.2 }],
  comparisons: [{ engine: 'heapstream', baseline: 'heapstream, one thread' }],
};
