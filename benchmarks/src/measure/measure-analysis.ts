// measure-analysis <file> <threads> [abort]: opens a snapshot, analyses it once on a pool of so many threads and prints
// what it measured; with `abort`, aborts the analysis half a second after it began and measures until it is over.
import { createPool, OperationAbortedError, openSnapshot } from '@heapstream/core';
import { analyze, type HeapAnalysis } from '@heapstream/dominators';
import type { AbortMeasurement, AnalysisMeasurement } from './analysis-measurement.js';

const [file, threads, mode] = process.argv.slice(2);
const ABORT_AFTER = 500;
const TICK = 5;
const SMALL = new URL('../../../packages/core/test/fixtures/synthetic/demo.heapsnapshot', import.meta.url);

const graph = await openSnapshot(file);
const pool = createPool({ threads: Number(threads) });
// threads that run already and have loaded the code, as in a tool that analyses more than one snapshot
const small = await openSnapshot(SMALL);
for (let turn = 0; turn < pool.threads; turn++) await analyze(small, { pool });
console.log(JSON.stringify(mode === 'abort' ? await measureAbort() : await measureAnalysis()));
await pool.close();

async function measureAnalysis(): Promise<AnalysisMeasurement> {
  const endPauses = watchPauses();
  const cpuBefore = process.cpuUsage();
  const started = performance.now();
  const analysis = await analyze(graph, { pool });
  const milliseconds = performance.now() - started;
  const longestPause = endPauses();
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    answer: answerOf(analysis),
    milliseconds,
    longestPause,
    cpuMilliseconds: (user + system) / 1000,
    peakRss: process.resourceUsage().maxRSS * 1024,
  };
}

async function measureAbort(): Promise<AbortMeasurement> {
  const controller = new AbortController();
  const work = analyze(graph, { pool, signal: controller.signal });
  await new Promise((resolve) => setTimeout(resolve, ABORT_AFTER));
  const aborted = performance.now();
  controller.abort();
  try {
    await work;
  } catch (error) {
    if (!(error instanceof OperationAbortedError)) throw error;
    return { milliseconds: performance.now() - aborted };
  }
  throw new Error('the analysis was over before it was aborted');
}

/** Figures that depend on every node. */
function answerOf(analysis: HeapAnalysis): AnalysisMeasurement['answer'] {
  const { distanceByNode, dominatorByNode, retainedSizeByNode } = analysis.columns;
  let retained = 0;
  let mixed = 0;
  for (let node = 0; node < analysis.graph.nodeCount; node++) {
    retained += retainedSizeByNode[node];
    mixed = (Math.imul(mixed, 31) + dominatorByNode[node] * 7 + distanceByNode[node]) | 0;
  }
  return { totalSize: analysis.totalSize, sumOfRetainedSizes: retained, mixOfDominatorsAndDistances: mixed };
}

/** The longest time that the event loop had no turn; the function returned ends the watch. */
function watchPauses(): () => number {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - TICK);
    last = now;
  }, TICK);
  return () => {
    clearInterval(timer);
    return Math.max(longest, performance.now() - last - TICK);
  };
}
