import { readdir, readFile, readlink } from 'node:fs/promises';
import { constants } from 'node:os';
import { CaptureError } from '../errors.js';

/** What Linux tells of a process. */
export interface ProcessFacts {
  readonly pid: number;
  /** The number that the process knows itself by: another one in a container. */
  readonly ownPid: number;
  /** Path of the program; `undefined` without permission. */
  readonly executable: string | undefined;
  /** The command line, the program first. */
  readonly arguments: readonly string[];
  /** The environment it was started with; `undefined` without permission. */
  readonly environment: ReadonlyMap<string, string> | undefined;
  /** Bytes of memory that it shares with nobody. */
  readonly privateBytes: number;
  /** Whether it has a handler for the signal: without one, most signals end a process. */
  catches(signal: NodeJS.Signals): boolean;
  /** Whether its network is ours: in a container of its own, its ports are out of reach. */
  readonly sharesNetwork: boolean;
}

/** Reads `/proc`; throws `NO_SUCH_PROCESS`, or `UNSUPPORTED` where there is no `/proc`. */
export async function readProcessFacts(pid: number): Promise<ProcessFacts> {
  requireProc();
  const folder = `/proc/${pid}`;
  const status = await readFile(`${folder}/status`, 'utf8').catch(() => undefined);
  // a zombie has ended, too
  if (status === undefined || /^State:\s+[ZX]/m.test(status)) throw noSuchProcess(pid);
  const field = (name: string): string => new RegExp(`^${name}:\\s+(.*)$`, 'm').exec(status)?.[1] ?? '';
  const caught = BigInt(`0x${field('SigCgt') || '0'}`);
  const [executable, commandLine, environment, network, ownNetwork] = await Promise.all([
    readlink(`${folder}/exe`).catch(() => undefined),
    readFile(`${folder}/cmdline`, 'utf8').catch(() => ''),
    readFile(`${folder}/environ`, 'utf8').catch(() => undefined),
    readlink(`${folder}/ns/net`).catch(() => undefined),
    readlink('/proc/self/ns/net').catch(() => undefined),
  ]);
  return {
    pid,
    ownPid: Number(field('NSpid').split(/\s+/).at(-1)) || pid,
    executable: executable?.replace(/ \(deleted\)$/, ''),
    arguments: commandLine.split('\0').slice(0, -1),
    environment: environment === undefined ? undefined : parseEnvironment(environment),
    privateBytes: Number.parseInt(field('RssAnon') || field('VmRSS'), 10) * 1024 || 0,
    catches: (signal) => ((caught >> BigInt(constants.signals[signal] - 1)) & 1n) === 1n,
    sharesNetwork: network === undefined || network === ownNetwork,
  };
}

/** Whether the process still runs, zombies not counted. */
export async function isRunning(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return status !== undefined && !/^[ZX] /.test(status.slice(status.lastIndexOf(')') + 2));
}

/** Sends a signal; throws `NO_SUCH_PROCESS` or `NO_PERMISSION`. */
export function sendSignal(pid: number, signal: NodeJS.Signals | 0): void {
  try {
    process.kill(pid, signal);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ESRCH') throw noSuchProcess(pid);
    throw new CaptureError('NO_PERMISSION', `process ${pid}: no permission to send it a signal`, { cause });
  }
}

/** TCP ports of this machine that the process listens on; empty without permission. */
export async function listeningPorts(pid: number): Promise<number[]> {
  const inodes = new Set<string>();
  const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
  for (const descriptor of descriptors) {
    const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '');
    const [, inode] = /^socket:\[(\d+)\]$/.exec(target) ?? [];
    if (inode !== undefined) inodes.add(inode);
  }
  const ports = new Set<number>();
  for (const table of ['tcp', 'tcp6']) {
    const lines = (await readFile(`/proc/${pid}/net/${table}`, 'utf8').catch(() => '')).split('\n').slice(1);
    for (const line of lines) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      if (state === LISTENING && inodes.has(inode)) ports.add(Number.parseInt(local.split(':')[1], 16));
    }
  }
  return [...ports];
}

const LISTENING = '0A';

function requireProc(): void {
  if (process.platform === 'linux') return;
  throw new CaptureError(
    'UNSUPPORTED',
    `looking at another process by its number needs Linux, and this is ${process.platform}: start it with --inspect`,
  );
}

function noSuchProcess(pid: number): CaptureError {
  return new CaptureError('NO_SUCH_PROCESS', `process ${pid}: no such process`);
}

function parseEnvironment(text: string): ReadonlyMap<string, string> {
  const entries = text.split('\0').filter((entry) => entry.includes('='));
  return new Map(
    entries.map((entry) => {
      const at = entry.indexOf('=');
      return [entry.slice(0, at), entry.slice(at + 1)];
    }),
  );
}
