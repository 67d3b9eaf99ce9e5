import { setTimeout as sleep } from 'node:timers/promises';
import { CaptureError } from '../errors.js';
import { throwIfAborted } from '../file/write-snapshot-file.js';
import { inspectExecutable } from '../process/node-executable.js';
import { readNodeOptions } from '../process/node-options.js';
import { listeningPorts, type ProcessFacts, readProcessFacts, sendSignal } from '../process/process-facts.js';
import { DEFAULT_HOST } from './address.js';
import { connectSocket } from './connect-socket.js';
import { fetchTargets, type InspectorTarget } from './inspector-target.js';
import type { ProtocolChannel } from './protocol-channel.js';
import { askPid } from './target-facts.js';
import { withDeadline } from './with-deadline.js';

/** An inspector of a process on this machine. */
export interface OpenedInspector {
  readonly host: string;
  readonly port: number;
  /** Whether it was open before; `close` leaves it alone then. */
  readonly wasOpen: boolean;
  /** Closes what was opened, for all who are connected to it. Safe to call twice. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface OpenInspectorOptions {
  /** Milliseconds in which the inspector must be there. Default: 30 seconds. */
  readonly timeout?: number;
  readonly signal?: AbortSignal | undefined;
}

const DEFAULT_TIMEOUT = 30_000;
const PROBE_TIMEOUT = 2_000;
/** A process that stands still for a snapshot closes nothing before it is done. */
const CLOSE_TIMEOUT = 300_000;
const POLL_INTERVAL = 50;

/**
 * Opens the inspector of a running Node process that was started without `--inspect`: sends it SIGUSR1, finds the port,
 * and makes sure that it is that process which answers there. Anybody on this machine may connect until it is closed.
 *
 * Rejects with `UNSUPPORTED` on Windows, which has no such signal, and elsewhere than on Linux; with `NOT_NODE` or
 * `NOT_ENABLED` where the signal would end the process; with `NO_SUCH_PROCESS`, `NO_PERMISSION`, `TIMEOUT`.
 */
export async function openInspector(
  pid: number,
  { timeout = DEFAULT_TIMEOUT, signal }: OpenInspectorOptions = {},
): Promise<OpenedInspector> {
  const facts = await checkProcess(pid);
  throwIfAborted(signal);
  const portsBefore = await listeningPorts(pid);
  const isInspected = readNodeOptions(facts.arguments, facts.environment?.get('NODE_OPTIONS')).isInspected;
  if (isInspected) {
    const open = await findInspector(facts, portsBefore);
    if (open !== undefined) return alreadyOpen(open.port);
  }
  sendSignal(pid, 'SIGUSR1');
  try {
    const { port, wasOpen } = await waitForInspector(facts, portsBefore, timeout, signal);
    return wasOpen ? alreadyOpen(port) : opened(facts, port);
  } catch (error) {
    // it may still open, or have opened without being recognised
    await closeNewInspector(facts, portsBefore);
    throw error;
  }
}

/** Fails unless the process is a Node that takes SIGUSR1 as "open the inspector". */
async function checkProcess(pid: number): Promise<ProcessFacts> {
  if (process.platform === 'win32') {
    throw new CaptureError(
      'UNSUPPORTED',
      'Windows has no SIGUSR1: start the process with --inspect, or have it call inspector.open()',
    );
  }
  const facts = await readProcessFacts(pid);
  sendSignal(pid, 0);
  if (!(await inspectExecutable(facts)).isNode) {
    throw new CaptureError('NOT_NODE', `process ${pid} is ${facts.executable ?? 'not readable'}, not Node`);
  }
  if (!facts.catches('SIGUSR1')) {
    const message = 'does not listen to SIGUSR1, which would end it (--disable-sigusr1, or not started yet)';
    throw new CaptureError('NOT_ENABLED', `process ${pid} ${message}`);
  }
  if (!facts.sharesNetwork) {
    const message = 'has a network of its own (a container): run this inside it';
    throw new CaptureError('NOT_ENABLED', `process ${pid} ${message}`);
  }
  return facts;
}

