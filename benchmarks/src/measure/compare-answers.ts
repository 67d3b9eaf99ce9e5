import { isDeepStrictEqual } from 'node:util';
import type { Answer, ClassAnswer } from '../engine.js';
import type { Series } from './run-rounds.js';

/** How many of the classes that retain most are held against each other. */
const TOP_CLASSES = 20;

/** What one engine's answer has in common with the reference; a part that it does not tell is `undefined`. */
export interface AnswerComparison {
  readonly engine: string;
  readonly task: string;
  readonly parts: readonly ComparedPart[];
}

export interface ComparedPart {
  readonly name:
    | 'nodes'
    | 'edges'
    | 'total size'
    | 'bytes'
    | 'rows'
    | 'objects by class'
    | 'other classes'
    | 'retained sizes';
  /** Values that are the same, of those compared. */
  readonly equal: number;
  readonly compared: number;
  /** The first that differs, in words. */
  readonly difference?: string;
}

const COUNTS: readonly (readonly [ComparedPart['name'], keyof Answer])[] = [
  ['nodes', 'nodeCount'],
  ['edges', 'edgeCount'],
  ['total size', 'totalSelfSize'],
  ['bytes', 'byteLength'],
  ['rows', 'rowCount'],
];

/** Holds an answer against the reference's, part by part; parts that only one of them tells are left out. */
export function compareAnswers(
  reference: Answer,
  { engine, task }: Series,
  answer: Answer,
): AnswerComparison {
  const parts: ComparedPart[] = [];
  for (const [name, key] of COUNTS) {
    const [ours, theirs] = [reference[key], answer[key]];
    if (ours === undefined || theirs === undefined) continue;
    parts.push(partOf(name, [{ what: name, ours: Number(ours), theirs: Number(theirs) }]));
  }
  if (reference.totalSize !== undefined && answer.totalSize !== undefined) {
    const precision = answer.totalSizePrecision ?? 0;
    parts.push(
      partOf('total size', [
        { what: 'total size', ours: reference.totalSize, theirs: answer.totalSize, precision },
      ]),
    );
  }
  if (reference.classes !== undefined && answer.classes !== undefined) {
    parts.push(...compareClasses(reference.classes, answer.classes));
  }
  return { engine, task, parts };
}

/** Throws where an engine answers otherwise in another round. */
export function checkRounds({ engine, task, measurements }: Series): void {
  const [first, ...others] = measurements;
  if (!others.every(({ answer }) => isDeepStrictEqual(answer, first.answer))) {
    throw new Error(`${engine}, ${task}: the answers of two rounds differ`);
  }
}

interface ComparedValue {
  readonly what: string;
  readonly ours: number;
  readonly theirs: number | undefined;
  readonly precision?: number;
}

function partOf(name: ComparedPart['name'], values: readonly ComparedValue[]): ComparedPart {
  const isEqual = ({ ours, theirs, precision = 0 }: ComparedValue) =>
    theirs !== undefined && Math.abs(ours - theirs) <= precision;
  const different = values.find((value) => !isEqual(value));
  return {
    name,
    equal: values.filter(isEqual).length,
    compared: values.length,
    ...(different && {
      difference: `${different.what}: ${number(different.ours)} here, ${different.theirs === undefined ? 'none' : number(different.theirs)} there`,
    }),
  };
}

/** All our rows by their counts; of those that retain most, the retained sizes too. */
function compareClasses(ours: readonly ClassAnswer[], theirs: readonly ClassAnswer[]): ComparedPart[] {
  const keyOf = theirs.some(({ location }) => location !== undefined)
    ? ({ name, location }: ClassAnswer) => `${name} ${location ?? ''}`
    : ({ name }: ClassAnswer) => name;
  const [oursByKey, theirsByKey] = [groupByKey(ours, keyOf), groupByKey(theirs, keyOf)];
  const counts: ComparedValue[] = [];
  for (const [key, rows] of oursByKey) {
    const others = theirsByKey.get(key);
    const what = rows[0].name;
    counts.push({ what, ours: total(rows, 'count'), theirs: others && total(others, 'count') });
    if (rows[0].deletedCount === undefined) continue;
    counts.push({
      what: `${what}, deleted`,
      ours: total(rows, 'deletedCount'),
      theirs: others && total(others, 'deletedCount'),
    });
  }
  const parts = [partOf('objects by class', counts)];
  const others = Array.from(theirsByKey).filter(([key]) => !oursByKey.has(key));
  if (others.length > 0) {
    const extra = others.map(([, rows]) => ({ what: rows[0].name, ours: 0, theirs: total(rows, 'count') }));
    parts.push(partOf('other classes', extra));
  }
  // the sizes of two rows of one name do not add up: one may hold the other
  const single = Array.from(oursByKey).filter(
    ([, rows]) => rows.length === 1 && rows[0].retainedSize !== undefined,
  );
  if (single.length > 0 && theirs.some(({ retainedSize }) => retainedSize !== undefined)) {
    const top = single.sort(([, [a]], [, [b]]) => b.retainedSize! - a.retainedSize!).slice(0, TOP_CLASSES);
    const values = top.map(([key, [{ name, retainedSize }]]): ComparedValue => {
      const other = theirsByKey.get(key)?.[0];
      return { what: name, ours: retainedSize!, theirs: other?.retainedSize, precision: other?.precision };
    });
    parts.push(partOf('retained sizes', values));
  }
  return parts;
}

function groupByKey(
  rows: readonly ClassAnswer[],
  keyOf: (row: ClassAnswer) => string,
): Map<string, ClassAnswer[]> {
  const groups = new Map<string, ClassAnswer[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}

function total(rows: readonly ClassAnswer[], field: 'count' | 'deletedCount'): number {
  return rows.reduce((sum, row) => sum + (row[field] ?? 0), 0);
}

function number(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
