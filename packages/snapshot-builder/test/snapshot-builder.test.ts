import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SnapshotBuilder, type SnapshotOptions } from '../src/index.js';

interface ParsedSnapshot {
  snapshot: {
    meta: { node_fields: string[]; node_types: unknown[]; edge_fields: string[] };
    [key: string]: unknown;
  };
  nodes: number[];
  edges: number[];
  strings: string[];
  [section: string]: unknown;
}

/** The README's heap: a Map in the root, one entry in it, and a string in that. */
function drawCache(): SnapshotBuilder {
  const heap = new SnapshotBuilder();
  const cache = heap.child(heap.root, 'cache', { name: 'Map', selfSize: 32 });
  const entry = heap.child(cache, 0, { name: 'Entry', selfSize: 56 });
  heap.child(entry, 'text', { type: 'string', name: 'é "😀" \ud800/', selfSize: 24 });
  heap.edge(entry, { type: 'weak', name: 'owner', to: cache });
  return heap;
}

function parse(text: string): ParsedSnapshot {
  return JSON.parse(text) as ParsedSnapshot;
}

describe('SnapshotBuilder', () => {
  test('writes rows as V8 does', () => {
    const { snapshot, nodes, edges, strings } = parse(drawCache().toJson());
    expect(strings).toEqual(['<dummy>', '', 'Map', 'Entry', 'é "😀" \ud800/', 'cache', 'text', 'owner']);
    expect(nodes).toEqual([9, 1, 1, 0, 1, 0, 3, 2, 3, 32, 1, 0, 3, 3, 5, 56, 2, 0, 2, 4, 7, 24, 0, 0]);
    expect(edges).toEqual([2, 5, 6, 1, 0, 12, 2, 6, 18, 6, 7, 6]);
    expect(snapshot).toMatchObject({ node_count: 4, edge_count: 4, trace_function_count: 0 });
  });

  const sameHeap: [string, SnapshotOptions][] = [
    ['compact', { layout: 'compact' }],
    ['row-lines', { layout: 'row-lines' }],
    ['pretty', { layout: 'pretty' }],
    ['pretty-crlf', { layout: 'pretty-crlf' }],
    ['minimal escapes', { escapes: 'minimal' }],
    ['lower-case hex', { escapes: 'lower-hex' }],
    ['every unit escaped', { escapes: 'everything', escapedKeys: true }],
    ['another section order', { sectionOrder: ['strings', 'edges', 'nodes'] }],
  ];
  test.each(sameHeap)('%s is the same document', (_name, options) => {
    expect(parse(drawCache().toJson(options))).toEqual(parse(drawCache().toJson()));
  });

  test('each layout is laid out as its producer does', () => {
    const heap = new SnapshotBuilder();
    heap.child(heap.root, 1, { name: 'a' });
    const tail = (options: SnapshotOptions) => {
      const text = heap.toJson({ detachedness: false, ...options });
      return text.slice(text.indexOf('"nodes"'), text.indexOf('"trace_function_infos"'));
    };
    expect(tail({ layout: 'compact' })).toBe('"nodes":[9,1,1,0,1,3,2,3,0,0],"edges":[1,1,5],');
    expect(tail({ layout: 'section-lines' })).toBe('"nodes":[9,1,1,0,1,3,2,3,0,0],\n"edges":[1,1,5],\n');
    expect(tail({ layout: 'row-lines' })).toBe('"nodes":[9,1,1,0,1\n,3,2,3,0,0\n],\n"edges":[1,1,5\n],\n');
    const pretty = heap.toJson({ layout: 'pretty' });
    expect(pretty).toBe(JSON.stringify(JSON.parse(pretty), null, 2));
    expect(heap.toJson({ layout: 'pretty-crlf' })).toBe(
      JSON.stringify(JSON.parse(pretty), null, '\t').replaceAll('\n', '\r\n'),
    );
  });

  test('writes strings in the escapes asked for', () => {
    const stringsOf = (options: SnapshotOptions) =>
      drawCache().toJson(options).split('"Entry",')[1]!.split(',"cache"')[0];
    expect(stringsOf({ escapes: 'v8' })).toBe('"\\u00E9 \\"\\uD83D\\uDE00\\" \\ud800/"');
    expect(stringsOf({ escapes: 'minimal' })).toBe('"é \\"😀\\" \\ud800/"');
    expect(stringsOf({ escapes: 'lower-hex' })).toBe('"\\u00e9 \\"\\ud83d\\ude00\\" \\ud800\\/"');
  });

  test('reorders columns and fills unknown ones', () => {
    const { snapshot, nodes, edges } = parse(
      drawCache().toJson({
        nodeFields: ['x_flags', 'edge_count', 'self_size', 'id', 'name', 'type'],
        edgeFields: ['to_node', 'x_flags', 'name_or_index', 'type'],
      }),
    );
    expect(nodes.slice(6, 12)).toEqual([7, 1, 32, 3, 2, 3]);
    expect(edges.slice(4, 8)).toEqual([12, 7, 0, 1]);
    expect(snapshot.meta.node_types.map((type) => (Array.isArray(type) ? 'list' : type))).toEqual([
      'number',
      'number',
      'number',
      'number',
      'string',
      'list',
    ]);
  });

  test('claims the counts asked for', () => {
    const claim = (options: SnapshotOptions) => {
      const { meta: _meta, ...counts } = parse(drawCache().toJson(options)).snapshot;
      return counts;
    };
    expect(claim({ counts: 'missing' })).toEqual({});
    expect(claim({ counts: 'zero' })).toEqual({ node_count: 0, edge_count: 0, trace_function_count: 0 });
    const wrong = { nodeCount: 4e9, edgeCount: undefined, traceFunctionCount: 1 };
    expect(claim({ counts: wrong })).toEqual({ node_count: 4e9, trace_function_count: 1 });
    expect(Object.keys(parse(drawCache().toJson({ countsFirst: true })).snapshot)[0]).toBe('node_count');
  });

  test('adds, replaces, omits and orders sections', () => {
    const parsed = parse(
      drawCache().toJson({
        sections: { x_new: { deep: [1, [2]] }, samples: null },
        omitSections: ['locations', 'trace_tree'],
        sectionOrder: ['x_new', 'strings'],
        header: { extra_native_bytes: 12 },
      }),
    );
    expect(Object.keys(parsed)).toEqual([
      'x_new',
      'strings',
      'snapshot',
      'nodes',
      'edges',
      'trace_function_infos',
      'samples',
    ]);
    expect(parsed.x_new).toEqual({ deep: [1, [2]] });
    expect(parsed.samples).toBeNull();
    expect(parsed.snapshot.extra_native_bytes).toBe(12);
  });

  test('writes traces, samples, locations and the root index', () => {
    const heap = new SnapshotBuilder();
    const main = heap.traceFunction({ name: 'main', scriptName: 'app.js', scriptId: 3, line: 1, column: 2 });
    const bottom = heap.traceNode({ function: main });
    const call = heap.traceNode({ function: main, count: 2, size: 64, parent: bottom });
    heap.traceNode({ function: main, parent: bottom });
    const node = heap.node({ name: 'Point', traceNodeId: call });
    heap.location(node, { scriptId: 3, line: 10, column: 4 }).sample(1000, 3).rootIndex(node);
    const parsed = parse(heap.toJson());
    expect(parsed.snapshot.meta.node_fields).toContain('trace_node_id');
    expect(parsed.trace_function_infos).toEqual([0, 3, 4, 3, 1, 2]);
    expect(parsed.trace_tree).toEqual([1, 0, 0, 0, [2, 0, 2, 64, [], 3, 0, 0, 0, []]]);
    expect(parsed.samples).toEqual([1000, 3]);
    expect(parsed.locations).toEqual([7, 3, 10, 4]);
    expect(parsed.snapshot.root_index).toBe(7);
  });

  test('refuses what cannot be written', () => {
    const heap = new SnapshotBuilder();
    expect(() => heap.edge(5, { name: 'x', to: 0 })).toThrow('edge from node 5: there are 1 nodes');
    expect(() => heap.edge(0, { type: 'element', name: 'x', to: 0 })).toThrow(
      'edge "x" of type element: the name is of the wrong kind',
    );
  });

  test("the README's example runs", () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const code = /```ts\n([\s\S]*?)```/.exec(readme)![1]!.replace(/^import .*$/m, '');
    const run = new Function('SnapshotBuilder', `${code}; return json;`);
    const parsed = parse(String(run(SnapshotBuilder)));
    expect(Object.keys(parsed).slice(0, 2)).toEqual(['strings', 'edges']);
    expect(parsed.nodes.length).toBe(4 * 6);
  });
});
