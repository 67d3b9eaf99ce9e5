import { createReadStream } from 'node:fs';
import { chmod, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CheckedSnapshot } from '@heapstream/core';
import type { Capture, CaptureOptions, SavedSnapshot } from '../capture.js';
import { takeCaptureLock } from '../capture-lock.js';
import { type CaptureCost, estimateCost } from '../cost/capture-cost.js';
import { guardDisk, guardMemory } from '../cost/guard.js';
import { readAvailableMemoryOf } from '../cost/memory-of-process.js';
import { CaptureError } from '../errors.js';
import { requireRoom } from '../file/check-file.js';
import { checkDestination, type FileDestination } from '../file/destination.js';
import { moveSnapshot } from '../file/move-snapshot.js';
import { asFileError, SECRET_MODE, throwIfAborted } from '../file/write-snapshot-file.js';
import { inspectExecutable, majorOf } from '../process/node-executable.js';
import { readNodeOptions } from '../process/node-options.js';
import { isRunning, readProcessFacts, sendSignal } from '../process/process-facts.js';
import { findDiagnosticDirectory, isSnapshotOf } from './diagnostic-directory.js';
import { checkGrowingSnapshot } from './growing-snapshot.js';
import { requireSnapshotSignal } from './snapshot-signal.js';

export interface SignalCaptureOptions extends CaptureOptions {
  /** Default: the one that the process was started with. Another one is refused, since it might end the process. */
  readonly snapshotSignal?: NodeJS.Signals;
  /** Where the process writes; default: its `--diagnostic-dir`, or its working directory. */
  readonly directory?: string;
  /** Milliseconds without a sign of the snapshot: Node 20 and older take minutes for heaps over 80 MB. Default: ten minutes. */
  readonly timeout?: number;
}

const DEFAULT_TIMEOUT = 600_000;
const POLL_INTERVAL = 50;
/** How long to wait for a file that nobody wants any more, in order to remove it. */
const LATE_FILE_TIMEOUT = 15_000;

/**
 * One snapshot of a Node process that runs with `--heapsnapshot-signal`; needs Linux, and the right to see the process.
 * The process writes the file itself; it is checked where it lies while it grows, and moved when it is whole. Where the
 * disk may be too small for it, `force` does not help: Node ends when it cannot write it.
 */
export function captureBySignal(pid: number, options: SignalCaptureOptions = {}): Capture {
  return new SignalCapture(pid, options);
}

/** What the process wrote and was found whole. */
interface WrittenFile {
  readonly path: string;
  readonly checked: CheckedSnapshot;
}

/** Who writes where. */
interface Writer {
  /** As the process knows itself, and names its files. */
  readonly ownPid: number;
  readonly directory: string;
  readonly snapshotSignal: NodeJS.Signals;
  readonly cost: CaptureCost;
}

class SignalCapture implements Capture {
  readonly #pid: number;
  readonly #options: SignalCaptureOptions;

  constructor(pid: number, options: SignalCaptureOptions) {
    this.#pid = pid;
    this.#options = options;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    const unlock = takeCaptureLock({ pid: this.#pid });
    try {
      const { path } = await this.#take(await this.#findWriter());
      try {
        yield* createReadStream(path, { highWaterMark: 1024 * 1024 });
      } finally {
        await rm(path, { force: true });
      }
    } finally {
      unlock();
    }
  }

