import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer, ClassAnswer, Engine, EngineCommand, Work } from '../engine.js';
import { BENCHMARKS_FOLDER } from '../inputs.js';

/** The command as npm installs it. */
export const HEAPSTREAM = join(BENCHMARKS_FOLDER, '..', 'packages', 'heapstream', 'bin', 'heapstream.js');
/** What the command adds to the name of a snapshot for its index file. */
const INDEX_SUFFIX = '.heapidx';
/** Row of the class table whose objects are asked about, and every which of them. */
const [MEDIUM_CLASS, OBJECTS_APART] = [10, 37];
/** Every round asks about two. */
const OBJECTS_WANTED = 25;

export const heapstream: Engine = {
  name: 'heapstream',
  description:
    'this repository: `openSnapshot` and `readHistogram` of the library, `heapstream summary --json`, `summary` and `paths --json --index`, `diff --json`',
  tasks: {
    parse: () => prepareParse({}),
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
    question: ({ file }) =>
      heapstreamCommand(['paths', '--json', '--index', file, `@${nextId(file)}`], () => ({})),
    diff: ({ file, later }) => heapstreamCommand(['diff', '--json', file, later!], readDiff),
  },
  prepare: {
    async reopen({ file }) {
      removeIndex(file);
      runHeapstream(['summary', '--json', '--index', file]);
    },
    async question({ file }) {
      chooseObjects(file);
    },
  },
  unavailable(task) {
    if (task === 'reopen' || task === 'question') {
      return helpMentions(['help', 'summary'], '--index') ? undefined : 'not yet';
    }
    if (task === 'diff') return helpMentions(['help'], ' diff ') ? undefined : 'not yet';
    return undefined;
  },
};

/** The same with the calling thread alone: what the others bring is the ratio of the two. */
export const heapstreamOneThread: Engine = {
  name: 'heapstream (one thread)',
  description: '`openSnapshot` with `parallel: false`',
  tasks: { parse: () => prepareParse({ parallel: false }) },
};

async function prepareParse(options: { parallel?: boolean }): Promise<Work> {
  const { openSnapshot } = await import('@heapstream/core');
  return async (file) => {
    const { columns } = await openSnapshot(file, options);
    return (): Answer => ({
      nodeCount: columns.nodeCount,
      edgeCount: columns.edgeCount,
      totalSelfSize: sum(columns.selfSizeByNode),
    });
  };
}

/** file → ids of objects that nobody has asked about. */
const idsByFile = new Map<string, number[]>();

/** Some objects of a class of medium weight, far apart. */
function chooseObjects(file: string): void {
  const { classes } = JSON.parse(runHeapstream(['summary', '--json', '--index', file])) as SummaryDocument;
  const { name } = classes[Math.min(MEDIUM_CLASS, classes.length - 1)];
  const listed = runHeapstream(['objects', '--json', '--index', '--top', '1000', file, name]);
  const { objects } = JSON.parse(listed) as { objects: readonly { id: number }[] };
  // a small heap has fewer, which lie closer together
  const apart = Math.max(1, Math.min(OBJECTS_APART, Math.floor(objects.length / OBJECTS_WANTED)));
  idsByFile.set(
    file,
    objects.filter((_, at) => at % apart === 0).map(({ id }) => id),
  );
}

function nextId(file: string): number {
  const ids = idsByFile.get(file) ?? [];
  const id = ids.shift();
  if (id === undefined) throw new Error(`${file}: no object left to ask about`);
  return id;
}

/** Index files are large; this deletes the one that `prepare` made. */
export function removeIndex(file: string): void {
  rmSync(file + INDEX_SUFFIX, { force: true });
}

function heapstreamCommand(args: readonly string[], readAnswer: EngineCommand['readAnswer']): EngineCommand {
  return { command: process.execPath, args: [HEAPSTREAM, ...args], readAnswer };
}

function runHeapstream(args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [HEAPSTREAM, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(stderr.trim());
  return stdout;
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
  readonly classes: readonly {
    readonly name: string;
    readonly location: LocationDocument | null;
    readonly addedCount: number;
    readonly removedCount: number;
  }[];
}

/** Without classes of which only the sizes of old objects changed: others have no rows for these. */
function readDiff(stdout: string): Answer {
  const { classes } = JSON.parse(stdout) as DiffDocument;
  return {
    classes: classes
      .filter(({ addedCount, removedCount }) => addedCount > 0 || removedCount > 0)
      .map(({ name, location, addedCount, removedCount }) => ({
        name,
        ...locationOf(location),
        count: addedCount,
        deletedCount: removedCount,
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
