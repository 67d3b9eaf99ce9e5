import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { type CliIo, terminalWidth } from './cli-io.js';
import { addHistogramCommand } from './commands/histogram.js';
import { addSummaryCommand } from './commands/summary.js';
import { addGlobalOptions } from './global-options.js';
import { safeText } from './safe-text.js';

/** The commands and their options. Building it is cheap: what a command works with is loaded when it runs. */
export function createProgram(io: CliIo): Command {
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
  addSummaryCommand(program, io);
  addHistogramCommand(program, io);
  return program;
}

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
