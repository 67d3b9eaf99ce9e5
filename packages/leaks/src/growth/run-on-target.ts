import { OperationAbortedError, openSnapshot } from '@heapstream/core';
import { analyze, type HeapAnalysis } from '@heapstream/dominators';
import { NODES_WORTH_THREADS } from '../task-runner.js';
import { type Rounds, runRounds, type Scenario } from './scenario.js';

/** A process or page whose heap can be captured again and again, with ids that last. */
export interface GrowthTarget {
  /** The bytes of a snapshot, taken after a collection. */
  snapshot(options: { readonly gc: true; readonly signal?: AbortSignal }): AsyncIterable<Uint8Array>;
}

/** Runs a scenario here and analyses the snapshots of what it drives, as they stream in. */
export async function runOnTarget(
  scenario: Scenario,
  target: GrowthTarget,
  rounds: Rounds,
  signal?: AbortSignal | undefined,
): Promise<HeapAnalysis[]> {
  const analyses: HeapAnalysis[] = [];
  await runRounds(
    async (call) => {
      if (signal?.aborted) throw new OperationAbortedError('the scenario', { cause: signal.reason });
      await scenario(call);
    },
    rounds,
    () => {},
    async (snapshot) => {
      const bytes = target.snapshot(signal === undefined ? { gc: true } : { gc: true, signal });
      analyses.push(await analysisOf(bytes, `snapshot ${snapshot + 1}`, signal));
    },
  );
  return analyses;
}

/** Opens a snapshot that streams in, and analyses it. */
export async function analysisOf(
  bytes: AsyncIterable<Uint8Array>,
  name: string,
  signal?: AbortSignal | undefined,
): Promise<HeapAnalysis> {
  const graph = await openSnapshot(bytes, { name, signal });
  return analyze(graph, { nodesWorthThreads: NODES_WORTH_THREADS, signal });
}
