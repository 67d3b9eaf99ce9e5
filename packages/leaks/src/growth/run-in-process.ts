import { getHeapSnapshot, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import type { Finding } from '../finding.js';
import type { WorkerReply, WorkerRequest } from './growth-worker.js';
import { ScenarioFailedError } from './run-in-child.js';
import { type Rounds, runRounds, type Scenario } from './scenario.js';

/**
 * Runs a scenario in this thread. Its snapshots stream to a worker, so that what analyses them does not grow in the heap
 * that is measured.
 */
export async function runInProcess(scenario: Scenario, rounds: Rounds): Promise<Finding[]> {
  const worker = new Worker(new URL('./growth-worker.js', import.meta.url));
  try {
    const replies = new Replies(worker);
    const send = async (request: WorkerRequest): Promise<void> => {
      worker.postMessage(request);
      await replies.next();
    };
    await runRounds(scenario, rounds, collector(), async () => {
      for await (const chunk of getHeapSnapshot()) await send(chunk);
      await send('end');
    });
    await send('done');
    return await replies.findings;
  } finally {
    await worker.terminate();
  }
}

/** One reply for each request, then the findings. */
class Replies {
  readonly findings: Promise<Finding[]>;
  #resolve = (): void => {};
  #reject = (_: Error): void => {};
  #failure: Error | undefined;

  constructor(worker: Worker) {
    this.findings = new Promise((resolve, reject) => {
      const fail = (error: Error): void => {
        this.#failure = error;
        this.#reject(error);
        reject(error);
      };
      worker.on('message', (reply: WorkerReply) => {
        if (reply === 'next') this.#resolve();
        else if ('findings' in reply) resolve(reply.findings);
        else fail(new ScenarioFailedError(`the snapshots could not be analysed: ${reply.error}`));
      });
      worker.on('error', (cause) =>
        fail(new ScenarioFailedError('the snapshots could not be analysed', { cause })),
      );
    });
    // it is told by `next`, too
    this.findings.catch(() => {});
  }

  next(): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) reject(this.#failure);
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }
}

/** The collector of V8, which a process has to be asked for where it was not started with `--expose-gc`. */
function collector(): () => void {
  if (typeof globalThis.gc === 'function') return () => globalThis.gc?.();
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
