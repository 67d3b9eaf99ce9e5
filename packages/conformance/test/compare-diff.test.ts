import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { diffSnapshotsSync, type InterfacesOf } from '@heapstream/diff';
import { analyzeSync, type HeapAnalysis } from '@heapstream/dominators';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { compareDiff, compareInEngine, type DiffComparison, LOST_ROWS_RULE } from '../src/compare-diff.js';
import { openInEngine, openParsedInEngine } from '../src/devtools-engine.js';
import { openText } from '../src/heapstream-answers.js';
import type { SnapshotJson } from '../src/parsed-profile.js';
import { readDecompressed } from '../src/read-decompressed.js';
import { type DrawnNode, drawnText } from './support/drawn-snapshot.js';
import { ONE_NAME } from './support/engine-faults.js';
import { type RandomHeap, randomHeap } from './support/random-heap.js';

const PAIRS = fileURLToPath(new URL('fixtures/pairs', import.meta.url));
const PROGRAM = fileURLToPath(new URL('fixtures/leak.cjs', import.meta.url));
const WAYS = ['array', 'map', 'closure', 'listener', 'timer', 'promise'];
const INTERFACES: readonly InterfacesOf[] = ['current', 'base', 'none'];
const SMALL_HEAP = ['--no-node-snapshot', '--lite-mode', '--no-warnings'];

const folder = mkdtempSync(join(tmpdir(), 'heapstream-test-'));
let equalValues = 0;

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  console.log(`heapstream and DevTools on pairs of snapshots: ${equalValues} values equal`);
});

/** Compares with each choice of interfaces; the names of the classes with new or deleted objects. */
async function compareFiles(before: string, after: string): Promise<string[]> {
  const bytes = await Promise.all([before, after].map(readDecompressed));
  const [base, current] = [analyzeSync(await openText(bytes[0])), analyzeSync(await openText(bytes[1]))];
  const [engineBase, engineCurrent] = [await openInEngine(bytes[0]), await openInEngine(bytes[1])];
  const own = [engineBase, engineCurrent].map((snapshot) => JSON.parse(snapshot.interfaceDefinitions()));
  let names: string[] = [];
  for (const interfaces of INTERFACES) {
    const ours = diffSnapshotsSync(base, current, { interfaces });
    engineBase.applyInterfaceDefinitions(own[0]);
    engineCurrent.applyInterfaceDefinitions(own[1]);
    const { diff } = compareInEngine(engineBase, engineCurrent, interfaces);
    const comparison = compareDiff(ours, diff, engineBase, engineCurrent);
    expect({ interfaces, matchedBy: ours.matchedBy, ...comparison }).toMatchObject({
      matchedBy: 'id',
      differences: [],
      excluded: [],
    });
    expect(comparison.equal).toBe(diff.size * 6);
    equalValues += comparison.equal;
    if (interfaces === 'current')
      names = ours.rows.filter(({ sizeDelta }) => sizeDelta > 0).map(({ name }) => name);
  }
  return names;
}

const pairs = readdirSync(PAIRS)
  .filter((name) => name.includes('-before.'))
  .map((name) => name.replace('-before.heapsnapshot.br', ''));

test('there are pairs of Node 22, 24 and 26 and of Chromium', () => {
  expect(pairs.sort()).toEqual(['chromium', 'node-22', 'node-24', 'node-26']);
});

test.each(pairs)('a program that leaks in every way: %s', async (name) => {
  const [before, after] = ['before', 'after'].map((moment) =>
    join(PAIRS, `${name}-${moment}.heapsnapshot.br`),
  );
  const grown = await compareFiles(before, after);
  expect(grown).toEqual(expect.arrayContaining(['Order', 'Promise', 'Function', 'Array']));
});

const GROWN: Readonly<Record<string, string>> = {
  array: 'Array',
  map: '(concatenated string)',
  closure: 'Function',
  listener: 'Function',
  timer: 'Timeout',
  promise: 'Promise',
};

test.each(WAYS)('a leak by %s in this very Node', async (way) => {
  const [before, after] = ['before', 'after'].map((moment) => join(folder, `${way}-${moment}.heapsnapshot`));
  await promisify(execFile)(process.execPath, [...SMALL_HEAP, PROGRAM, way, before, after], {
    cwd: folder,
    env: {},
  });
  expect(await compareFiles(before, after)).toContain(GROWN[way]);
});

/** With the root last, the engine sorts no object by interfaces: the rule `interfaces-from-root-on`. */
const rootFirst = randomHeap.filter(({ options }) => options.rootOrdinal === undefined).map(tamed);

/** Ids and sizes that the engine does not wrap, the same ids in every heap. */
function tamed({ nodes, options }: RandomHeap): { nodes: DrawnNode[]; options: RandomHeap['options'] } {
  return {
    options,
    nodes: nodes.map((node, ordinal) => ({
      ...node,
      id: 2 * ordinal + 1,
      selfSize: Math.min(node.selfSize ?? 0, 1_000_000),
    })),
  };
}

function chooseDefinitions(analyses: readonly HeapAnalysis[], interfaces: InterfacesOf) {
  if (interfaces === 'none') return [];
  return analyses[interfaces === 'base' ? 0 : 1].graph.classes.interfaces;
}

async function compareDrawn(
  heaps: readonly [
    Pick<RandomHeap, 'nodes'> & Partial<RandomHeap>,
    Pick<RandomHeap, 'nodes'> & Partial<RandomHeap>,
  ],
  interfaces: InterfacesOf,
): Promise<DiffComparison> {
  const texts = heaps.map(({ nodes, options }) => drawnText(nodes, options));
  const [base, current] = [analyzeSync(await openText(texts[0])), analyzeSync(await openText(texts[1]))];
  const engines = await Promise.all(
    texts.map((text) => openParsedInEngine(JSON.parse(text) as SnapshotJson)),
  );
  const { definitions, diff } = compareInEngine(engines[0], engines[1], interfaces);
  const found = definitions.map(({ name, properties }) => ({ name, properties }));
  expect(chooseDefinitions([base, current], interfaces)).toEqual(found);
  const ours = diffSnapshotsSync(base, current, { match: 'id', allowMixed: true, interfaces });
  return compareDiff(ours, diff, engines[0], engines[1]);
}

test('heapstream and DevTools compare 500 random pairs alike', async () => {
  let excluded = 0;
  await fc.assert(
    fc.asyncProperty(
      rootFirst,
      rootFirst,
      fc.constantFrom(...INTERFACES),
      async (base, current, interfaces) => {
        const comparison = await compareDrawn([base, current], interfaces);
        expect(comparison.differences).toEqual([]);
        equalValues += comparison.equal;
        excluded += comparison.excluded.length;
      },
    ),
    { numRuns: 500 },
  );
  console.log(`random pairs: ${excluded} rows excluded by "${LOST_ROWS_RULE}"`);
});

test(`heapstream is right where DevTools is wrong: ${LOST_ROWS_RULE}`, async () => {
  const without = ONE_NAME.map((node): DrawnNode => (node.name === 'one' ? { ...node, id: 99 } : node));
  const comparison = await compareDrawn([{ nodes: ONE_NAME }, { nodes: without }], 'current');
  expect(comparison).toMatchObject({ differences: [], excluded: [',Function'] });
});
