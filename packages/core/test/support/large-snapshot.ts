/** What the text of a snapshot looks like: a single line, V8 up to Node 22 with a row a line, or indented. */
export type Layout = 'line' | 'rows' | 'pretty';

const NODE_FIELDS = ['type', 'name', 'id', 'self_size', 'edge_count', 'detachedness'];
const EDGE_FIELDS = ['type', 'name_or_index', 'to_node'];
const LOCATION_FIELDS = ['object_index', 'script_id', 'line', 'column'];

/**
 * A snapshot of some hundred KiB with what is odd but valid: ids and sizes of 2³² and more, element indices from 2³¹ on
 * as V8 prints them, detached nodes, names that come up again.
 */
export function largeSnapshot(layout: Layout, nodeCount = 4000): string {
  const random = mulberry32(nodeCount);
  const below = (end: number): number => Math.floor(random() * end);
  const nodes: number[][] = [];
  const edges: number[][] = [];
  for (let node = 0; node < nodeCount; node++) {
    const edgeCount = below(9);
    const id = node > nodeCount / 2 && below(50) === 0 ? 2 ** 33 + node : node * 2 + 1;
    nodes.push([
      below(3),
      below(200),
      id,
      below(700) === 0 ? 2 ** 40 : below(1e6),
      edgeCount,
      Number(below(40) === 0),
    ]);
    for (let edge = 0; edge < edgeCount; edge++) {
      const type = below(3);
      const index = below(60) === 0 ? -2 - below(2 ** 31 - 2) : below(1e9);
      edges.push([type, type === 1 ? index : below(200), below(nodeCount) * NODE_FIELDS.length]);
    }
  }
  const locations = nodes.flatMap((_, node) =>
    node % 3 === 0 ? [[node * NODE_FIELDS.length, 7, node, 0]] : [],
  );
  const meta = {
    node_fields: NODE_FIELDS,
    node_types: [['hidden', 'object', 'string'], 'string', 'number', 'number', 'number', 'number'],
    edge_fields: EDGE_FIELDS,
    edge_types: [['property', 'element', 'weak'], 'string_or_number', 'node'],
    location_fields: LOCATION_FIELDS,
  };
  const header = JSON.stringify({ meta, node_count: nodes.length, edge_count: edges.length });
  const strings = JSON.stringify(Array.from({ length: 200 }, (_, i) => `name ${i}`));
  const section = (key: string, rows: number[][]): string => `"${key}":[${join(rows, layout)}]`;
  const sections = [section('nodes', nodes), section('edges', edges), section('locations', locations)];
  return `{"snapshot":${header},\n${sections.join(',\n')},\n"strings":${strings}}\n`;
}

function join(rows: number[][], layout: Layout): string {
  if (layout === 'rows') return rows.map((row) => `${row.join(',')}\n`).join(',');
  return layout === 'line' ? rows.flat().join(',') : `\n    ${rows.flat().join(',\n    ')}\n  `;
}

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
