import fc from 'fast-check';
import {
  type DrawnEdge,
  type DrawnNode,
  type DrawnOptions,
  EDGE_TYPES,
  NODE_TYPES,
} from './drawn-snapshot.js';

export interface RandomHeap {
  readonly nodes: readonly DrawnNode[];
  readonly options: DrawnOptions;
}

/** Names that mean something to one rule or another, or look as if they did. */
const NODE_NAMES = [
  'Object',
  'Object',
  'Object',
  'Array',
  'Function',
  'Thing',
  'Detached Thing',
  '(array)',
  '(system)',
  '{a, b}',
  '<div>',
  '<div id="x" class="y">',
  'Detached <p title="z">',
  '(Document DOM trees)',
  '(map descriptors)',
  'system / NativeContext',
  'system / Context',
  'system / ExternalStringData',
  'system / JSArrayBufferData',
  '',
];

const EDGE_NAMES = [
  'a',
  'b',
  'c',
  '__proto__',
  'first',
  'second',
  'elements',
  'sloppy_function_map',
  'x,y',
  'it\'s "quoted"',
  '{c}',
  '1',
  '4',
  '7',
  'a property with a name that is a little longer than most are',
  'another one, with a comma, to be quoted, as long as the other',
];

const randomEdge = (nodeCount: number) =>
  fc.record({
    type: fc.constantFrom(...EDGE_TYPES, 'property' as const, 'internal' as const),
    text: fc.constantFrom(...EDGE_NAMES),
    number: fc.nat(12),
    to: fc.nat(nodeCount - 1),
    /** Set: the name of a WeakMap entry of the table with that id. */
    weakMap: fc.option(fc.record({ key: fc.nat(3), table: fc.nat(nodeCount - 1) }), { freq: 8 }),
  });

/** Lists of properties that plain objects share: subsets, other orders, repeated, empty and quoted names, long lists. */
const SHAPES: readonly (readonly string[])[] = [
  [],
  ['a'],
  ['a', 'b'],
  ['b', 'a'],
  ['c', 'b', 'a'],
  ['a', 'a', 'b'],
  ['__proto__', 'a'],
  ['', 'a'],
  ['x,y', 'it\'s "quoted"', '{c}'],
  ['n'.repeat(60), 'm'.repeat(38)],
  ['n'.repeat(60), 'm'.repeat(59)],
  ['n'.repeat(60), 'm'.repeat(60)],
  Array.from({ length: 30 }, (_, i) => `property${i}`),
];

/** Nodes that a rule names by type and name, more often than chance would draw them. */
const SPECIAL_KINDS = [
  { type: 'synthetic', name: '(Document DOM trees)' },
  { type: 'array', name: '(map descriptors)' },
  { type: 'hidden', name: 'system / NativeContext' },
] as const;

const randomKind = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(...SPECIAL_KINDS) },
  { weight: 3, arbitrary: fc.constant({ type: 'object' as const, name: 'Object' }) },
  {
    weight: 2,
    arbitrary: fc.constant({ type: 'concatenated string' as const, name: '(concatenated string)' }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('native' as const), name: fc.constantFrom(...NODE_NAMES) }),
  },
  {
    weight: 8,
    arbitrary: fc.record({ type: fc.constantFrom(...NODE_TYPES), name: fc.constantFrom(...NODE_NAMES) }),
  },
);

const randomNode = (nodeCount: number) =>
  fc.record({
    kind: randomKind,
    selfSize: fc.oneof(
      { weight: 30, arbitrary: fc.constantFrom(0, 8, 16, 24, 1000, 65_536) },
      { weight: 1, arbitrary: fc.constantFrom(2 ** 32 - 1, 2 ** 32, 3 * 2 ** 32 + 8) },
    ),
    hasWideId: fc.oneof({ weight: 19, arbitrary: fc.constant(false) }, fc.constant(true)),
    detachedness: fc.constantFrom(0, 0, 0, 1, 2),
    location: fc.option(fc.record({ scriptId: fc.nat(1), line: fc.nat(1), column: fc.constantFrom(0, 7) }), {
      freq: 4,
    }),
    shape: fc.constantFrom(...SHAPES),
    /** Targets of the properties of `shape`, in turn; the parts of a concatenated string. */
    held: fc.tuple(fc.nat(nodeCount - 1), fc.nat(nodeCount - 1)),
    edges: fc.array(randomEdge(nodeCount), { maxLength: 6 }),
  });

/** An entry of a WeakMap: an edge from the key and one from the table, both to the value. */
const randomEntry = (nodeCount: number) =>
  fc.record({
    key: fc.nat(nodeCount - 1),
    value: fc.nat(nodeCount - 1),
    table: fc.nat(nodeCount - 1),
    positions: fc.tuple(fc.nat(9), fc.nat(9)),
  });

type RandomEdge = ReturnType<typeof randomEdge> extends fc.Arbitrary<infer T> ? T : never;
type RandomEntry = ReturnType<typeof randomEntry> extends fc.Arbitrary<infer T> ? T : never;
type RandomNode = ReturnType<typeof randomNode> extends fc.Arbitrary<infer T> ? T : never;