/** The first of the ports that is an inspector of this very process. */
export async function findInspector(
  facts: ProcessFacts,
  ports: readonly number[],
): Promise<{ port: number; target: InspectorTarget } | undefined> {
  for (const port of ports) {
    try {
      const address = { host: DEFAULT_HOST, port, socketPath: undefined };
      const [target] = await fetchTargets(address, { timeout: PROBE_TIMEOUT });
      if (target === undefined) continue;
      const isIt = await withConnection(port, target, async (channel) => {
        return (
          (await withDeadline(askPid(channel), channel.name, { timeout: PROBE_TIMEOUT })) === facts.ownPid
        );
      });
      if (isIt) return { port, target };
    } catch {
      // some other server of the process
    }
  }
  return undefined;
}

async function waitForInspector(
  facts: ProcessFacts,
  portsBefore: readonly number[],
  timeout: number,
  signal: AbortSignal | undefined,
): Promise<{ port: number; wasOpen: boolean }> {
  const deadline = Date.now() + timeout;
  while (Date.now() < deadline) {
    throwIfAborted(signal);
    const ports = await listeningPorts(facts.pid);
    const found = await findInspector(
      facts,
      ports.filter((port) => !portsBefore.includes(port)),
    );
    if (found !== undefined) return { port: found.port, wasOpen: false };
    await readProcessFacts(facts.pid);
    await sleep(POLL_INTERVAL);
  }
  // opened by the program itself, which no option tells
  const known = await findInspector(facts, portsBefore);
  if (known !== undefined) return { port: known.port, wasOpen: true };
  throw new CaptureError(
    'TIMEOUT',
    `process ${facts.pid} opened no inspector within ${timeout} ms: it is busy, or another process has its port ` +
      '(9229, or --inspect-port)',
  );
}

function alreadyOpen(port: number): OpenedInspector {
  const close = async (): Promise<void> => {};
  return { host: DEFAULT_HOST, port, wasOpen: true, close, [Symbol.asyncDispose]: close };
}

function opened(facts: ProcessFacts, port: number): OpenedInspector {
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= closeInspector(facts, port, CLOSE_TIMEOUT);
    return closing;
  };
  return { host: DEFAULT_HOST, port, wasOpen: false, close, [Symbol.asyncDispose]: close };
}

/** Has the process close its inspector, and waits until the port is free. A process that has ended needs none. */
async function closeInspector(facts: ProcessFacts, port: number, timeout: number): Promise<void> {
  const deadline = Date.now() + timeout;
  let failure: unknown;
  while (Date.now() < deadline) {
    if (!(await listeningPorts(facts.pid)).includes(port)) return;
    try {
      const address = { host: DEFAULT_HOST, port, socketPath: undefined };
      const [target] = await fetchTargets(address, { timeout: PROBE_TIMEOUT });
      if (target !== undefined) await withConnection(port, target, askToClose);
    } catch (error) {
      failure = error;
    }
    await sleep(POLL_INTERVAL);
  }
  throw new CaptureError('TIMEOUT', `the inspector of process ${facts.pid} is still open at port ${port}`, {
    cause: failure,
  });
}

/** The answer never comes, since the connection goes with the inspector. */
async function askToClose(channel: ProtocolChannel): Promise<void> {
  const expression = "(process.getBuiltinModule ?? require)('inspector').close()";
  const asking = channel.call('Runtime.evaluate', { expression, includeCommandLineAPI: true });
  await withDeadline(asking, channel.name, { timeout: PROBE_TIMEOUT }).catch(() => {});
}

/** Gives the inspector some time to appear, and then all the time that closing may take. */
async function closeNewInspector(facts: ProcessFacts, portsBefore: readonly number[]): Promise<void> {
  const deadline = Date.now() + PROBE_TIMEOUT;
  do {
    const ports = (await listeningPorts(facts.pid)).filter((port) => !portsBefore.includes(port));
    for (const port of ports) {
      const address = { host: DEFAULT_HOST, port, socketPath: undefined };
      const targets = await fetchTargets(address, { timeout: PROBE_TIMEOUT }).catch(() => []);
      if (targets.length > 0) return closeInspector(facts, port, CLOSE_TIMEOUT);
    }
    await sleep(POLL_INTERVAL);
  } while (Date.now() < deadline);
}

async function withConnection<T>(
  port: number,
  { socketPath }: InspectorTarget,
  use: (channel: ProtocolChannel) => Promise<T>,
): Promise<T> {
  const channel = await connectSocket({ host: DEFAULT_HOST, port, socketPath }, { timeout: PROBE_TIMEOUT });
  try {
    return await use(channel);
  } finally {
    channel.close();
  }
}
