import { CommanderError } from 'commander';
import type { CliIo } from './cli-io.js';
import type { CommandRun } from './command-run.js';
import { EXIT_STATUS, type ExitStatus } from './exit-status.js';
import { describeFailure, describeStack } from './failure-report.js';
import type { GlobalOptions } from './global-options.js';
import { createProgram } from './program.js';

/**
 * Runs the command line `heapstream ...argv` and resolves to its exit status. Never rejects and never ends the process;
 * what it has to say goes to the streams of `io`.
 */
export async function runCli(argv: readonly string[], io: CliIo): Promise<ExitStatus> {
  const run: CommandRun = { io, exitStatus: EXIT_STATUS.ok };
  const program = await createProgram(run, argv);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return run.exitStatus;
  } catch (error) {
    // Commander throws for --help and --version too, and has already printed what there is to say.
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? EXIT_STATUS.ok : EXIT_STATUS.wrongUsage;
    const { status, line } = describeFailure(error);
    io.stderr.write(`${line}\n`);
    if (program.opts<GlobalOptions>().debug) io.stderr.write(`${describeStack(error)}\n`);
    return status;
  }
}
