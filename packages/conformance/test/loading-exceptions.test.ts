import { expect, test } from 'vitest';
import { EngineError, runEngine } from '../src/devtools-engine.js';
import { LOADING_RULES } from '../src/loading-exceptions.js';
import type { SnapshotJson } from '../src/parsed-profile.js';
import { readWithEngine } from '../src/read-with-engine.js';
import { type DrawnNode, drawnSnapshot, drawnText } from './support/drawn-snapshot.js';

const HEAP: readonly DrawnNode[] = [
  { type: 'synthetic', name: '', edges: [{ type: 'property', name: 'thing', to: 1 }] },
  { type: 'object', name: 'Thing', selfSize: 16, edges: [{ type: 'element', name: 2, to: 2 }] },
  { type: 'object', name: 'Thing', selfSize: 16 },
];

const JSON_OF_HEAP = drawnSnapshot(HEAP);

const TRACE_META = {
  trace_function_info_fields: ['function_id', 'name', 'script_name', 'script_id', 'line', 'column'],
  trace_node_fields: ['id', 'function_info_index', 'count', 'size', 'children'],
};
const TWO_FUNCTIONS = [1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0];
const TREE_OF_TWO = [1, 0, 0, 0, [2, 1, 0, 0, []]];

function withHeader(change: Partial<SnapshotJson['snapshot']>): SnapshotJson {
  return { ...JSON_OF_HEAP, snapshot: { ...JSON_OF_HEAP.snapshot, ...change } };
}

/** The smallest file of each rule. */
const MINIMAL_CASES: Readonly<Record<string, string>> = {
  'escaped-keys': drawnText(HEAP).replace('"strings"', '"str\\u0069ngs"'),
  'section-order': JSON.stringify(Object.fromEntries(Object.entries(JSON_OF_HEAP).reverse())),
  'missing-optional-sections': JSON.stringify({ ...JSON_OF_HEAP, locations: undefined }),
  'unknown-sections': JSON.stringify({
    snapshot: JSON_OF_HEAP.snapshot,
    other: { nodes: [1], edges: [2] },
    nodes: JSON_OF_HEAP.nodes,
    edges: JSON_OF_HEAP.edges,
    locations: [],
    strings: JSON_OF_HEAP.strings,
  }),
  'header-counts-too-small': JSON.stringify(withHeader({ node_count: 2 })),
  'trace-functions-beyond-the-count': JSON.stringify({
    snapshot: {
      ...JSON_OF_HEAP.snapshot,
      meta: { ...JSON_OF_HEAP.snapshot.meta, ...TRACE_META },
      trace_function_count: 1,
    },
    nodes: JSON_OF_HEAP.nodes,
    edges: JSON_OF_HEAP.edges,
    trace_function_infos: TWO_FUNCTIONS,
    trace_tree: TREE_OF_TWO,
    locations: [],
    strings: JSON_OF_HEAP.strings,
  }),
  'numbers-not-plain-digits': drawnText(HEAP).replace('"nodes":[9,1,1,', '"nodes":[9,1,1.0,'),
};

test('every rule has a minimal case', () => {
  expect(Object.keys(MINIMAL_CASES)).toEqual(LOADING_RULES.map(({ name }) => name));
});

test.each(LOADING_RULES)(
  '$name: the engine reads the file wrong, its analysis is right past the loader',
  async (rule) => {
    const { answers, passedLoader } = await readWithEngine(MINIMAL_CASES[rule.name]);

    expect(passedLoader?.rule.name).toBe(rule.name);
    expect(passedLoader?.problem).toMatch(/^DevTools engine (failed loading|read)/);
    expect(answers).toEqual(await runEngine(drawnText(HEAP)));
  },
);

test('a negative index of an element edge loses its sign, and nothing else', async () => {
  const { answers, passedLoader, lostSigns } = await readWithEngine(
    drawnText([HEAP[0], { ...HEAP[1], edges: [{ type: 'element', name: -2, to: 2 }] }, HEAP[2]]),
  );
  expect(passedLoader).toBeUndefined();
  expect(lostSigns).toBe(1);
  expect(answers).toEqual(await runEngine(drawnText(HEAP)));
});

test('a file that the loader reads right passes through it', async () => {
  expect((await readWithEngine(drawnText(HEAP))).passedLoader).toBeUndefined();
});

test('a failure that no rule names is not excused', async () => {
  const json = drawnSnapshot(HEAP, { rootOrdinal: 1 });
  await expect(readWithEngine(JSON.stringify(json))).rejects.toBeInstanceOf(EngineError);
});
