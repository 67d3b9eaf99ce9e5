import { type Command, InvalidArgumentError } from 'commander';
import type { NumberFormat } from './number-format.js';
import { safeText } from './safe-text.js';

/** Options of every command that prints sizes. */
export interface OutputOptions {
  readonly json?: boolean;
  readonly bytes?: boolean;
}

/** Options of every command that prints a list. */
export interface ListOptions extends OutputOptions {
  readonly top?: number;
  readonly filter?: string;
}

/** Rows that a text table shows without `--top`. JSON has them all. */
const DEFAULT_TOP_OF_TEXT = 30;

export function addOutputOptions(command: Command): Command {
  return command
    .option('--json', 'print one JSON document')
    .option('--bytes', 'print exact numbers instead of 1.2 MB and 1,234');
}

/** Options of a list; `top`: rows shown without `--top`, in JSON too. */
export function addListOptions(
  command: Command,
  { filters, top }: { filters: string; top?: number },
): Command {
  return addRowOptions(command, top).option(
    '--filter <text>',
    `print only rows whose ${filters} contains the text, in any case`,
  );
}

/** The same without `--filter`. */
export function addRowOptions(command: Command, top?: number): Command {
  const usual = top === undefined ? `text: ${DEFAULT_TOP_OF_TEXT}, JSON: all` : `default: ${top}`;
  return addOutputOptions(command).option(
    '--top <count>',
    `print the first rows only (${usual})`,
    parseCount,
  );
}

/** How many rows the user wants to see. */
export function rowLimit({ json, top }: Pick<ListOptions, 'json' | 'top'>): number {
  return top ?? (json ? Number.POSITIVE_INFINITY : DEFAULT_TOP_OF_TEXT);
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
  const rows = matching.slice(0, rowLimit(options));
  return { rows, leftOut: matching.length - rows.length };
}

/** What follows a table that does not show everything. */
export function afterRows(
  { leftOut, rows }: RowSelection<unknown>,
  { filter }: ListOptions,
  format: NumberFormat,
): string {
  if (leftOut > 0) return `… and ${format.count(leftOut)} more (--top)\n`;
  return rows.length === 0 && filter !== undefined ? `nothing matches '${safeText(filter)}'\n` : '';
}

/** A whole number, for an option of commander's. */
export function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(count)) {
    throw new InvalidArgumentError('Expected a whole number, 0 or more.');
  }
  return count;
}
