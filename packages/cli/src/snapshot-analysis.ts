import type { OpenOptions, SnapshotSource } from '@heapstream/core';
import type { HeapAnalysis, HeapSummary } from '@heapstream/dominators';
import type { CliIo } from './cli-io.js';
import type { GlobalOptions } from './global-options.js';
import type { NamedSource, ProgressOptions } from './snapshot-input.js';
import { readSnapshot, readSource } from './snapshot-input.js';

/** Nodes from which the analysis is faster in worker threads: starting them takes about as long as half a million nodes. */
export const NODES_WORTH_THREADS = 500_000;
/** Nodes from which a second one gains more than its start takes, beside the main thread. */
const NODES_WORTH_ALL_THREADS = 3_000_000;
const THREADS = { nodesWorthThreads: NODES_WORTH_THREADS, nodesWorthAllThreads: NODES_WORTH_ALL_THREADS };

type ReadingOptions = OpenOptions & ProgressOptions;

/** Reads the snapshot that the user named and computes what its objects retain; as `readSnapshot` otherwise. */
export async function readAnalysis(file: string, options: GlobalOptions, io: CliIo): Promise<HeapAnalysis> {
  const { readAnalysis: read } = await import('@heapstream/dominators');
  return readSnapshot(
    (source, openOptions: ReadingOptions) => read(source, { ...openOptions, ...THREADS }),
    file,
    options,
    io,
  );
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
  const { readSummary } = await import('./summary-reader.js');
  return (source: SnapshotSource, openOptions: ReadingOptions): Promise<HeapSummary> =>
    readSummary(source, { ...openOptions, ...THREADS });
}
