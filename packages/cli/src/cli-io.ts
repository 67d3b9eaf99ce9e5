import type { Readable, Writable } from 'node:stream';

/** A stream that text goes to; `isTTY` and `columns` as on `process.stdout`. */
export type OutputStream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

const USUAL_WIDTH = 80;

/** Columns of the terminal that `stream` is, or of a usual one: a pseudo-terminal may not know, and say 0. */
export function terminalWidth(stream: OutputStream): number {
  return stream.columns || USUAL_WIDTH;
}

/** Everything that the command touches outside itself, so that tests can stand in for the process. */
export interface CliIo {
  /** Read only where a command is given `-`. */
  readonly stdin: Readable;
  /** Data and nothing else. */
  readonly stdout: OutputStream;
  /** Progress, warnings and errors. */
  readonly stderr: OutputStream;
  /** Runs `work` with a signal that fires when the user interrupts the command (Ctrl-C). */
  interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

/** The streams and signals of this process. */
export function processIo(): CliIo {
  // Whoever writes learns of a failure from the write; without a listener a late one would crash the process.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  return {
    get stdin() {
      return process.stdin;
    },
    stdout: process.stdout,
    stderr: process.stderr,
    interruptible: abortOnInterrupt,
  };
}

/**
 * Listens only while `work` can react. A second Ctrl-C, or one during synchronous work, ends the process at once, as
 * it would without a listener.
 */
async function abortOnInterrupt<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const abort = () => controller.abort(new Error('interrupted'));
  process.once('SIGINT', abort);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', abort);
  }
}
