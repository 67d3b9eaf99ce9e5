import { join } from 'node:path';
import type { Answer, ClassAnswer, Engine, EngineCommand } from '../engine.js';
import { glibcLoader } from '../peers/glibc.js';
import { PEER_FOLDER } from '../peers/peer-folder.js';

const BINARY = join(PEER_FOLDER, 'node_modules', '@heap-snapshot', 'linux-x64', 'heap-snapshot');

export const heapSnapshotTool: Engine = {
  name: 'heap-snapshot',
  description: '@heap-snapshot/tool, native Rust: its commands `summary` and `diff`, which print text',
  isPeer: true,
  knownDifferences:
    'groups hidden nodes and code by name (`system / Map`) where DevTools and we have `(system)` and `(compiled code)`, and moves no shallow sizes to owners, hence other sizes by class. It prints rounded sizes, which are compared as precisely as they are printed',
  commands: {
    summary: ({ file }) => command(['summary', file], readSummary),
    // its own order: the later snapshot first
    diff: ({ file, later }) => command(['diff', later!, file], readDiff),
  },
};

function command(args: readonly string[], readAnswer: EngineCommand['readAnswer']): EngineCommand {
  return { ...startedThrough(args), readAnswer };
}

function startedThrough(args: readonly string[]): Pick<EngineCommand, 'command' | 'args'> {
  const loader = glibcLoader();
  if (loader === undefined) return { command: BINARY, args };
  return { command: loader.program, args: ['--library-path', loader.libraries, BINARY, ...args] };
}

/** `▶ SymbolObject [script_id=150:L152015:14]  ×52,061    7    6.8 MB   5%    14.4 MB   3%` */
const SUMMARY_ROW =
  /^▶ (?<label>.*?) {2}×(?<count>[\d,]+) +\S+ +(?:[\d.]+ \w+) +\d+% +(?<retained>[\d.]+ \w+) +\d+%$/;
/** `Total (22107 constructors)    129.3 MB 100%    427.4 MB 100%` */
const SUMMARY_TOTAL = /^Total \(\d+ constructors\) +(?<total>[\d.]+ \w+)/;

export function readSummary(stdout: string): Answer {
  const classes: ClassAnswer[] = [];
  let answer: Answer = {};
  for (const line of stdout.split('\n')) {
    const row = SUMMARY_ROW.exec(line)?.groups;
    if (row !== undefined) {
      const { bytes, precision } = readSize(row.retained);
      classes.push({ ...readLabel(row.label), count: readCount(row.count), retainedSize: bytes, precision });
    }
    const total = SUMMARY_TOTAL.exec(line)?.groups;
    if (total !== undefined) {
      const { bytes, precision } = readSize(total.total);
      answer = { totalSize: bytes, totalSizePrecision: precision };
    }
  }
  return { ...answer, classes };
}

/** `▶ Session   +1,204   -17   +1,187 …` */
const DIFF_ROW = /^▶ (?<label>.*?) {2,}\+?(?<added>[\d,]+) +[-−]?(?<deleted>[\d,]+) /;

export function readDiff(stdout: string): Answer {
  const classes: ClassAnswer[] = [];
  for (const line of stdout.split('\n')) {
    const row = DIFF_ROW.exec(line)?.groups;
    if (row === undefined) continue;
    classes.push({
      ...readLabel(row.label),
      count: readCount(row.added),
      deletedCount: readCount(row.deleted),
    });
  }
  return { classes };
}

/** `NAME [script_id=150:L152015:14]`: line and column counted from 1. */
function readLabel(label: string): Pick<ClassAnswer, 'name' | 'location'> {
  const found = /^(?<name>.*) \[script_id=(?<script>\d+):L(?<line>\d+):(?<column>\d+)\]$/.exec(label)?.groups;
  if (found === undefined) return { name: label };
  const { name, script, line, column } = found;
  return { name, location: `${script},${Number(line) - 1},${Number(column) - 1}` };
}

function readCount(text: string): number {
  return Number(text.replaceAll(',', ''));
}

const BYTES_BY_UNIT: Readonly<Record<string, number>> = { B: 1, kB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30 };

/** Its units are powers of 1,024. */
function readSize(text: string): { bytes: number; precision: number } {
  const [digits, unit] = text.split(' ');
  const decimals = digits.split('.')[1]?.length ?? 0;
  const scale = BYTES_BY_UNIT[unit];
  return { bytes: Number(digits) * scale, precision: scale === 1 ? 0 : (0.51 * scale) / 10 ** decimals };
}
