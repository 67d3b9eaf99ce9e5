import type { GraphColumns, StringTable } from '@heapstream/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as tasks from '../../src/analysis-tasks.js';
import { ColumnMemory } from '../../src/column-memory.js';
import { findWeakMapEdges, type WeakMapEdges } from '../../src/kernels/weak-map-edges.js';
import { StepInputs } from '../../src/step-inputs.js';
import { type DrawnNode, graphOf } from '../support/drawn-heap.js';
import { inArena } from '../support/in-arena.js';

const NODES = 8;

/** What may stand where a name has a class or a number. */
const text = fc.constantFrom(
  'K',
  '',
  'é',
  'a\nb',
  'a\rb',
  '\u2028',
  '\u2026',
  ' @5',
  ') -> value (',
  '7',
  'x @3) -> value (y',
);
const digits = fc.oneof(
  fc.constantFrom('1', '3', '5', '9', '11', '', 'x', '007'),
  fc.constant('9'.repeat(17)),
);

/** The name of an entry's edge, most often: any part may be missing. */
const name = fc
  .tuple(digits, text, digits, text, digits, digits, fc.option(fc.nat(10), { freq: 3 }))
  .map(([number, key, keyId, value, valueId, tableId, missing]) =>
    [
      number,
      ' / part of key (',
      key,
      ' @',
      keyId,
      ') -> value (',
      value,
      ' @',
      valueId,
      ') pair in WeakMap (table @',
      tableId,
      ')',
    ]
      .filter((_, part) => part !== missing)
      .join(''),
  );

const node = fc.nat(NODES - 1);
const edge = fc.record({
  source: node,
  target: node,
  type: fc.constantFrom('internal', 'internal', 'internal', 'property'),
  // few, so that edges share them
  name: fc.nat(5),
});

function found(weakMapEdges: WeakMapEdges, tableEdges: Uint32Array): unknown {
  const { edges, entries, isFromTable, sources } = weakMapEdges;
  // which number an entry has does not matter
  const numbers = [...new Set(entries)];
  return [
    [...edges].map((ordinal, index) => ({
      ordinal,
      source: sources[index],
      entry: numbers.indexOf(entries[index]),
      isFromTable: isFromTable[index],
    })),
    [...tableEdges],
  ];
}

function listed(strings: StringTable): NonNullable<GraphColumns['knownStrings']> {
  const ordinals = Array.from({ length: strings.count }, (_, ordinal) => ordinal);
  const numbered = ordinals.filter((ordinal) => /^\d+ \/ part /.test(strings.get(ordinal)));
  return { exact: [], numbered: Uint32Array.from(numbered) };
}

test.each([
  ['in all strings', false],
  ['in those that the parser has listed', true],
])('the kernel finds the edges of WeakMap entries that the pattern finds: %s', (_, areListed) => {
  let entries = 0;
  fc.assert(
    fc.property(
      fc.array(name, { minLength: 6, maxLength: 6 }),
      fc.array(edge, { maxLength: 30 }),
      fc.boolean(),
      (names, edges, repeatStrings) => {
        const nodes = Array.from({ length: NODES }, (_, source): DrawnNode => {
          const own = edges.filter((each) => each.source === source);
          return { edges: own.map((each) => [each.type, names[each.name], each.target]) };
        });
        const graph = graphOf({ nodes, rootOrdinal: 0, repeatStrings });
        const tables = new Uint32Array(1);
        const expected = findWeakMapEdges(graph.columns);
        entries += expected.edges.length;

        const inMemory = inArena(graph).columns;
        const columns = areListed ? { ...inMemory, knownStrings: listed(graph.strings) } : inMemory;
        const input = new StepInputs(columns, new ColumnMemory(columns)).weakMapEdges();
        expect(input.memory).not.toBeNull();
        const result = tasks.weakMapEdges(input);
        const isTable = (_: number, index: number): boolean => expected.isFromTable[index] === 1;
        expect(found(result.weakMapEdges, result.tableEdges)).toEqual(
          found(expected, expected.edges.filter(isTable)),
        );
        for (const source of expected.sources.filter(isTable)) tables[0] |= 1 << source;
        expect(input.into[0]).toBe(tables[0]);
      },
    ),
    { numRuns: 3000 },
  );
  expect(entries).toBeGreaterThan(1000);
});
