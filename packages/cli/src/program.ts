import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { terminalWidth } from './cli-io.js';
import type { CommandRun } from './command-run.js';
import { addAllocationsCommand } from './commands/allocations.js';
import { addCaptureCommand } from './commands/capture.js';
import { addContainmentCommand } from './commands/containment.js';
import { addDiffCommand } from './commands/diff.js';
import { addDigestCommand } from './commands/digest.js';
import { addDoctorCommand } from './commands/doctor.js';
import { addDominatorsCommand } from './commands/dominators.js';
import { addExportCommand } from './commands/export.js';
import { addHistogramCommand } from './commands/histogram.js';
import { addLeaksCommand } from './commands/leaks.js';
import { addObjectsCommand } from './commands/objects.js';
import { addPathsCommand } from './commands/paths.js';
import { addRetainersCommand } from './commands/retainers.js';
import { addSearchCommand } from './commands/search.js';
import { addStringsCommand } from './commands/strings.js';
import { addSummaryCommand } from './commands/summary.js';
import { addTrendCommand } from './commands/trend.js';
import { addViewCommand } from './commands/view.js';
import { addGlobalOptions } from './global-options.js';
import { safeText } from './safe-text.js';

/**
 * The command that `argv` begins with, or else all of them, with their options: help and suggestions name the others.
 * What a command works with is loaded when it runs.
 */
export function createProgram(run: CommandRun, argv: readonly string[]): Command {
  const { io } = run;
  const program = new Command('heapstream')
    .description('Opens V8 heap snapshots of any size and tells what fills the heap.')
    .version(readVersion())
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: (text, write) => write(`${usageErrorLine(text)}\n`),
      getOutHelpWidth: () => terminalWidth(io.stdout),
      getErrHelpWidth: () => terminalWidth(io.stderr),
      // Commands colour their own output.
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  addGlobalOptions(program);
  const wanted = COMMANDS.get(argv[0]);
  for (const addCommand of wanted ? [wanted] : COMMANDS.values()) addCommand(program, run);
  return program;
}

/** By name, in the order of the help. */
const COMMANDS: ReadonlyMap<string, (program: Command, run: CommandRun) => void> = new Map([
  ['summary', addSummaryCommand],
  ['diff', addDiffCommand],
  ['trend', addTrendCommand],
  ['leaks', addLeaksCommand],
  ['view', addViewCommand],
  ['objects', addObjectsCommand],
  ['search', addSearchCommand],
  ['paths', addPathsCommand],
  ['retainers', addRetainersCommand],
  ['dominators', addDominatorsCommand],
  ['containment', addContainmentCommand],
  ['strings', addStringsCommand],
  ['allocations', addAllocationsCommand],
  ['histogram', addHistogramCommand],
  ['digest', addDigestCommand],
  ['export', addExportCommand],
  ['capture', addCaptureCommand],
  ['doctor', addDoctorCommand],
]);

/** Commander's message, which may hold a suggestion on a line of its own, as one line. */
function usageErrorLine(text: string): string {
  const message = text
    .trim()
    .replace(/^error: /, '')
    .replace(/\n(?=\(Did you mean)/, ' ');
  return `heapstream: ${safeText(message)}`;
}

function readVersion(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
}
