import { expect, test } from 'vitest';
import { openSnapshot } from '../../src/open-snapshot.js';
import { chunksOf, outcomeOf } from '../support/open-bytes.js';

const META = {
  node_fields: ['type', 'name', 'id', 'self_size', 'edge_count'],
  node_types: [['synthetic'], 'string', 'number', 'number', 'number'],
  edge_fields: ['type', 'name_or_index', 'to_node'],
  edge_types: [['property'], 'string_or_number', 'node'],
  trace_node_fields: ['id', 'function_info_index', 'count', 'size', 'children'],
};

function snapshot(traceTree: string): Uint8Array {
  const header = JSON.stringify({ meta: META, node_count: 1, edge_count: 0 });
  const text = `{"snapshot":${header},"nodes":[0,0,1,0,0],"edges":[],"trace_tree":${traceTree},"strings":[""]}`;
  return new TextEncoder().encode(text);
}

test.each([
  ['no JSON further on', '[1,2,3,4,5,6 7]', 'NOT_JSON'],
  ['not whole', '[1,2,3,4,5,6', 'NOT_JSON'],
  ['valid JSON', '[1,2,3,4,5,6]', 'BAD_ROWS'],
])('rows that are none, %s: the same error, however the bytes are cut', async (_, traceTree, code) => {
  const bytes = snapshot(traceTree);
  const outcomes = new Set<unknown>();
  for (let cut = 0; cut <= bytes.length; cut++) {
    const chunks = [bytes.subarray(0, cut), bytes.subarray(cut)];
    outcomes.add(await outcomeOf(openSnapshot(chunksOf(chunks))));
  }
  expect([...outcomes]).toEqual([expect.stringContaining(`${code} <stream>: trace_tree, byte`)]);
});
