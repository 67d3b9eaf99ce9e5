import { type ExecFileOptions, execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The command as users install it. */
export const HEAPSTREAM_BIN = fileURLToPath(
  new URL('../../../heapstream/bin/heapstream.js', import.meta.url),
);

export interface CommandResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface CommandOptions {
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Runs `heapstream ...args` in a process of its own and waits for its end. */
export function heapstream(args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  return runNode([HEAPSTREAM_BIN, ...args], options);
}

/** Runs `node ...args` and waits for its end. */
export function runNode(
  args: readonly string[],
  { stdin = '', env = {}, cwd }: CommandOptions = {},
): Promise<CommandResult> {
  const options: ExecFileOptions = { cwd, env: { ...colourlessEnvironment(), ...env }, maxBuffer: 2 ** 28 };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, options, (_, stdout, stderr) => {
      resolve({ status: child.exitCode, stdout: String(stdout), stderr: String(stderr) });
    });
    // The command may end without having read it.
    child.stdin?.on('error', () => {});
    child.stdin?.end(stdin);
  });
}

/** The environment of the test run, without what decides about colours. */
function colourlessEnvironment(): NodeJS.ProcessEnv {
  const { NO_COLOR: _, FORCE_COLOR: __, NODE_DISABLE_COLORS: ___, ...rest } = process.env;
  return rest;
}
