import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer, ClassAnswer, Engine, EngineCommand } from '../engine.js';
import { BENCHMARKS_FOLDER } from '../inputs.js';

/** The command as npm installs it. */
export const HEAPSTREAM = join(BENCHMARKS_FOLDER, '..', 'packages', 'heapstream', 'bin', 'heapstream.js');
/** What the command adds to the name of a snapshot for its index file. */
const INDEX_SUFFIX = '.heapidx';

export const heapstream: Engine = {
  name: 'heapstream',
  description:
    'this repository: `openSnapshot` and `readHistogram` of the library, `heapstream summary --json`, `summary --json --index` and `diff --json`',
  tasks: {
    async parse() {
      const { openSnapshot } = await import('@heapstream/core');
      return async (file) => {
        const { columns } = await openSnapshot(file);
        return () => ({
          nodeCount: columns.nodeCount,
          edgeCount: columns.edgeCount,
          totalSelfSize: sum(columns.selfSizeByNode),
        });
      };
    },
    async histogram() {
      const { readHistogram } = await import('@heapstream/core');
      return async (file) => {
        const { nodeCount, edgeCount, totalSelfSize, rows } = await readHistogram(file);
        return () => ({ nodeCount, edgeCount, totalSelfSize, rowCount: rows.length });
      };
    },
  },
  commands: {
    summary: ({ file }) => heapstreamCommand(['summary', '--json', file], readSummary),
    reopen: ({ file }) => heapstreamCommand(['summary', '--json', '--index', file], readSummary),
    diff: ({ file, later }) => heapstreamCommand(['diff', '--json', file, later!], readDiff),
  },
  prepare: {
    async reopen({ file }) {
      rmSync(file + INDEX_SUFFIX, { force: true });
      const { command, args } = heapstreamCommand(['summary', '--json', '--index', file], readSummary);
      const { status, stderr } = spawnSync(command, args, {
        stdio: ['ignore', 'ignore', 'pipe'],
        encoding: 'utf8',
      });
      if (status !== 0) throw new Error(stderr.trim());
    },
  },
  unavailable(task) {
    if (task === 'reopen') return helpMentions(['help', 'summary'], '--index') ? undefined : 'not yet';
    if (task === 'diff') return helpMentions(['help'], ' diff ') ? undefined : 'not yet';
    return undefined;
  },
};

/** Index files are large; this deletes the one that `prepare` made. */
export function removeIndex(file: string): void {
  rmSync(file + INDEX_SUFFIX, { force: true });
}

function heapstreamCommand(args: readonly string[], readAnswer: EngineCommand['readAnswer']): EngineCommand {
  return { command: process.execPath, args: [HEAPSTREAM, ...args], readAnswer };
}

function helpMentions(args: readonly string[], word: string): boolean {
  return spawnSync(process.execPath, [HEAPSTREAM, ...args], { encoding: 'utf8' }).stdout.includes(word);
}

interface LocationDocument {
  readonly scriptId: number;
  readonly line: number;
  readonly column: number;
}

interface SummaryDocument {
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly totalSize: number;
  readonly classes: readonly {
    readonly name: string;
    readonly location: LocationDocument | null;
    readonly count: number;
    readonly retainedSize: number;
  }[];
}

function readSummary(stdout: string): Answer {
  const { nodeCount, edgeCount, totalSize, classes } = JSON.parse(stdout) as SummaryDocument;
  return {
    nodeCount,
    edgeCount,
    totalSize,
    classes: classes.map(({ name, location, count, retainedSize }) => ({
      name,
      ...locationOf(location),
      count,
      retainedSize,
    })),
  };
}

interface DiffDocument {
  readonly rows: readonly {
    readonly name: string;
    readonly location: LocationDocument | null;
    readonly newCount: number;
    readonly deletedCount: number;
  }[];
}

function readDiff(stdout: string): Answer {
  const { rows } = JSON.parse(stdout) as DiffDocument;
  return {
    classes: rows.map(({ name, location, newCount, deletedCount }) => ({
      name,
      ...locationOf(location),
      count: newCount,
      deletedCount,
    })),
  };
}

function locationOf(location: LocationDocument | null): Pick<ClassAnswer, 'location'> {
  return location === null ? {} : { location: `${location.scriptId},${location.line},${location.column}` };
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
