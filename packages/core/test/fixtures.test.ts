import { readFileSync } from 'node:fs';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { SnapshotFormatError } from '../src/errors.js';
import type { HeapGraph } from '../src/graph/heap-graph.js';
import { readHistogram } from '../src/histogram/histogram.js';
import { openSnapshot } from '../src/open-snapshot.js';
import { inheritNaively } from './support/brute-force-detachedness.js';
import { describeGraph } from './support/describe-graph.js';
import { EITHER_VERDICTS } from './support/either-verdicts.js';
import { fixtureNames, fixturePath } from './support/fixtures.js';
import { readNaively } from './support/naive-reader.js';
import { rejectionOf } from './support/open-bytes.js';
import { plainGraph } from './support/plain-graph.js';

type Verdict = 'reject' | 'warn' | 'either';
const EXPECTATIONS = JSON.parse(readFileSync(fixturePath('invalid', 'expectations.json'), 'utf8')) as Record<
  string,
  { verdict: Verdict; why: string }
>;

describe('real', () => {
  test.each(fixtureNames('real'))('%s is as its twin says', async (name) => {
    const twinName = name.replace(/\.heap(snapshot|timeline)\.\w+$/, '.expected.json');
    const twin = JSON.parse(readFileSync(fixturePath('real', twinName), 'utf8'));
    const { producer, version, how, license, header, countsByDetachedness: _, ...expected } = twin;
    expect([producer, version, how, license].every((text) => typeof text === 'string')).toBe(true);
    for (const node of [...expected.firstNodes, ...expected.lastNodes]) delete node.detachedness;
    // a section without fields has no rows
    expected.sampleCount ??= 0;
    expected.traceFunctionCount ??= 0;
    const graph = await openSnapshot(fixturePath('real', name));
    expect(describeGraph(graph)).toEqual(expected);

    const claims = [
      ['node_count', header.nodeCount, graph.nodeCount],
      ['edge_count', header.edgeCount, graph.edgeCount],
      ['trace_function_count', header.traceFunctionCount ?? 0, expected.traceFunctionCount],
    ].filter(([, claimed, actual]) => claimed !== actual);
    expect(graph.warnings).toEqual(
      claims.map(([key, claimed, actual]) => ({
        code: 'HEADER_COUNT',
        message: `snapshot.${key} says ${claimed}; the file has ${actual}`,
      })),
    );

    const histogram = await readHistogram(fixturePath('real', name));
    expect([histogram.nodeCount, histogram.edgeCount, histogram.totalSelfSize]).toEqual([
      expected.nodeCount,
      expected.edgeCount,
      expected.totalSelfSize,
    ]);
  });

  // not zst: Node 20 cannot unpack it by itself
  test.each(fixtureNames('real').filter((name) => !name.endsWith('.zst')))(
    '%s has every number and string of JSON.parse',
    async (name) => {
      const graph = await openSnapshot(fixturePath('real', name));
      const { columns, meta, strings } = graph;
      const document = JSON.parse(fixtureText('real', name)!);
      const nodeColumn = (field: string) => columnOf(document.nodes, meta.nodeFields, field);
      const edgeColumn = (field: string) => columnOf(document.edges, meta.edgeFields, field);
      const offset = meta.nodeFields.length;
      const pairs: [ArrayLike<number>, number[]][] = [
        [columns.typeByNode, nodeColumn('type')],
        [columns.nameByNode, nodeColumn('name')],
        [columns.idByNode, nodeColumn('id')],
        [columns.selfSizeByNode, nodeColumn('self_size')],
        [columns.firstEdgeByNode, sumsOf(nodeColumn('edge_count'))],
        [columns.typeByEdge, edgeColumn('type')],
        // V8 prints the index of an element as int32
        [columns.nameByEdge, edgeColumn('name_or_index').map((name) => (name < 0 ? name + 2 ** 32 : name))],
        [columns.targetByEdge, edgeColumn('to_node').map((to) => to / offset)],
        [columns.scopes.scopes, document.scopes ?? []],
        [columns.scopes.contextVars, document.scope_context_vars ?? []],
        [columns.scopes.uses, document.scope_uses ?? []],
      ];
      for (const [column, expected] of pairs) expect(areSame(column, expected)).toBe(true);
      expect(JSON.stringify([...strings]) === JSON.stringify(document.strings)).toBe(true);
    },
  );

  test.each(['chromium-156-page.heapsnapshot.br', 'node-20.heapsnapshot.br'])(
    '%s has its states of detachedness inherited by the rule',
    async (name) => {
      const graph = await openSnapshot(fixturePath('real', name));
      const states = inheritNaively(readNaively(fixtureText('real', name)!).nodes);
      expect(areSame(graph.columns.detachednessByNode!, states as number[])).toBe(true);
    },
  );

  test('every twin has its file', () => {
    const names = fixtureNames('real').map((name) => name.split('.heap')[0]);
    expect(names.length).toBeGreaterThanOrEqual(8);
    expect(new Set(names).size).toBe(names.length);
  });

  // its scripts are found through edges, and in V8 15 through a column
  test.each([
    ['node-18.heapsnapshot.br', true],
    ['node-24.heapsnapshot.br', true],
    ['chromium-156-page.heapsnapshot.br', true],
    ['hermes-0.4.heapsnapshot.gz', false],
  ])('%s tells the names of its scripts: %s', async (name, hasNames) => {
    const graph = await openSnapshot(fixturePath('real', name));
    const ids = new Set(graph.columns.locations.scriptIdByLocation);
    const named = [...ids].filter((id) => graph.scriptName(id) !== undefined);
    expect(named.length > 0).toBe(hasNames);
    for (const id of named) expect(graph.scriptName(id)).not.toMatch(/^system \/ /);
  });
});

