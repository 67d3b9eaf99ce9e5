import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { terminalWidth } from './cli-io.js';
import type { CommandRun } from './command-run.js';
import { addGlobalOptions } from './global-options.js';
import { safeText } from './safe-text.js';

/**
 * The command that `argv` begins with, or else all of them, with their options: help and suggestions name the others.
 * What a command works with is loaded when it runs.
 */
export async function createProgram(run: CommandRun, argv: readonly string[]): Promise<Command> {
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
  const loading = wanted ? [wanted()] : [...COMMANDS.values()].map((load) => load());
  for (const addCommand of await Promise.all(loading)) addCommand(program, run);
  return program;
}

type AddCommand = (program: Command, run: CommandRun) => void;

/** By name, in the order of the help; each is loaded when it is built. */
const COMMANDS: ReadonlyMap<string, () => Promise<AddCommand>> = new Map([
  ['summary', async () => (await import('./commands/summary.js')).addSummaryCommand],
  ['diff', async () => (await import('./commands/diff.js')).addDiffCommand],
  ['trend', async () => (await import('./commands/trend.js')).addTrendCommand],
  ['leaks', async () => (await import('./commands/leaks.js')).addLeaksCommand],
  ['view', async () => (await import('./commands/view.js')).addViewCommand],
  ['objects', async () => (await import('./commands/objects.js')).addObjectsCommand],
  ['search', async () => (await import('./commands/search.js')).addSearchCommand],
  ['paths', async () => (await import('./commands/paths.js')).addPathsCommand],
  ['retainers', async () => (await import('./commands/retainers.js')).addRetainersCommand],
  ['dominators', async () => (await import('./commands/dominators.js')).addDominatorsCommand],
  ['containment', async () => (await import('./commands/containment.js')).addContainmentCommand],
  ['strings', async () => (await import('./commands/strings.js')).addStringsCommand],
  ['allocations', async () => (await import('./commands/allocations.js')).addAllocationsCommand],
  ['histogram', async () => (await import('./commands/histogram.js')).addHistogramCommand],
  ['digest', async () => (await import('./commands/digest.js')).addDigestCommand],
  ['export', async () => (await import('./commands/export.js')).addExportCommand],
  ['capture', async () => (await import('./commands/capture.js')).addCaptureCommand],
  ['doctor', async () => (await import('./commands/doctor.js')).addDoctorCommand],
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
