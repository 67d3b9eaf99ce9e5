import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatLocation } from '../../src/graph/source-location.js';
import { type DrawnNode, drawGraph } from '../support/draw-graph.js';
import { openText } from '../support/open-bytes.js';
import { SnapshotBuilder } from '../support/snapshot-builder.js';

/** A closure with a location, and the nodes behind it. */
function closure(edges: DrawnNode['edges'], ...others: DrawnNode[]): DrawnNode[] {
  return [{ type: 'closure', name: 'f', key: 'f', edges, locations: [[7, 10, 2]] }, ...others];
}

const SHARED: DrawnNode['edges'] = [['internal', 'shared', 'shared']];

function scriptNameOf(nodes: readonly DrawnNode[]): string | undefined {
  return drawGraph(nodes).scriptName(7);
}

describe('the name of a script', () => {
  test.each(['script', 'script_or_debug_info'])('is found over `shared` and `%s`', (edge) => {
    for (const [name, expected] of [
      ['system / Script / src/server.ts', 'src/server.ts'],
      ['src/server.ts', 'src/server.ts'],
      ['system / Script / ', undefined],
      ['system / DebugInfo', undefined],
      ['', undefined],
    ] as const) {
      const nodes = closure(
        SHARED,
        { type: 'code', key: 'shared', edges: [['internal', edge, 'script']] },
        { type: 'code', key: 'script', name },
      );
      expect(scriptNameOf(nodes)).toBe(expected);
    }
  });

  test('is found over internal edges alone, and from closures alone', () => {
    const shared: DrawnNode = { type: 'code', key: 'shared', edges: [['internal', 'script', 'script']] };
    const script: DrawnNode = { type: 'code', key: 'script', name: 'a.js' };
    expect(scriptNameOf(closure(SHARED, shared, script))).toBe('a.js');
    expect(scriptNameOf(closure([['property', 'shared', 'shared']], shared, script))).toBeUndefined();
    expect(scriptNameOf(closure([['internal', 'other', 'shared']], shared, script))).toBeUndefined();
    const weak: DrawnNode = { ...shared, edges: [['weak', 'script', 'script']] };
    expect(scriptNameOf(closure(SHARED, weak, script))).toBeUndefined();
    const [f, ...rest] = closure(SHARED, shared, script);
    expect(scriptNameOf([{ ...f, type: 'object' }, ...rest])).toBeUndefined();
  });

  test('is taken from the first closure of the script that tells it', () => {
    const nodes: DrawnNode[] = [
      { type: 'closure', key: 'silent', locations: [[7, 0, 0]] },
      { type: 'closure', key: 'f', edges: SHARED, locations: [[7, 1, 0]] },
      { type: 'closure', key: 'g', edges: [['internal', 'shared', 'shared2']], locations: [[7, 2, 0]] },
      { type: 'code', key: 'shared', edges: [['internal', 'script', 'a.js']] },
      { type: 'code', key: 'shared2', edges: [['internal', 'script', 'b.js']] },
      { type: 'code', name: 'a.js' },
      { type: 'code', name: 'b.js' },
    ];
    expect(scriptNameOf(nodes)).toBe('a.js');
  });

  test('holds for every location of the script', () => {
    const graph = drawGraph(
      closure(
        SHARED,
        { type: 'code', key: 'shared', edges: [['internal', 'script', 'a.js']] },
        { type: 'code', name: 'a.js' },
        { name: 'Session', locations: [[7, 20, 4]] },
        { name: 'Other', locations: [[8, 1, 1]] },
      ),
    );
    expect(graph.locationOf(3)).toEqual({ scriptId: 7, scriptName: 'a.js', line: 20, column: 4 });
    expect(graph.locationOf(4)).toEqual({ scriptId: 8, scriptName: null, line: 1, column: 1 });
    expect(graph.locationOf(1)).toBeNull();
    expect(graph.node(3).location).toEqual(graph.locationOf(3));
    expect(graph.scriptName(9)).toBeUndefined();
  });

  test('comes from the column of V8 15 where there is one', async () => {
    const heap = new SnapshotBuilder();
    const session = heap.child(heap.root, 'x', { name: 'Session' });
    const script = heap.child(heap.root, 'y', { type: 'code', name: 'system / Script / a.js' });
    heap.location(session, { scriptId: 7, line: 1, column: 2 });
    const locationFields = ['object_index', 'script_id', 'line', 'column', 'script_object_index'];
    // the builder writes sevens into columns that it does not know
    const text = heap.toJson({ locationFields, layout: 'compact' });
    const offset = script * 6;
    const withScript = text.replace('"locations":[6,7,1,2,7]', `"locations":[6,7,1,2,${offset}]`);
    expect(withScript).not.toBe(text);
    const graph = await openText(withScript);
    expect(graph.locationOf(session)).toEqual({ scriptId: 7, scriptName: 'a.js', line: 1, column: 2 });
    // an offset inside a row names no script
    expect((await openText(text)).locationOf(session)?.scriptName).toBeNull();
  });
});

test('the last row of a node counts', () => {
  const location = fc.tuple(fc.nat(3), fc.nat(50), fc.nat(50));
  fc.assert(
    fc.property(fc.array(fc.array(location, { maxLength: 3 }), { minLength: 1, maxLength: 20 }), (lists) => {
      const graph = drawGraph(lists.map((locations, i) => ({ key: `${i}`, locations })));
      expect(graph.locations.count).toBe(lists.flat().length);
      lists.forEach((locations, ordinal) => {
        const last = locations.at(-1);
        const expected = last && { scriptId: last[0], scriptName: null, line: last[1], column: last[2] };
        expect(graph.locationOf(ordinal)).toEqual(expected ?? null);
        expect(graph.locations.rowOf(ordinal) >= 0).toBe(last !== undefined);
      });
    }),
  );
});

test('people count lines and columns from 1', () => {
  const location = { scriptId: 7, scriptName: 'src/a.ts', line: 0, column: 4 };
  expect(formatLocation(location)).toBe('src/a.ts:1:5');
  expect(formatLocation({ ...location, scriptName: null })).toBe('script 7:1:5');
});