/** The text of a fixture, or undefined where Node 20 has no decompressor for it. */
function fixtureText(folder: 'real' | 'synthetic', name: string): string | undefined {
  const bytes = readFileSync(fixturePath(folder, name));
  if (name.endsWith('.br')) return brotliDecompressSync(bytes).toString();
  if (bytes[0] === 0x1f) return gunzipSync(bytes).toString();
  return bytes[0] === 0x7b || bytes[0] === 0xef || bytes[0] <= 0x20
    ? bytes.toString().replace(/^\ufeff/, '')
    : undefined;
}

function expectAsJsonParse(graph: HeapGraph, text: string): void {
  const expected = readNaively(text);
  const states = inheritNaively(expected.nodes);
  for (const [ordinal, node] of expected.nodes.entries()) node.detachedness = states[ordinal];
  expect(plainGraph(graph)).toEqual(expected);
}

function columnOf(numbers: readonly number[], fields: readonly string[], field: string): number[] {
  const at = fields.indexOf(field);
  return numbers.filter((_, i) => i % fields.length === at);
}

function sumsOf(counts: readonly number[]): number[] {
  const sums = [0];
  for (const count of counts) sums.push(sums.at(-1)! + count);
  return sums;
}

/** In one loop: hundreds of thousands of numbers are too many for a matcher. */
function areSame(column: ArrayLike<number>, expected: readonly number[]): boolean {
  return column.length === expected.length && expected.every((value, i) => column[i] === value);
}

describe('synthetic', () => {
  test.each(fixtureNames('synthetic'))('%s opens as JSON.parse reads it', async (name) => {
    const graph = await openSnapshot(fixturePath('synthetic', name));
    const text = fixtureText('synthetic', name);
    if (text !== undefined) expectAsJsonParse(graph, text);
    const mayWarn = /^(counts-missing|keys-duplicate-samples|unknown-section-)/.test(name);
    expect(graph.warnings.length > 0).toBe(mayWarn);
    const histogram = await readHistogram(fixturePath('synthetic', name));
    expect([histogram.nodeCount, histogram.edgeCount]).toEqual([graph.nodeCount, graph.edgeCount]);
  });

  test.each([
    ['demo.heapsnapshot.gz'],
    ['demo.heapsnapshot.zlib'],
    ['order-edges-before-nodes.heapsnapshot'],
    ['order-meta-after-counts.heapsnapshot'],
    ['order-snapshot-last.heapsnapshot'],
    ['order-strings-first.heapsnapshot'],
    ['keys-escaped.heapsnapshot'],
    ['ws-pretty-2.heapsnapshot'],
    ['ws-pretty-tab-crlf.heapsnapshot'],
    ['ws-v8-old-newline-per-node.heapsnapshot'],
    ['bom-utf8.heapsnapshot'],
  ])('%s is the demo once more', async (name) => {
    const demo = await openSnapshot(fixturePath('synthetic', 'demo.heapsnapshot'));
    const graph = await openSnapshot(fixturePath('synthetic', name));
    expect(graph.nodeCount).toBe(demo.nodeCount);
    expect([...graph.strings].sort()).toEqual([...demo.strings].sort());
  });
});

