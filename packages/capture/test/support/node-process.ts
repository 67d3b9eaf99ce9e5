import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** Fewer objects of Node's own: captures are quicker. */
const SMALL_HEAP = ['--no-node-snapshot', '--lite-mode', '--no-warnings'];
const TARGET = fileURLToPath(new URL('./target.cjs', import.meta.url));

interface StartOptions {
  /** Options of Node. */
  readonly nodeArguments?: readonly string[];
  readonly arguments?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Instead of the usual target. */
  readonly program?: string;
  /** Instead of Node. */
  readonly executable?: string;
}

/** A Node process started by a test, which ends with it. */
export class NodeProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  stdout = '';
  stderr = '';

  private constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child;
    child.stdin.on('error', () => {});
    child.stdout.on('data', (text) => {
      this.stdout += text;
    });
    child.stderr.on('data', (text) => {
      this.stderr += text;
    });
  }

  /** Starts the target and waits until it is ready. */
  static async start(options: StartOptions = {}): Promise<NodeProcess> {
    const { nodeArguments = [], arguments: own = [], env = {}, cwd } = options;
    const { program = TARGET, executable = process.execPath } = options;
    const smaller = executable === process.execPath ? SMALL_HEAP : [];
    const child = spawn(executable, [...smaller, ...nodeArguments, program, ...own], { cwd, env });
    const started = new NodeProcess(child);
    onTestFinished(() => started.kill());
    await started.#until(() => started.stdout.includes('ready'));
    return started;
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** Port of the inspector, which the process prints when it opens it. */
  get port(): number {
    const ports = [...this.stderr.matchAll(/Debugger listening on ws:\/\/[\d.]+:(\d+)\//g)];
    return Number(ports.at(-1)?.[1]);
  }

  send(line: string): void {
    this.#child.stdin.write(`${line}\n`);
  }

  /** Keeps the process busy, from now on. */
  async block(milliseconds: number): Promise<void> {
    this.send(`block ${milliseconds}`);
    await this.#until(() => this.stdout.includes('blocked'));
  }

  /** Fails unless the process still does its work. */
  async answers(): Promise<boolean> {
    const before = this.stdout.split('pong').length;
    this.send('ping');
    await this.#until(() => this.stdout.split('pong').length > before);
    return true;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }

  async ended(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      const { exitCode, signalCode } = this.#child;
      if (exitCode !== null || signalCode !== null) {
        throw new Error(`the process ended (${exitCode ?? signalCode}): ${this.stderr}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

/** A Node with an open inspector at a port of its own. */
export function startInspected(options: StartOptions = {}): Promise<NodeProcess> {
  return NodeProcess.start({
    ...options,
    nodeArguments: ['--inspect=127.0.0.1:0', ...(options.nodeArguments ?? [])],
  });
}
