import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** GNU time, which waits for a process and prints what the system counted. */
const TIME = '/usr/bin/time';
const POLL_MILLISECONDS = 5;

/** A process that has ended well. */
export interface ProcessMeasurement {
  readonly stdout: string;
  /** From its start to its end. */
  readonly milliseconds: number;
  /** Bytes. */
  readonly peakRss: number;
  readonly cpuMilliseconds: number;
}

/** A process that ended otherwise: `message` says in a few words why. */
export class ProcessFailure extends Error {
  override readonly name = 'ProcessFailure';
}

/**
 * Runs a program to its end. Its output goes to files, so that no reader slows it down. Peak memory and processor time
 * are the system's own figures where GNU time is installed; elsewhere they are looked at every few milliseconds.
 */
export async function measureProcess(
  command: string,
  args: readonly string[],
  {
    timeoutMilliseconds = 20 * 60_000,
    env = process.env,
  }: { timeoutMilliseconds?: number; env?: NodeJS.ProcessEnv } = {},
): Promise<ProcessMeasurement> {
  const folder = mkdtempSync(join(tmpdir(), 'heapstream-bench-'));
  const paths = {
    stdout: join(folder, 'stdout'),
    stderr: join(folder, 'stderr'),
    usage: join(folder, 'usage'),
  };
  const hasTime = existsSync(TIME);
  const files = [openSync(paths.stdout, 'w'), openSync(paths.stderr, 'w')];
  try {
    const [program, programArgs] = hasTime
      ? [TIME, ['-q', '-o', paths.usage, '-f', '%U %S %M', command, ...args]]
      : [command, [...args]];
    const started = performance.now();
    // a group of its own: a timeout ends GNU time's child too
    const child = spawn(program, programArgs, { stdio: ['ignore', ...files], env, detached: true });
    const endPolling = hasTime ? undefined : pollUsage(child);
    const { status, signal } = await untilEnd(child, timeoutMilliseconds);
    const milliseconds = performance.now() - started;
    const polled = endPolling?.();
    const usage = polled ?? readUsage(paths.usage);
    if (status !== 0) {
      const reason = describeEnd(status, signal, readFileSync(paths.stderr, 'utf8'));
      const gigabytes = (usage.peakRss / 1e9).toFixed(1);
      throw new ProcessFailure(`${reason} (after ${Math.round(milliseconds / 1000)} s, at ${gigabytes} GB)`);
    }
    return { stdout: readFileSync(paths.stdout, 'utf8'), milliseconds, ...usage };
  } finally {
    files.forEach(closeSync);
    rmSync(folder, { recursive: true });
  }
}

function untilEnd(
  child: ChildProcess,
  timeoutMilliseconds: number,
): Promise<{ status: number | null; signal: string | null }> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      killGroup(child);
    }, timeoutMilliseconds);
    const interrupt = () => killGroup(child);
    // it has a group of its own, which the terminal's interrupt does not reach
    process.once('exit', interrupt);
    const settle = () => {
      clearTimeout(timer);
      process.off('exit', interrupt);
    };
    child.once('error', (error) => {
      settle();
      reject(new ProcessFailure(error.message));
    });
    child.once('close', (status, signal) => {
      settle();
      if (isLate)
        reject(new ProcessFailure(`not done after ${Math.round(timeoutMilliseconds / 60_000)} minutes`));
      else resolve({ status, signal });
    });
  });
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // it has ended already
  }
}

/** Zeros where GNU time itself did not live to tell. */
function readUsage(path: string): Pick<ProcessMeasurement, 'peakRss' | 'cpuMilliseconds'> {
  const text = existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
  if (text === '') return { peakRss: 0, cpuMilliseconds: 0 };
  const [user, system, kibibytes] = text.split('\n').at(-1)!.split(' ').map(Number);
  return { peakRss: kibibytes * 1024, cpuMilliseconds: (user + system) * 1000 };
}

/** Linux without GNU time: the high-water mark only rises, so the last look is the one that counts. */
function pollUsage({ pid }: ChildProcess): () => Pick<ProcessMeasurement, 'peakRss' | 'cpuMilliseconds'> {
  let last = { peakRss: 0, cpuMilliseconds: 0 };
  const timer = setInterval(() => {
    try {
      const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
      last = {
        peakRss: Number(kibibytes ?? 0) * 1024,
        cpuMilliseconds: (Number(fields[14 - 3]) + Number(fields[15 - 3])) * 10,
      };
    } catch {
      // it has ended
    }
  }, POLL_MILLISECONDS);
  return () => {
    clearInterval(timer);
    return last;
  };
}

/** The line of an error output that says what happened, without paths and stack. */
function describeEnd(status: number | null, signal: string | null, stderr: string): string {
  const lines = stderr
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('at '));
  const line =
    lines.find((one) => /out of memory|heap limit/i.test(one)) ??
    lines.find((one) => /panicked at/.test(one)) ??
    lines.find((one) => /^(\w*Error|\[\w+\])\b.*:|^heapstream: |^error\b/i.test(one)) ??
    lines.at(-1);
  if (line === undefined) {
    if (signal !== null) return `ended by ${signal}`;
    // GNU time and shells say so of signals
    return status !== null && status > 128 ? `ended by signal ${status - 128}` : `ends with status ${status}`;
  }
  return line.replace(/^(\w*Error|RuntimeError)( \[\w+\])?: /, '').slice(0, 160);
}