describe('invalid', () => {
  test('every file has an expectation, and every choice is pinned', () => {
    expect(Object.keys(EXPECTATIONS).sort()).toEqual(fixtureNames('invalid'));
    const either = Object.keys(EXPECTATIONS).filter((name) => EXPECTATIONS[name].verdict === 'either');
    expect(Object.keys(EITHER_VERDICTS).sort()).toEqual(either.sort());
  });

  test.each(Object.entries(EXPECTATIONS).map(([name, { verdict, why }]) => [name, verdict, why] as const))(
    '%s: %s (%s)',
    async (name, verdict) => {
      const opening = openSnapshot(fixturePath('invalid', name));
      const choice = EITHER_VERDICTS[name];
      if (verdict === 'reject') {
        expect(await rejectionOf(opening)).toBeInstanceOf(SnapshotFormatError);
      } else if (verdict === 'warn') {
        expect((await opening).warnings.length).toBeGreaterThan(0);
      } else if (typeof choice === 'string') {
        expect(await rejectionOf(opening)).toMatchObject({ code: choice });
      } else {
        expect((await opening).warnings.map(({ code }) => code)).toEqual(choice);
      }
    },
  );
});

test.each([
  ['empty', "document, byte 0: expected '{', got no bytes"],
  ['whitespace-only', "document, byte 5: expected '{', got nothing but white space"],
  ['trunc-nodes-mid', 'nodes, byte 1550: expected an integer, got the end of the input'],
  [
    'trunc-strings-mid-string',
    'strings, byte 4512: expected the end of the string, got the end of the input',
  ],
  [
    'trunc-exactly-one-number-short',
    'nodes, byte 2506: expected whole rows of 6 numbers, got 106 rows and 5 numbers',
  ],
  ['nodes-float', 'nodes, byte 865: expected an integer, got 1.…'],
  ['edges-negative', 'edges, byte 2522: expected an integer of 0 or more, got -1'],
  ['edges-short', 'edges, byte 3918: expected 167 edges (the sum of edge_count), got 166'],
  ['to-node-ordinals', 'edges, byte 2524: expected a node offset: a multiple of 6, got 1'],
  ['node-type-out-of-range', 'nodes, byte 908: expected a node type below 15, got 99'],
  ['edge-name-out-of-range', 'edges, byte 2519: expected string ordinals below 40, got 1000000 in row 4'],
  [
    'root-index-out-of-range',
    'snapshot, byte 12: expected root_index as a node offset below 642, got 1000000',
  ],
  ['strings-bad-escape', "strings, byte 4488: expected one of \"\\/bfnrtu after \\, got 'x'"],
  ['strings-raw-newline', 'strings, byte 4487: expected no raw control character in a string, got byte 0x0a'],
  ['meta-null', 'snapshot, byte 12: expected an object at snapshot.meta, got null'],
  ['nodes-duplicate', 'nodes, byte 4707: expected the section once, got a second one'],
  ['missing-comma-between-sections', "document, byte 2510: expected ',' or '}', got '\"'"],
  ['nested-under-key', "document, byte 4707: expected a section 'snapshot', got only 'data'"],
  ['hprof-java', 'document, byte 0: expected a V8 heap snapshot, got a Java heap dump (hprof)'],
  ['json-package', 'document, byte 61: expected a V8 heap snapshot, got a package.json'],
])('the error for %s tells file, section, byte, expected and actual', async (name, message) => {
  const path = fixturePath('invalid', `${name}.heapsnapshot`);
  const error = await rejectionOf(openSnapshot(path));
  expect(error.message).toBe(`${path}: ${message}`);
  const { file, section, byteOffset, expected, actual } = error;
  expect(`${file}: ${section}, byte ${byteOffset}: expected ${expected}, got ${actual}`).toBe(error.message);
  expect(error.name).toBe('SnapshotFormatError');
});
