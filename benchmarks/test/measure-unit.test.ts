import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import type { Engine } from '../src/engine.js';
import { engineNamed } from '../src/engines/index.js';
import { writeGeneratedHeap } from '../src/generated-heap.js';
import { measureUnit } from '../src/measure/measure-unit.js';
import { measure } from '../src/measure/run-rounds.js';
import { comparisonChart, drawSvg } from '../src/report/charts.js';
import { comparisonMarkdown } from '../src/report/comparison-markdown.js';
import type { ComparisonResults, UnitResults } from '../src/report/comparison-results.js';
import { checkTargets } from '../src/targets.js';
import { TASKS } from '../src/tasks/index.js';
import { summary } from '../src/tasks/summary.js';

const fixture = new URL('../../packages/core/test/fixtures/synthetic/demo.heapsnapshot', import.meta.url);
const file = fileURLToPath(fixture);
const OWN_ENGINES = ['heapstream', 'JSON.parse', 'plain read'].map(engineNamed);
const folder = mkdtempSync(join(tmpdir(), 'heapstream-bench-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const silent = () => undefined;

it('measures, compares and reports, without peers', async () => {
  const units: UnitResults[] = [];
  for (const task of TASKS.filter(({ name }) => ['parse', 'histogram', 'summary'].includes(name))) {
    units.push(await measureUnit('demo', { file }, task, OWN_ENGINES, 2, silent));
  }
  const measured = units.flatMap(({ task, series }) => series.map(({ engine }) => `${task}: ${engine}`));
  expect(measured).toEqual([
    'parse: heapstream',
    'parse: JSON.parse',
    'parse: plain read',
    'histogram: heapstream',
    'histogram: JSON.parse',
    'summary: heapstream',
  ]);
  for (const { series, comparisons } of units) {
    for (const { figures } of series) {
      expect(figures.length).toBe(2);
      for (const { milliseconds, peakRss, cpuMilliseconds } of figures) {
        expect(milliseconds).toBeGreaterThan(0);
        expect(cpuMilliseconds).toBeGreaterThan(0);
        expect(peakRss).toBeGreaterThan(10e6);
      }
    }
    for (const { parts } of comparisons) {
      expect(parts.length).toBeGreaterThan(0);
      for (const { equal, compared } of parts) expect(equal).toBe(compared);
    }
  }

  const { nodeCount = 0, edgeCount = 0 } = units[0];
  expect(nodeCount).toBeGreaterThan(1);
  const input = { name: 'demo', size: '5mb', bytes: statSync(file).size, nodeCount, edgeCount };
  const results: ComparisonResults = { name: 'comparison', command: 'bench', inputs: [input], units };
  const text = comparisonMarkdown(results, checkTargets(results), [], TASKS, OWN_ENGINES);
  expect(text).toMatch(/\| summary \| heapstream \| \d/);
  expect(text).toMatch(/\| parse \| JSON.parse \| [\d.]+ \([\d.–]+\) \| [\d.]+ × \|/);
  expect(text).toContain('| demo | histogram | JSON.parse | same | same | same |  |  |');
  const svg = await drawSvg(comparisonChart(results, 'summary', 'milliseconds')!);
  expect(svg).toMatch(/^<svg /);
  expect(svg).toContain('>heapstream</text>');
});

it('refuses other counts, and other classes that nobody explains', async () => {
  const liar = (changes: object): Engine => ({
    name: 'liar',
    description: '',
    commands: {
      summary: (files) => {
        const honest = engineNamed('heapstream').commands!.summary(files);
        return { ...honest, readAnswer: (stdout) => ({ ...honest.readAnswer(stdout), ...changes }) };
      },
    },
  });
  const run = (engine: Engine) =>
    measureUnit('demo', { file }, summary, [engineNamed('heapstream'), engine], 1, silent);
  await expect(run(liar({ nodeCount: 1 }))).rejects.toThrow(
    /liar, summary: other nodes: nodes: \d+ here, 1 there/,
  );
  await expect(run(liar({ classes: [] }))).rejects.toThrow('liar, summary: other objects by class');
  const explained = await run({ ...liar({ classes: [] }), knownDifferences: 'knows no classes' });
  expect(explained.comparisons[0].parts.map(({ name }) => name)).toContain('objects by class');
});

it('says why an engine fails, and gives it no figures', async () => {
  const broken: Engine = {
    name: 'broken',
    description: '',
    commands: {
      summary: () => ({
        command: process.execPath,
        args: ['-e', 'JSON.parse("{")'],
        readAnswer: () => ({}),
      }),
    },
  };
  const { series } = await measureUnit('demo', { file }, summary, [broken], 2, silent);
  expect(series).toEqual([
    { engine: 'broken', figures: [], leftOut: expect.stringMatching(/^fails: Expected property name/) },
  ]);
});

it('a generated heap is summarised as its construction says', async () => {
  const generated = join(folder, 'generated.heapsnapshot');
  const totals = await writeGeneratedHeap(generated, { nodes: 20_000, seed: 4 });
  const { answer } = await measure(engineNamed('heapstream'), summary, { file: generated });
  expect(answer).toMatchObject({
    nodeCount: totals.nodeCount,
    edgeCount: totals.edgeCount,
    totalSize: totals.totalSelfSize,
  });
  expect(answer.classes?.find(({ name }) => name === 'Session')).toMatchObject({
    count: totals.sessionCount,
    retainedSize: totals.sessionRetainedSize,
  });
});
