// measure-questions <file> <questions> [check]: asks about random nodes of a snapshot that has an index file, each time of
// a graph that was opened anew and knows nothing yet; with `check`, compares the answers with those of the parsed graph.
import { isDeepStrictEqual } from 'node:util';
import { type HeapGraph, openSnapshot } from '@heapstream/core';
import {
  analyze,
  dominatorChain,
  findRetainingPaths,
  type HeapAnalysis,
  largestDominated,
  listRetainers,
} from '@heapstream/dominators';

/** Milliseconds of each kind of question, and of opening, in the order in which they were asked. */
export type QuestionTimes = Record<keyof typeof QUESTIONS | 'open', number[]>;

export interface QuestionsMeasurement {
  readonly milliseconds: QuestionTimes;
  /** Bytes. */
  readonly peakRss: number;
}

const [file, count, check] = process.argv.slice(2);

/** The words that a command would print. */
const QUESTIONS = {
  paths: (analysis: HeapAnalysis, node: number) => pathsOf(analysis, node, 1),
  'three paths': (analysis: HeapAnalysis, node: number) => pathsOf(analysis, node, 3),
  retainers: (analysis: HeapAnalysis, node: number) =>
    listRetainers(analysis, node).links.map((link) => [
      link.edge.name,
      ...wordsOf(analysis, link.node.ordinal),
    ]),
  dominators: (analysis: HeapAnalysis, node: number) =>
    [...dominatorChain(analysis, node), ...largestDominated(analysis, node, { limit: 10 }).ordinals].map(
      (ordinal) => wordsOf(analysis, ordinal),
    ),
};

function pathsOf(analysis: HeapAnalysis, node: number, paths: number): unknown {
  return findRetainingPaths(analysis, node, { count: paths }).paths.map(({ steps }) =>
    steps.map((step) => [step.edge?.name, ...wordsOf(analysis, step.node.ordinal)]),
  );
}

function wordsOf(analysis: HeapAnalysis, ordinal: number): unknown[] {
  const { className, id, name } = analysis.graph.node(ordinal);
  return [id, name, className, analysis.retainedSizeOf(ordinal), analysis.distanceOf(ordinal)];
}

const milliseconds: QuestionTimes = { open: [], paths: [], 'three paths': [], retainers: [], dominators: [] };
const answers: { readonly kind: keyof typeof QUESTIONS; readonly id: number; readonly answer: unknown }[] =
  [];
const ids = await randomIds();
// before the first question the process has run none of the code: that is part of what people wait for
for (const [turn, id] of ids.entries()) {
  const kinds = Object.keys(QUESTIONS) as (keyof typeof QUESTIONS)[];
  for (const kind of turn % 2 === 0 ? kinds : kinds.toReversed()) {
    const started = performance.now();
    const analysis = await analyze(await openIndexed());
    const opened = performance.now();
    const answer = QUESTIONS[kind](analysis, analysis.graph.ordinalOfId(id)!);
    milliseconds[kind].push(performance.now() - opened);
    milliseconds.open.push(opened - started);
    answers.push({ kind, id, answer });
  }
}
const measurement: QuestionsMeasurement = {
  milliseconds,
  peakRss: process.resourceUsage().maxRSS * 1024,
};
if (check === 'check') await compareWithParsed();
console.log(JSON.stringify(measurement));

async function openIndexed(): Promise<HeapGraph> {
  const graph = await openSnapshot(file, { index: true });
  if (graph.index?.read('analysis', '1') === null)
    throw new Error(`${file} has no index file with an analysis`);
  return graph;
}

/** The same in every run. */
async function randomIds(): Promise<number[]> {
  const graph = await openIndexed();
  let state = 1;
  return Array.from({ length: Number(count) }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return graph.node(Math.floor((state / 2 ** 32) * graph.nodeCount)).id;
  });
}

async function compareWithParsed(): Promise<void> {
  const analysis = await analyze(await openSnapshot(file));
  for (const { answer, id, kind } of answers) {
    const expected = QUESTIONS[kind](analysis, analysis.graph.ordinalOfId(id)!);
    if (!isDeepStrictEqual(answer, expected)) throw new Error(`${kind} of @${id}: the answers differ`);
  }
}
