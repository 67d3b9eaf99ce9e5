import type { Engine } from '../engine.js';

export const heapstream: Engine = {
  name: 'heapstream',
  description: '`openSnapshot`, `readHistogram` of this repository',
  tasks: {
    async open() {
      const { openSnapshot } = await import('@heapstream/core');
      return async (file) => {
        const { columns } = await openSnapshot(file);
        return () => ({
          nodeCount: columns.nodeCount,
          edgeCount: columns.edgeCount,
          totalSelfSize: sum(columns.selfSizeByNode),
        });
      };
    },
    async histogram() {
      const { readHistogram } = await import('@heapstream/core');
      return async (file) => {
        const { nodeCount, edgeCount, totalSelfSize } = await readHistogram(file);
        return () => ({ nodeCount, edgeCount, totalSelfSize });
      };
    },
  },
};

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
