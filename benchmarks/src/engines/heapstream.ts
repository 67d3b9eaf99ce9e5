import type { Answer, Engine, Work } from '../engine.js';

export const heapstream: Engine = {
  name: 'heapstream',
  description: '`openSnapshot`, `readHistogram` of this repository',
  tasks: {
    open: () => prepareOpen({}),
    async histogram() {
      const { readHistogram } = await import('@heapstream/core');
      return async (file) => {
        const { nodeCount, edgeCount, totalSelfSize } = await readHistogram(file);
        return () => ({ nodeCount, edgeCount, totalSelfSize });
      };
    },
  },
};

/** The same with the calling thread alone: what the others bring is the ratio of the two. */
export const heapstreamOneThread: Engine = {
  name: 'heapstream, one thread',
  description: '`openSnapshot` with `parallel: false`',
  tasks: { open: () => prepareOpen({ parallel: false }) },
};

async function prepareOpen(options: { parallel?: boolean }): Promise<Work> {
  const { openSnapshot } = await import('@heapstream/core');
  return async (file) => {
    const { columns } = await openSnapshot(file, options);
    return (): Answer => ({
      nodeCount: columns.nodeCount,
      edgeCount: columns.edgeCount,
      totalSelfSize: sum(columns.selfSizeByNode),
    });
  };
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
