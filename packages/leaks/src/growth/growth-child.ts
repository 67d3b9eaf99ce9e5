/*
 * Runs a scenario in a process of its own, for `assertNoGrowth`: told what by a message, writes every snapshot to a pipe
 * of its own. Needs `--expose-gc` and an IPC channel.
 */
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { getHeapSnapshot } from 'node:v8';
import { type Rounds, runRounds, type Scenario } from './scenario.js';

/** What the parent sends, once. */
export interface ChildRequest extends Rounds {
  readonly module: string;
  readonly exportName: string;
  /** File descriptor of the first snapshot's pipe; the others follow. */
  readonly firstPipe: number;
}

/** What the child answers where it fails; nothing where all went well. */
export interface ChildFailure {
  readonly message: string;
  readonly stack: string;
}

process.once('message', async (message) => {
  const request = message as ChildRequest;
  try {
    const exports: Record<string, unknown> = await import(request.module);
    const scenario = exports[request.exportName];
    if (typeof scenario !== 'function') {
      throw new TypeError(`${request.module} exports no function '${request.exportName}'`);
    }
    await runRounds(scenario as Scenario, request, globalThis.gc as () => void, (snapshot) =>
      pipeline(getHeapSnapshot(), createWriteStream('', { fd: request.firstPipe + snapshot })),
    );
    process.exit(0);
  } catch (error) {
    const failure: ChildFailure = {
      message: error instanceof Error ? error.message : String(error),
      stack: error instanceof Error ? (error.stack ?? '') : '',
    };
    process.send?.(failure, () => process.exit(1));
  }
});
