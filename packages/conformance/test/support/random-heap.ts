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

const randomKind = fc.oneof(
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
    selfSize: fc.constantFrom(0, 8, 16, 24, 1000, 65_536),
    detachedness: fc.constantFrom(0, 0, 0, 1, 2),
    location: fc.option(fc.record({ scriptId: fc.nat(1), line: fc.nat(1), column: fc.constantFrom(0, 7) }), {
      freq: 4,
    }),
    shape: fc.constantFrom(...SHAPES),
    /** Targets of the properties of `shape`, in turn; the parts of a concatenated string. */
    held: fc.tuple(fc.nat(nodeCount - 1), fc.nat(nodeCount - 1)),
    edges: fc.array(randomEdge(nodeCount), { maxLength: 6 }),
  });

type RandomEdge = ReturnType<typeof randomEdge> extends fc.Arbitrary<infer T> ? T : never;
type RandomNode = ReturnType<typeof randomNode> extends fc.Arbitrary<infer T> ? T : never;

/** Heaps of up to 40 nodes with all types of nodes and edges, islands, weak links, DOM states and WeakMap entries. */
export const randomHeap: fc.Arbitrary<RandomHeap> = fc.integer({ min: 1, max: 40 }).chain((nodeCount) =>
  fc
    .record({
      nodes: fc.array(randomNode(nodeCount), { minLength: nodeCount, maxLength: nodeCount }),
      rootEdges: fc.array(randomEdge(nodeCount), { maxLength: 8 }),
      withDetachedness: fc.boolean(),
      repeatStrings: fc.boolean(),
      extraNativeBytes: fc.constantFrom(undefined, 0, 4096),
    })
    .map(({ nodes, rootEdges, withDetachedness, repeatStrings, extraNativeBytes }) => {
      const drawn = nodes.map((node, ordinal): DrawnNode => {
        const isRoot = ordinal === 0;
        return {
          ...(isRoot ? { type: 'synthetic', name: '' } : node.kind),
          selfSize: node.selfSize,
          ...(withDetachedness ? { detachedness: node.detachedness } : {}),
          ...(node.location === null ? {} : { location: node.location }),
          edges: isRoot ? rootEdges.map(drawnEdge) : [...partsOf(node), ...node.edges.map(drawnEdge)],
        };
      });
      return {
        nodes: drawn.map((node, ordinal) => withoutTraps(node, ordinal, drawn)),
        options: { repeatStrings, ...(extraNativeBytes === undefined ? {} : { extraNativeBytes }) },
      };
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

function drawnEdge({ type, text, number, to, weakMap }: RandomEdge): DrawnEdge {
  if (type === 'element' || type === 'hidden') return { type, name: number, to };
  const name =
    type === 'internal' && weakMap !== null ? weakMapEntry(number, weakMap.key, weakMap.table) : text;
  return { type, name, to };
}

function weakMapEntry(position: number, key: number, tableOrdinal: number): string {
  const tableId = 2 * tableOrdinal + 1;
  return `${position} / part of key (Key @${key}) -> value (Value @9) pair in WeakMap (table @${tableId})`;
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
