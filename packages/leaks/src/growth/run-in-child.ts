import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { HeapstreamError, OperationAbortedError } from '@heapstream/core';
import type { HeapAnalysis } from '@heapstream/dominators';
import type { ChildFailure, ChildRequest } from './growth-child.js';
import { analysisOf } from './run-on-target.js';
import type { Rounds } from './scenario.js';

export interface ProcessOptions {
  /** The Node to run. Default: the one that runs this. */
  readonly execPath?: string | undefined;
  /** Further options of Node, such as loaders. */
  readonly execArgv?: readonly string[] | undefined;
  readonly env?: NodeJS.ProcessEnv | undefined;
  readonly cwd?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The scenario threw, or its process ended early. */
export class ScenarioFailedError extends HeapstreamError {
  constructor(message: string, options?: ErrorOptions) {
    super('SCENARIO_FAILED', message, options);
  }
}

const CHILD = fileURLToPath(new URL('./growth-child.js', import.meta.url));
/** Standard input, output and error, and the channel for messages. */
const FIRST_PIPE = 4;

/**
 * Runs a module's scenario in a process of its own and analyses the snapshots as they stream in; no files. The process
 * has ended when this settles.
 */
export async function runInChild(
  module: string | URL,
  exportName: string,
  rounds: Rounds,
  { cwd, env, execArgv = [], execPath = process.execPath, signal }: ProcessOptions,
): Promise<HeapAnalysis[]> {
  const aborted = (): OperationAbortedError =>
    new OperationAbortedError('the scenario', { cause: signal?.reason });
  if (signal?.aborted) throw aborted();
  const snapshotCount = rounds.rounds + 1;
  const child = spawn(execPath, ['--expose-gc', ...execArgv, CHILD], {
    cwd,
    env: env ?? process.env,
    stdio: [
      'ignore',
      'inherit',
      'inherit',
      'ipc',
      ...Array.from({ length: snapshotCount }, () => 'pipe' as const),
    ],
  });
  let failure: ChildFailure | undefined;
  child.on('message', (message) => {
    failure = message as ChildFailure;
  });
  const ended = new Promise<string | null>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (status, by) => {
      const end = status === 0 ? null : `it ended with ${by ?? status}`;
      // what it said last may still be on its way
      if (child.connected) child.once('disconnect', () => resolve(end));
      else resolve(end);
    });
  });
  const stop = (): void => {
    child.kill('SIGKILL');
  };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const request: ChildRequest = { ...rounds, module: String(module), exportName, firstPipe: FIRST_PIPE };
    child.send(request, () => {});
    const analyses: HeapAnalysis[] = [];
    let problem: unknown;
    for (let i = 0; i < snapshotCount && problem === undefined; i++) {
      try {
        const pipe = child.stdio[FIRST_PIPE + i] as Readable;
        analyses.push(await analysisOf(pipe, `snapshot ${i + 1}`, signal));
      } catch (error) {
        problem = error;
      }
    }
    if (problem !== undefined) stop();
    const end = await ended;
    if (signal?.aborted) throw aborted();
    if (failure !== undefined) {
      const cause = Object.assign(new Error(failure.message), { stack: failure.stack });
      throw new ScenarioFailedError(`the scenario failed: ${failure.message}`, { cause });
    }
    if (problem !== undefined) {
      throw new ScenarioFailedError('the process of the scenario ended before all snapshots were taken', {
        cause: problem,
      });
    }
    if (end !== null) throw new ScenarioFailedError(`the process of the scenario failed: ${end}`);
    return analyses;
  } finally {
    signal?.removeEventListener('abort', stop);
    stop();
    for (const pipe of child.stdio) pipe?.destroy();
  }
}
