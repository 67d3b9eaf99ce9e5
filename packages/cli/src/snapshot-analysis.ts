import { setImmediate } from 'node:timers/promises';
import type { GraphSize, HeapGraph, OpenOptions, SnapshotSource } from '@heapstream/core';
import type { AnalyzeOptions, HeapAnalysis, HeapSummary } from '@heapstream/dominators';
import type { CliIo } from './cli-io.js';
import type { GlobalOptions } from './global-options.js';
import type { NamedSource, ProgressOptions } from './snapshot-input.js';
import { readSnapshot, readSource } from './snapshot-input.js';

/** Nodes from which the analysis is faster in worker threads: starting them takes about as long as half a million nodes. */
export const NODES_WORTH_THREADS = 500_000;

/** Reads the snapshot that the user named and computes what its objects retain; as `readSnapshot` otherwise. */
export async function readAnalysis(file: string, options: GlobalOptions, io: CliIo): Promise<HeapAnalysis> {
  const [core, dominators] = await Promise.all([
    import('@heapstream/core'),
    import('@heapstream/dominators'),
  ]);
  const analyze = async (
    graph: HeapGraph,
    { memory, onProgress, signal }: Pick<AnalyzeOptions, 'memory'> & ProgressOptions,
  ): Promise<HeapAnalysis> => {
    if (graph.nodeCount >= NODES_WORTH_THREADS)
      return dominators.analyze(graph, { memory, onProgress, signal });
    // a signal that came while the file was parsed is told now
    await setImmediate();
    if (signal.aborted) throw new core.OperationAbortedError('the analysis', { cause: signal.reason });
    return dominators.keepAnalysis(dominators.analyzeSync(graph), { signal });
  };
  const { analysis } = await readSnapshot(
    async (source, openOptions: OpenOptions & ProgressOptions) => {
      const memoryBeside = (size: GraphSize): number => dominators.estimateAnalysisMemory(size).peak;
      const graph = await core.openSnapshot(source, { ...openOptions, memoryBeside });
      const analysis = await analyze(graph, openOptions);
      return { warnings: analysis.warnings, analysis };
    },
    file,
    options,
    io,
  );
  return analysis;
}

/** Reads the snapshot that the user named for its summary alone, which takes less memory than {@link readAnalysis}. */
export async function readFileSummary(file: string, options: GlobalOptions, io: CliIo): Promise<HeapSummary> {
  return readSnapshot(await createSummaryReader(), file, options, io);
}

/** The same for a snapshot that is no file. */
export async function readSourceSummary(
  source: NamedSource,
  options: GlobalOptions,
  io: CliIo,
): Promise<HeapSummary> {
  return readSource(await createSummaryReader(), source, options, io);
}

async function createSummaryReader() {
  const { readSummary } = await import('@heapstream/dominators');
  return (source: SnapshotSource, openOptions: OpenOptions & ProgressOptions): Promise<HeapSummary> =>
    readSummary(source, { ...openOptions, nodesWorthThreads: NODES_WORTH_THREADS });
}