/**
 * Heaps of up to 40 nodes with all types of nodes and edges, islands, weak links, DOM states, WeakMap entries, ids and
 * sizes of more than 32 bits, the root first or last.
 */
export const randomHeap: fc.Arbitrary<RandomHeap> = fc.integer({ min: 1, max: 40 }).chain((nodeCount) =>
  fc
    .record({
      nodes: fc.array(randomNode(nodeCount), { minLength: nodeCount, maxLength: nodeCount }),
      rootEdges: fc.array(randomEdge(nodeCount), { maxLength: 8 }),
      entries: fc.array(randomEntry(nodeCount), { maxLength: 3 }),
      withDetachedness: fc.boolean(),
      repeatStrings: fc.boolean(),
      extraNativeBytes: fc.constantFrom(undefined, 0, 4096),
      isReversed: fc.oneof({ weight: 7, arbitrary: fc.constant(false) }, fc.constant(true)),
    })
    .map(({ nodes, rootEdges, entries, withDetachedness, repeatStrings, extraNativeBytes, isReversed }) => {
      const idOf = (ordinal: number): number => 2 * ordinal + 1 + (nodes[ordinal].hasWideId ? 2 ** 32 : 0);
      const draw = (edge: RandomEdge): DrawnEdge => drawnEdge(edge, idOf);
      const drawn = nodes.map((node, ordinal): DrawnNode => {
        const isRoot = ordinal === 0;
        const own = isRoot ? rootEdges.map(draw) : [...partsOf(node), ...node.edges.map(draw)];
        return {
          ...(isRoot ? { type: 'synthetic', name: '' } : node.kind),
          id: idOf(ordinal),
          selfSize: node.selfSize,
          ...(withDetachedness ? { detachedness: node.detachedness } : {}),
          ...(node.location === null ? {} : { location: node.location }),
          edges: [...own, ...entries.flatMap((entry) => entryEdges(entry, ordinal, idOf))],
        };
      });
      const heap = drawn.map((node, ordinal) => withoutTraps(node, ordinal, drawn));
      const options = { repeatStrings, ...(extraNativeBytes === undefined ? {} : { extraNativeBytes }) };
      // a string without a part has node 0 for one, which must not be such a string too
      if (!isReversed || heap[nodeCount - 1].type === 'concatenated string') return { nodes: heap, options };
      return { nodes: reversed(heap), options: { ...options, rootOrdinal: nodeCount - 1 } };
    }),
);

/** The edges that belong to the kind of node. */
function partsOf({ kind, shape, held }: RandomNode): DrawnEdge[] {
  if (kind.type === 'concatenated string') {
    return ['first', 'second'].map((name, i) => ({ type: 'internal', name, to: held[i] }));
  }
  if (kind.type !== 'object' || kind.name !== 'Object') return [];
  return shape.map((name, i) => ({ type: 'property', name, to: held[i % held.length] }));
}

function drawnEdge(
  { type, text, number, to, weakMap }: RandomEdge,
  idOf: (ordinal: number) => number,
): DrawnEdge {
  if (type === 'element' || type === 'hidden') return { type, name: number, to };
  const name =
    type === 'internal' && weakMap !== null ? weakMapEntry(number, weakMap.key, idOf(weakMap.table)) : text;
  return { type, name, to };
}

function weakMapEntry(position: number, key: number, tableId: number): string {
  return `${position} / part of key (Key @${key}) -> value (Value @9) pair in WeakMap (table @${tableId})`;
}

/** The edges of an entry that belong to a node. */
function entryEdges(
  { key, positions, table, value }: RandomEntry,
  ordinal: number,
  idOf: (ordinal: number) => number,
): DrawnEdge[] {
  const pair = ` / part of key (Key @${idOf(key)}) -> value (Value @${idOf(value)}) pair in WeakMap (table @${idOf(table)})`;
  return [key, table].flatMap((source, i) =>
    source === ordinal ? [{ type: 'internal' as const, name: `${positions[i]}${pair}`, to: value }] : [],
  );
}

function reversed(nodes: readonly DrawnNode[]): DrawnNode[] {
  return nodes
    .map((node) => ({
      ...node,
      edges: (node.edges ?? []).map((edge) => ({ ...edge, to: nodes.length - 1 - edge.to })),
    }))
    .reverse();
}

/**
 * Leaves out what the engine itself cannot get through: a concatenated string that is part of itself (it joins the
 * parts for ever), and several edges from the root to one node (its queue may overflow).
 */
function withoutTraps(node: DrawnNode, ordinal: number, nodes: readonly DrawnNode[]): DrawnNode {
  const edges = node.edges ?? [];
  if (ordinal === 0) {
    return { ...node, edges: edges.filter(({ to }, i) => edges.findIndex((edge) => edge.to === to) === i) };
  }
  if (node.type !== 'concatenated string') return node;
  // parts at twice the ordinal or beyond: such a chain is short, and has no circle
  const isHarmless = ({ name, to }: DrawnEdge) =>
    (name !== 'first' && name !== 'second') || nodes[to].type !== node.type || to >= 2 * ordinal;
  return { ...node, edges: edges.filter(isHarmless) };
}
