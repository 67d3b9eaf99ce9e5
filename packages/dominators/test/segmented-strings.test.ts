import { type GraphColumns, HeapGraph } from '@heapstream/core';
import { describe, expect, test } from 'vitest';
import { drawColumns } from '../../core/test/support/draw-graph.js';
import { analyzeSync } from '../src/analyze.js';
import { searchNodes } from '../src/queries/search.js';
import { entryName } from './support/drawn-analysis.js';

/** A WeakMap whose value lives by its key, and names with characters of one to four bytes. */
const columns = drawColumns([
  {
    key: 'root',
    type: 'synthetic',
    id: 1,
    edges: [
      ['element', 1, 'key'],
      ['element', 2, 'table'],
    ],
  },
  { key: 'key', name: 'Schlüssel', id: 3, size: 10, edges: [['internal', entryName(0, 3, 7, 5), 'value']] },
  { key: 'table', name: 'Table 😀', id: 5, size: 20, edges: [['internal', entryName(1, 3, 7, 5), 'value']] },
  { key: 'value', name: 'ValueOfTable', id: 7, size: 40, edges: [] },
  { key: 'text', type: 'string', name: '€uro table', id: 9, size: 3, edges: [] },
]);

/** The same with its strings in segments, as of a table that is too long for one array. */
function inSegments(length: number): GraphColumns {
  const segments: Uint8Array[] = [];
  for (let at = 0; at < columns.stringBytes.length; at += length) {
    segments.push(columns.stringBytes.slice(at, at + length));
  }
  const [stringBytes, ...moreStringBytes] = segments;
  return { ...columns, stringBytes, moreStringBytes };
}

const QUERIES = ['table', 'SCHLÜSSEL', 'e', '😀', 'ValueOf', /^V.*e$/, /uro/, 'nothing'];

describe.each([1, 2, 3, 5, 16, 50, 1000])('strings in segments of %d bytes', (length) => {
  const whole = analyzeSync(new HeapGraph(columns));
  const parts = analyzeSync(new HeapGraph(inSegments(length)));

  test('are found as in one array', () => {
    for (const query of QUERIES) {
      expect({ query, found: [...searchNodes(parts, query).ordinals] }).toEqual({
        query,
        found: [...searchNodes(whole, query).ordinals],
      });
    }
  });

  test('give the same dominators: edges of WeakMaps are told by their names', () => {
    // the value lives by its key, not by the table
    expect(whole.retainedSizeOf(1)).toBe(50);
    expect(parts.columns.dominatorByNode).toEqual(whole.columns.dominatorByNode);
    expect(parts.columns.retainedSizeByNode).toEqual(whole.columns.retainedSizeByNode);
    expect(parts.classes().map(({ key, count }) => [key, count])).toEqual(
      whole.classes().map(({ key, count }) => [key, count]),
    );
  });
});