  async toFile(to?: string | FileDestination): Promise<SavedSnapshot> {
    const { signal, force } = this.#options;
    throwIfAborted(signal);
    const destination = await checkDestination(to, String(this.#pid));
    const unlock = takeCaptureLock({ pid: this.#pid });
    try {
      const writer = await this.#findWriter();
      const { gzip, directory } = destination;
      if (directory !== writer.directory) await guardDisk(writer.cost, directory, { force, gzip });
      const { path, checked } = await this.#take(writer);
      try {
        return await moveSnapshot(path, checked, destination, { name: this.#name, signal });
      } finally {
        await rm(path, { force: true });
      }
    } finally {
      unlock();
    }
  }

  get #name(): string {
    return `<process ${this.#pid}>`;
  }

  /** Looks at the process, and touches nothing. */
  async #findWriter(): Promise<Writer> {
    throwIfAborted(this.#options.signal);
    const facts = await readProcessFacts(this.#pid);
    sendSignal(this.#pid, 0);
    const { isNode, version } = await inspectExecutable(facts);
    if (!isNode) throw new CaptureError('NOT_NODE', `process ${this.#pid} is ${facts.executable}, not Node`);
    const nodeOptions = readNodeOptions(facts.arguments, facts.environment?.get('NODE_OPTIONS'));
    const snapshotSignal = requireSnapshotSignal(facts, nodeOptions, this.#options.snapshotSignal);
    const heap = { heapBytes: facts.privateBytes, isUpperBound: true, nodeMajor: majorOf(version) };
    return {
      ownPid: facts.ownPid,
      directory:
        this.#options.directory ??
        (await findDiagnosticDirectory(this.#pid, nodeOptions.diagnosticDirectory)),
      snapshotSignal,
      cost: estimateCost(heap, readAvailableMemoryOf(this.#pid)),
    };
  }

  /** Sends the signal and waits for the file; after a failure the file is removed, also when it comes late. */
  async #take(writer: Writer): Promise<WrittenFile> {
    const { directory, snapshotSignal, cost } = writer;
    const { force, onProgress } = this.#options;
    guardMemory(cost, force);
    const before = new Set(await listSnapshots(writer));
    // not even by force: Node ends where it cannot write what a signal asked for
    await guardDisk(cost, directory, {});
    // the number may be another process's by now
    const { catches } = await readProcessFacts(this.#pid);
    if (!catches(snapshotSignal)) {
      throw new CaptureError('NOT_ENABLED', `process ${this.#pid} no longer listens to ${snapshotSignal}`);
    }
    sendSignal(this.#pid, snapshotSignal);
    onProgress?.({ phase: 'wait', done: 0, total: undefined });
    let path: string | undefined;
    try {
      path = await this.#waitForFile(writer, before);
      return { path, checked: await this.#checkFile(path) };
    } catch (error) {
      await removeUnwanted(path, writer, before, this.#pid);
      throw asFileError(error as NodeJS.ErrnoException, path ?? directory);
    }
  }

  async #waitForFile(writer: Writer, before: ReadonlySet<string>): Promise<string> {
    const { signal, timeout = DEFAULT_TIMEOUT } = this.#options;
    const deadline = Date.now() + timeout;
    while (Date.now() < deadline) {
      throwIfAborted(signal);
      const path = await findNewFile(writer, before);
      if (path !== undefined) return path;
      await this.#requireRunning();
      await sleep(POLL_INTERVAL);
    }
    throw new CaptureError('TIMEOUT', `process ${this.#pid} began no snapshot within ${timeout} ms`);
  }

  async #checkFile(path: string): Promise<CheckedSnapshot> {
    const { signal, onProgress, timeout = DEFAULT_TIMEOUT } = this.#options;
    await chmod(path, SECRET_MODE);
    return checkGrowingSnapshot(path, {
      name: this.#name,
      timeout,
      signal,
      requireWriter: async () => {
        await this.#requireRunning();
        await requireRoom(dirname(path));
      },
      onBytes: (done) => onProgress?.({ phase: 'transfer', done, total: undefined }),
    });
  }

  async #requireRunning(): Promise<void> {
    if (await isRunning(this.#pid)) return;
    throw new CaptureError('TARGET_GONE', `process ${this.#pid} ended during the capture`);
  }
}

async function listSnapshots({ directory, ownPid }: Writer): Promise<string[]> {
  try {
    return (await readdir(directory)).filter((name) => isSnapshotOf(name, ownPid));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new CaptureError('NO_DIRECTORY', `${directory}: no such directory`, { cause });
    }
    throw new CaptureError('NO_PERMISSION', `${directory}: ${message}`, { cause });
  }
}

async function findNewFile(writer: Writer, before: ReadonlySet<string>): Promise<string | undefined> {
  const name = (await listSnapshots(writer)).find((candidate) => !before.has(candidate));
  return name === undefined ? undefined : join(writer.directory, name);
}

/** The signal cannot be taken back: a process that is busy writes the file later, as long as it lives. */
async function removeUnwanted(
  path: string | undefined,
  writer: Writer,
  before: ReadonlySet<string>,
  pid: number,
): Promise<void> {
  const deadline = Date.now() + LATE_FILE_TIMEOUT;
  let late = path;
  while (late === undefined && Date.now() < deadline) {
    const isOver = !(await isRunning(pid));
    late = await findNewFile(writer, before).catch(() => undefined);
    if (isOver) break;
    if (late === undefined) await sleep(POLL_INTERVAL);
  }
  if (late !== undefined) await rm(late, { force: true }).catch(() => {});
}
