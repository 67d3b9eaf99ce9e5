import { type Command, Option } from 'commander';

/** Options that stand before or after any command. */
export interface GlobalOptions {
  readonly compression: 'auto' | 'none' | 'gzip' | 'zlib' | 'zstd' | 'brotli';
  readonly ignoreMemory?: boolean;
  readonly index?: boolean;
  readonly debug?: boolean;
}

export function addGlobalOptions(program: Command): Command {
  return program
    .addOption(
      new Option('--compression <kind>', 'how the input is compressed')
        .choices(['auto', 'none', 'gzip', 'zlib', 'zstd', 'brotli'])
        .default('auto'),
    )
    .option('--ignore-memory', 'try also where the memory will hardly do')
    .option(
      '--index',
      'open the snapshot from <file>.heapidx; write that file where it is missing or of no use',
    )
    .option('--debug', 'print stack traces of errors');
}
