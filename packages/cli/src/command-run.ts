import type { CliIo } from './cli-io.js';
import type { ExitStatus } from './exit-status.js';

/** One run of the command line, from its arguments to the exit status. */
export interface CommandRun {
  readonly io: CliIo;
  /** What the process ends with if nothing fails; a command that finds what it looks for sets it. */
  exitStatus: ExitStatus;
}
