import { CaptureError } from '../errors.js';
import type { NodeOptions } from '../process/node-options.js';
import type { ProcessFacts } from '../process/process-facts.js';

/**
 * The signal to which the process answers with a snapshot; throws `NOT_ENABLED` where it would answer otherwise: most
 * signals end a process that does not expect them.
 */
export function requireSnapshotSignal(
  facts: ProcessFacts,
  { snapshotSignal }: NodeOptions,
  wanted: NodeJS.Signals | undefined,
): NodeJS.Signals {
  const { pid } = facts;
  if (snapshotSignal === undefined) {
    const unknown = facts.environment === undefined ? ', as far as its command line tells' : '';
    throw new CaptureError(
      'NOT_ENABLED',
      `process ${pid} runs without --heapsnapshot-signal${unknown}: a signal might end it`,
    );
  }
  const signal = snapshotSignal as NodeJS.Signals;
  if (wanted !== undefined && wanted !== signal) {
    throw new CaptureError(
      'NOT_ENABLED',
      `process ${pid} runs with --heapsnapshot-signal=${signal}: ${wanted} might end it`,
    );
  }
  if (!catchesSafely(facts, signal)) {
    throw new CaptureError(
      'NOT_ENABLED',
      `process ${pid} does not listen to ${signal} yet, which would end it`,
    );
  }
  return signal;
}

function catchesSafely(facts: ProcessFacts, signal: NodeJS.Signals): boolean {
  try {
    return facts.catches(signal);
  } catch {
    // no signal of this system
    return false;
  }
}
