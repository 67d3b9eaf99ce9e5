import { PassThrough, Readable } from 'node:stream';
import type { CliIo, OutputStream } from '../../src/cli-io.js';

export interface TestIo extends CliIo {
  /** What went to standard output so far. */
  readonly out: string;
  /** What went to standard error so far. */
  readonly err: string;
  /** What Ctrl-C does. */
  interrupt(): void;
}

interface TestIoOptions {
  readonly stdin?: Readable;
  /** Width of the terminal that standard output and standard error are; no terminal without it. */
  readonly columns?: number;
}

/** Streams that remember what was written to them. */
export function createTestIo({ stdin = Readable.from([]), columns }: TestIoOptions = {}): TestIo {
  const out = new RememberingStream(columns);
  const err = new RememberingStream(columns);
  const controller = new AbortController();
  return {
    stdin,
    stdout: out,
    stderr: err,
    interruptible: (work) => work(controller.signal),
    get out() {
      return out.text;
    },
    get err() {
      return err.text;
    },
    interrupt: () => controller.abort(new Error('interrupted')),
  };
}

class RememberingStream extends PassThrough implements OutputStream {
  readonly isTTY: boolean;
  readonly columns: number | undefined;
  text = '';

  constructor(columns: number | undefined) {
    super({ encoding: 'utf8' });
    this.isTTY = columns !== undefined;
    this.columns = columns;
    this.on('data', (chunk: string) => {
      this.text += chunk;
    });
  }
}
