// bench-sweep [--sizes 10mb,…,10gb] [--engines heapstream] [--rounds 3] [--no-limits] [--resume] [--write]
//
// How cost grows: `summary` of generated heaps from 10 MB to 10 GB, its answers held against what is known by
// construction; and heaps that other engines cannot open. Every file is deleted when it has been measured.
import { rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  RealisticHeap,
  type RealisticHeapOptions,
  type RealisticHeapTotals,
} from '@heapstream/snapshot-builder';
import { BenchState } from './bench-state.js';
import type { Answer, Engine } from './engine.js';
import { engineNamed } from './engines/index.js';
import { parseSize, writeGeneratedHeap } from './generated-heap.js';
import { WORK_FOLDER } from './inputs.js';
import { watchMachine } from './measure/machine.js';
import { runRounds } from './measure/run-rounds.js';
import { installPeers } from './peers/install-peers.js';
import { type SweepPoint, type SweepResults, writeSweep } from './report/write-sweep.js';
import { summary } from './tasks/summary.js';

const SIZES = '10mb,30mb,100mb,300mb,1gb,3gb,10gb';
/** A string table longer than any JavaScript string, in a heap that is small otherwise. */
const LONG_STRINGS = { nodes: 500_000, stringBytes: 700e6 };
const LONG_STRINGS_ENGINES = ['heapstream', 'DevTools', 'memlab', 'heap-snapshot'];
/** An engine that has not opened it by then does not: memlab collects garbage for the twenty minutes that others get. */
const LONGEST_OF_LONG_STRINGS = 3 * 60_000;
/** One round takes minutes above. */
const SINGLE_ROUND_BYTES = 2e9;

const { values } = parseArgs({
  options: {
    sizes: { type: 'string' },
    engines: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    'no-limits': { type: 'boolean', default: false },
    resume: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const engines = (values.engines ?? 'heapstream').split(',').map(engineNamed);
const longStringsEngines = values['no-limits'] ? [] : LONG_STRINGS_ENGINES.map(engineNamed);
if ([...engines, ...longStringsEngines].some(({ isPeer }) => isPeer)) await installPeers();

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
const state = new BenchState<SweepPoint[]>('sweep-state.json', values.resume);
const endWatch = watchMachine();
const file = join(WORK_FOLDER, 'sweep.heapsnapshot');
process.once('exit', () => {
  for (const path of [file, `${file}.part`]) rmSync(path, { force: true });
});
const points: SweepPoint[] = [];
for (const size of (values.sizes ?? SIZES).split(',')) {
  const bytes = parseSize(size);
  const rounds = bytes > SINGLE_ROUND_BYTES ? 1 : Number(values.rounds);
  points.push(
    ...(await measureHeap(size, { nodes: RealisticHeap.nodesForBytes(bytes) }, bytes, engines, rounds)),
  );
}
const limits: SweepPoint[] = [];
if (longStringsEngines.length > 0) {
  const label = 'string table of 700 MB';
  const { stringBytes } = LONG_STRINGS;
  const longest = LONGEST_OF_LONG_STRINGS;
  limits.push(...(await measureHeap(label, LONG_STRINGS, stringBytes, longStringsEngines, 1, longest)));
}
const results: SweepResults = {
  name: 'sweep',
  command: `npm run bench:sweep${process.argv.length > 2 ? ` -- ${process.argv.slice(2).join(' ')}` : ''}`,
  date: new Date().toISOString(),
  machine: endWatch(),
  points,
  limits,
};
// the published tables are those of whole runs
const isPartial = values['no-limits'] || values.sizes !== undefined || values.engines !== undefined;
await writeSweep(results, { isDry: isPartial && !values.write });

async function measureHeap(
  label: string,
  options: RealisticHeapOptions,
  aboutBytes: number,
  measured: readonly Engine[],
  rounds: number,
  timeoutMilliseconds?: number,
): Promise<SweepPoint[]> {
  const key = [label, rounds, ...measured.map(({ name }) => name)].join(' ');
  const known = state.get(key);
  if (known !== undefined) {
    console.error(`${label}: kept from the run before`);
    return known;
  }
  const { bavail, bsize } = statfsSync(WORK_FOLDER);
  if (bavail * bsize < aboutBytes * 1.1) throw new Error(`${label}: no room for it in ${WORK_FOLDER}`);
  try {
    console.error(`${label}: writing it`);
    const { bytes, ...totals } = await writeGeneratedHeap(file, options);
    const report = (text: string) => console.error(`  ${text}`);
    const series = await runRounds({ file }, bytes, summary, measured, rounds, report, timeoutMilliseconds);
    const found = series.map(({ engine, leftOut, measurements }): SweepPoint => {
      for (const { answer } of measurements) checkAgainst(totals, answer, `${engine}, ${label}`);
      return {
        label,
        engine,
        bytes,
        nodeCount: totals.nodeCount,
        edgeCount: totals.edgeCount,
        stringBytes: totals.stringBytes,
        figures: measurements.map(({ answer: _, ...figures }) => figures),
        ...(leftOut && { leftOut }),
      };
    });
    state.put(key, found);
    return found;
  } finally {
    rmSync(file, { force: true });
  }
}

/** The totals are known by construction: an engine that finds others has read something wrong. */
function checkAgainst(totals: RealisticHeapTotals, answer: Answer, who: string): void {
  const sessions = answer.classes?.find(({ name }) => name === 'Session');
  const rows: [what: string, expected: number, actual: number | undefined, precision?: number][] = [
    ['nodes', totals.nodeCount, answer.nodeCount],
    ['edges', totals.edgeCount, answer.edgeCount],
    ['total size', totals.totalSelfSize, answer.totalSize, answer.totalSizePrecision],
    ['sessions', totals.sessionCount, sessions?.count],
    [
      'retained size of the sessions',
      totals.sessionRetainedSize,
      sessions?.retainedSize,
      sessions?.precision,
    ],
  ];
  for (const [what, expected, actual, precision = 0] of rows) {
    if (actual === undefined || Math.abs(actual - expected) <= precision) continue;
    throw new Error(`${who}: ${what}: ${actual}, by construction ${expected}`);
  }
}
