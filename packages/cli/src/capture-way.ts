import { setTimeout as sleep } from 'node:timers/promises';
import type { Capture, CaptureProgress, OpenedInspector, SnapshotOptions } from '@heapstream/capture';
import * as capture from '@heapstream/capture';
import { OperationAbortedError } from '@heapstream/core';
import type { CliIo } from './cli-io.js';
import { ProgressBar } from './progress-bar.js';
import { WrongUsageError } from './wrong-usage-error.js';

/** Options that say what to capture, and how. */
export interface CaptureWayOptions {
  readonly inspect?: string;
  readonly pid?: number;
  readonly signal?: string | true;
  readonly openInspector?: boolean;
  readonly target?: string;
  readonly gc?: boolean;
  readonly numbers?: boolean;
  readonly internals?: boolean;
  readonly force?: boolean;
  readonly summary?: boolean;
}

/** A target that stays the same over a series of captures. */
interface OpenWay {
  takeCapture(): Capture;
  readonly captured: {
    readonly name: string;
    /** Takes the progress bar away. */
    finish(): void;
    /** Waits, unless the user interrupts. */
    pause(milliseconds: number): Promise<void>;
  };
}

/**
 * Connects in the way that the options ask for, has `use` capture, and lets go: also after a failure, or when the user
 * interrupts.
 */
export async function openCaptureWay(
  options: CaptureWayOptions,
  io: CliIo,
  use: (way: OpenWay) => Promise<void>,
): Promise<void> {
  let bar: ProgressBar | undefined;
  const finish = (): void => {
    bar?.stop();
    bar = undefined;
  };
  const onProgress = (progress: CaptureProgress): void => {
    // an analysis on the way shows its own
    if (io.stderr.isTTY && !options.summary) bar ??= new ProgressBar(io.stderr);
    bar?.update(progress);
  };
  await io.interruptible(async (signal) => {
    const pause = async (milliseconds: number): Promise<void> => {
      await sleep(milliseconds, undefined, { signal }).catch((cause) => {
        throw new OperationAbortedError('the capture', { cause });
      });
    };
    const common = { signal, onProgress, force: options.force };
    try {
      if (await isBySignal(options)) {
        const { pid = 0, signal: named } = options;
        const snapshotSignal = typeof named === 'string' ? (named as NodeJS.Signals) : undefined;
        const takeCapture = () => capture.captureBySignal(pid, { ...common, snapshotSignal });
        return await use({ takeCapture, captured: { name: `process ${pid}`, finish, pause } });
      }
      await withSession(options, signal, async (session, name) => {
        const snapshotOptions: SnapshotOptions = {
          ...common,
          gc: options.gc,
          exposeNumericValues: options.numbers,
          exposeInternals: options.internals,
        };
        const takeCapture = () => session.snapshot(snapshotOptions);
        await use({ takeCapture, captured: { name, finish, pause } });
      });
    } finally {
      finish();
    }
  });
}

/** What the user says; else what the process allows without opening anything. */
async function isBySignal({ pid, signal, openInspector }: CaptureWayOptions): Promise<boolean> {
  if (pid === undefined || openInspector) return false;
  if (signal !== undefined) return true;
  const diagnosis = await capture.diagnoseProcess(pid);
  if (diagnosis.inspector.state === 'ready') return false;
  if (diagnosis.signal.state === 'ready') return true;
  throw new WrongUsageError(
    `process ${pid} has no open inspector and no --heapsnapshot-signal: --open-inspector opens it for the capture ` +
      `(heapstream doctor --pid ${pid} tells more)`,
  );
}

async function withSession(
  { inspect, pid, target }: CaptureWayOptions,
  signal: AbortSignal,
  use: (session: capture.CaptureSession, name: string) => Promise<void>,
): Promise<void> {
  let opened: OpenedInspector | undefined;
  try {
    if (pid !== undefined) opened = await capture.openInspector(pid, { signal });
    const address = opened === undefined ? parseAddress(inspect!) : { host: opened.host, port: opened.port };
    const session = await capture.CaptureSession.open({ ...address, target, signal });
    try {
      const { title, id } = session.target;
      await use(session, pid === undefined ? title || id : `process ${pid}`);
    } finally {
      await session.close();
    }
  } finally {
    await opened?.close();
  }
}

/** `9229`, `host:9229`, `[::1]:9229`, or a URL with `ws:` or `http:`. */
export function parseAddress(text: string): { host?: string; port: number } | { url: string } {
  if (/^(ws|http):\/\//.test(text)) return { url: text };
  const [, bracketed, host, port] = /^(?:(?:\[([^\]]+)\]|([^:]+)):)?(\d{1,5})$/.exec(text) ?? [];
  if (port === undefined || Number(port) > 65535 || Number(port) === 0) {
    throw new WrongUsageError(`--inspect ${text}: expected a port, host:port or a URL`);
  }
  const name = bracketed ?? host;
  return { ...(name !== undefined && { host: name }), port: Number(port) };
}
