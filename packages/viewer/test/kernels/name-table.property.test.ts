import type { HeapGraph } from '@heapstream/core';
import { analyzeSync, searchNodes } from '@heapstream/dominators';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareCodePoints } from '../../src/kernels/compare-code-points.js';
import { matchNames } from '../../src/kernels/match-names.js';
import { NO_NAME, nameNodes } from '../../src/kernels/name-table.js';
import { selectNodes } from '../../src/kernels/select-nodes.js';
import { sortRows } from '../../src/kernels/sort-rows.js';
import { rankStrings } from '../../src/kernels/string-ranks.js';
import { namedGraph } from '../support/named-graph.js';

const RUNS = { numRuns: 500 };
const queries = fc.constantFrom<string | RegExp>(
  'a',
  'AB',
  'bc',
  '{',
  ', ',
  'ä',
  'Detached',
  'é',
  /^a/,
  /B$/i,
  /./,
);
/** Room for all names, and for hardly any. */
const room = fc.constantFrom(undefined, 0, 8);

const allNodes = ({ nodeCount }: HeapGraph): Uint32Array =>
  Uint32Array.from({ length: nodeCount }, (_, i) => i);
/** UTF-8 has no lone surrogates; only made-up names lose them. */
const wellFormed = (text: string): string => text.toWellFormed();

test('nodes sort as their names do', () => {
  fc.assert(
    fc.property(namedGraph, fc.constantFrom('asc', 'desc'), (graph, order) => {
      const { madeUp, nameByNode } = nameNodes(graph.columns);
      const rankByName = rankStrings([graph.columns, madeUp]);
      const nodes = allNodes(graph);
      const sorted = sortRows({
        nodes,
        keys: { kind: 'names', nameByNode, rankByName },
        order,
        offset: 0,
        end: nodes.length,
      });
      const names = [...nodes].map((node) => wellFormed(graph.node(node).name));
      const sign = order === 'asc' ? 1 : -1;
      const expected = [...nodes].sort((a, b) => sign * compareCodePoints(names[a], names[b]) || a - b);
      expect([...sorted].map((i) => names[i])).toEqual(expected.map((i) => names[i]));
      expect([...sorted]).toEqual(expected);
    }),
    RUNS,
  );
});

test('a search finds what `searchNodes` finds, whether names were kept or not', () => {
  fc.assert(
    fc.property(namedGraph, queries, room, (graph, query, maxBytes) => {
      const { madeUp, missing, nameByNode } = nameNodes(graph.columns, maxBytes);
      expect(missing).toBe([...nameByNode].filter((name) => name === NO_NAME).length);
      const found = selectNodes({
        nodeCount: graph.nodeCount,
        shallowSizeByNode: graph.shallowSizeByNode,
        name: {
          nameByNode,
          isMatch: matchNames({ tables: [graph.columns, madeUp], query }),
          unnamed: missing === 0 ? null : { columns: graph.columns, query },
        },
      });
      const { ordinals } = searchNodes(analyzeSync(graph), query);
      expect([...found]).toEqual([...ordinals].sort((a, b) => a - b));
    }),
    RUNS,
  );
});

test('names beyond the room that there is stand last', () => {
  fc.assert(
    fc.property(namedGraph, (graph) => {
      const { madeUp, nameByNode } = nameNodes(graph.columns, 0);
      expect(madeUp.stringCount).toBe(0);
      const rankByName = rankStrings([graph.columns, madeUp]);
      const keys = { kind: 'names', nameByNode, rankByName } as const;
      const nodes = allNodes(graph);
      const sorted = [...sortRows({ nodes, keys, order: 'asc', offset: 0, end: nodes.length })];
      const unnamed = sorted.filter((node) => nameByNode[node] === NO_NAME);
      expect(sorted.slice(sorted.length - unnamed.length)).toEqual(unnamed);
    }),
    RUNS,
  );
});
