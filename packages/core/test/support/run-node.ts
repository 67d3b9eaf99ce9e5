import { execFile } from 'node:child_process';

export interface NodeResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `node ...args` in a folder and waits for its end. */
export function runNode(args: readonly string[], cwd: string): Promise<NodeResult> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, { cwd }, (_, stdout, stderr) => {
      resolve({ status: child.exitCode, stdout, stderr });
    });
  });
}
