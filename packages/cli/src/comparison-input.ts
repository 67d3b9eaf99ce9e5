import type { SnapshotWarning } from '@heapstream/core';
import type { Comparable, MatchBy, MatchOptions, ThreadOptions } from '@heapstream/diff';
import { type Command, Option } from 'commander';
import type { CliIo } from './cli-io.js';
import type { GlobalOptions } from './global-options.js';
import { NODES_WORTH_THREADS } from './snapshot-analysis.js';
import { readSnapshots } from './snapshot-input.js';

/** Describes the arguments of commands that compare. */
export const COMPARABLE_ARGUMENT =
  'a .heapsnapshot, also compressed, or what `heapstream digest` made of one; - reads standard input';

/** Options of every command that compares. */
export interface ComparisonOptions {
  readonly by?: MatchBy;
  readonly interfaces: 'current' | 'base' | 'none';
  readonly lean?: boolean;
  readonly allowMixed?: boolean;
}

export function addComparisonOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--by <how>',
        'how objects find each other (default: id, or class where ids mean nothing)',
      ).choices(['id', 'class']),
    )
    .addOption(
      new Option('--interfaces <whose>', 'whose shapes sort the plain objects of all snapshots')
        .choices(['current', 'base', 'none'])
        .default('current'),
    )
    .option('--lean', 'open one snapshot after the other and keep only what the comparison needs')
    .option('--allow-mixed', 'compare though only one exposes internals or the values of numbers');
}

interface Comparison<T> {
  /** In threads. */
  readonly compare: (snapshots: readonly Comparable[], options: MatchOptions & ThreadOptions) => Promise<T>;
  /** At once, for small heaps. */
  readonly compareHere: (snapshots: readonly Comparable[], options: MatchOptions) => T;
}

/** Reads the snapshots that the user named, and compares them; as `readSnapshots` otherwise. */
export async function compareFiles<T>(
  { compare, compareHere }: Comparison<T>,
  files: readonly string[],
  options: GlobalOptions & ComparisonOptions,
  io: CliIo,
): Promise<{ snapshots: readonly Comparable[]; result: T }> {
  const { openComparables } = await import('@heapstream/diff');
  const matching: MatchOptions = {
    match: options.by,
    interfaces: options.interfaces,
    allowMixed: options.allowMixed,
    names: files,
  };
  return readSnapshots(
    async (sources, { compression, index, memory, onProgress, signal }) => {
      const opened = await openComparables(sources, {
        ...(compression && { compression }),
        ...(memory && { memory }),
        ...(index && { index }),
        lean: options.lean,
        threadsFrom: NODES_WORTH_THREADS,
        signal,
        onProgress,
      });
      const snapshots = opened.map(({ snapshot }) => snapshot);
      const isLarge = snapshots.some((snapshot) => nodeCountOf(snapshot) >= NODES_WORTH_THREADS);
      const result = isLarge
        ? await compare(snapshots, { ...matching, signal, onProgress })
        : compareHere(snapshots, matching);
      const warnings = opened.flatMap((comparable, i) =>
        comparable.warnings.map((warning): SnapshotWarning => {
          return { ...warning, message: `${files[i]}: ${warning.message}` };
        }),
      );
      return { warnings, snapshots, result };
    },
    files,
    options,
    io,
  );
}

function nodeCountOf(snapshot: Comparable): number {
  return 'graph' in snapshot ? snapshot.graph.nodeCount : 0;
}
