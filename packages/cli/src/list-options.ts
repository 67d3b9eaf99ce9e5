import { type Command, InvalidArgumentError } from 'commander';

/** Options of every command that prints a list. */
export interface ListOptions {
  readonly json?: boolean;
  readonly top?: number;
  readonly filter?: string;
  readonly bytes?: boolean;
}

/** Rows that a text table shows without `--top`. JSON has them all. */
const DEFAULT_TOP_OF_TEXT = 30;

export function addListOptions(command: Command, { filters }: { filters: string }): Command {
  return command
    .option('--json', 'print one JSON document, every row unless --top is given')
    .option('--top <count>', `print the first rows only (text: ${DEFAULT_TOP_OF_TEXT})`, parseCount)
    .option('--filter <text>', `print only rows whose ${filters} contains the text, in any case`)
    .option('--bytes', 'print exact numbers instead of 1.2 MB and 1,234');
}

export interface RowSelection<T> {
  readonly rows: readonly T[];
  /** Rows that match the filter, but come after the first `--top`. */
  readonly leftOut: number;
}

/** The rows that the user asked for; `textOf` gives what `--filter` looks at. */
export function selectRows<T>(
  all: readonly T[],
  options: ListOptions,
  textOf: (row: T) => string,
): RowSelection<T> {
  const wanted = options.filter?.toLowerCase();
  const matching =
    wanted === undefined ? all : all.filter((row) => textOf(row).toLowerCase().includes(wanted));
  const top = options.top ?? (options.json ? Infinity : DEFAULT_TOP_OF_TEXT);
  const rows = matching.slice(0, top);
  return { rows, leftOut: matching.length - rows.length };
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(count)) {
    throw new InvalidArgumentError('Expected a whole number, 0 or more.');
  }
  return count;
}
