import fc from 'fast-check';
import type { DrawnEdge, DrawnHeap, DrawnNode } from './drawn-heap.js';

const NODE_TYPES = [
  'object',
  'object',
  'hidden',
  'array',
  'native',
  'closure',
  'string',
  'code',
  'synthetic',
];
const NODE_NAMES = [
  'Object',
  'Foo',
  'Bar',
  '(array)',
  '(Document DOM trees)',
  'system / ExternalStringData',
  '',
];

/** Nodes that a rule names by type and name; the last two only look like one. */
const SPECIAL_KINDS = [
  { type: 'synthetic', name: '(Document DOM trees)' },
  { type: 'array', name: '(map descriptors)' },
  { type: 'hidden', name: 'system / NativeContext' },
  { type: 'object', name: '(map descriptors)' },
  { type: 'object', name: 'system / NativeContext' },
];

const NAMED_EDGE_TYPES = ['property', 'property', 'internal', 'context', 'shortcut', 'weak'];
const EDGE_NAMES = ['a', 'b', 'sloppy_function_map', '1', '2', '4', '7x', '-2'];

/** What stands between `key (` and ` @`: two look like the end of the part. */
const KEY_TEXTS = ['K', '', 'x @5) -> value (y', '(K) @9) pair in WeakMap (table @1)'];

interface Link {
  /** Links lie in the file by their place, then in the order they were made. */
  readonly place: number;
  readonly source: number;
  readonly edge: DrawnEdge;
}

/** One of the heap's nodes: the ordinal modulo their number. */
const wish = fc.nat(11);
const place = fc.nat(3);

const arbitraryNode = fc.record({
  kind: fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ type: fc.constantFrom(...NODE_TYPES), name: fc.constantFrom(...NODE_NAMES) }),
    },
    { weight: 1, arbitrary: fc.constantFrom(...SPECIAL_KINDS) },
  ),
  size: fc.oneof(fc.nat(100), fc.constant(0), fc.constantFrom(0xffffffff, 2 ** 32 + 8)),
  /** Most nodes have a way from the root: a node before them that holds them. */
  holder: fc.option(wish, { freq: 5 }),
  id: fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, fc.constantFrom(5, 2 ** 32 + 7, 0xfffffffe)),
  locations: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, fc.constant([[1, 2, 3]] as const)),
});

const namedEdge = fc.tuple(fc.constantFrom(...NAMED_EDGE_TYPES), fc.constantFrom(...EDGE_NAMES));
const numberedEdge = fc.tuple(fc.constantFrom('element', 'hidden'), fc.nat(8));

const arbitraryEdge = fc.record({
  place,
  source: wish,
  edge: fc.oneof(namedEdge, numberedEdge),
  target: wish,
});

/** An entry of a WeakMap: an edge from the key and one from the table, both to the value. */
const arbitraryEntry = fc.record({
  keyPlace: place,
  tablePlace: place,
  key: wish,
  value: wish,
  table: wish,
  positions: fc.tuple(fc.nat(9), fc.nat(9)),
  /** Where a third edge of the same name lies, which no file should have. */
  third: fc.option(fc.record({ place, source: wish, target: wish }), { freq: 3 }),
  keyText: fc.constantFrom(...KEY_TEXTS),
  /** Now and then the name tells of another table, is cut short, or belongs to a plain property. */
  otherTableId: fc.option(fc.constantFrom(1, 3, 2 ** 32 + 7), { freq: 8 }),
  isCutShort: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true)),
  type: fc.oneof({ weight: 9, arbitrary: fc.constant('internal') }, fc.constant('property')),
});

type Entry = typeof arbitraryEntry extends fc.Arbitrary<infer T> ? T : never;

/**
 * Heaps of up to 12 nodes with what the rules of the analysis are about: weak, shortcut, internal, repeated and looping
 * edges, WeakMap entries and what looks like one, hidden parts, DOM trees, user roots and none, islands, orphans, closed
 * cycles, sizes and ids of more than 32 bits, the root anywhere.
 */
export const arbitraryHeap: fc.Arbitrary<DrawnHeap> = fc
  .record({
    nodes: fc.array(arbitraryNode, { minLength: 1, maxLength: 12 }),
    rootWish: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.constant(11), wish),
    rootIsSynthetic: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, fc.constant(false)),
    rootEdges: fc.array(arbitraryEdge, { maxLength: 4 }),
    edges: fc.array(arbitraryEdge, { maxLength: 16 }),
    entries: fc.array(arbitraryEntry, { maxLength: 3 }),
    extraNativeBytes: fc.constantFrom(0, 0, 4096),
    repeatStrings: fc.boolean(),
  })
  .map(({ nodes, rootWish, rootIsSynthetic, rootEdges, edges, entries, ...options }) => {
    const rootOrdinal = rootWish % nodes.length;
    const idOf = (ordinal: number): number => nodes[ordinal].id ?? 2 * ordinal + 1;
    const links: Link[] = [...rootEdges.map((edge) => ({ ...edge, source: rootOrdinal })), ...edges].map(
      ({ edge: [type, name], target, ...link }) => ({
        ...link,
        source: link.source % nodes.length,
        edge: [type, name, target % nodes.length],
      }),
    );
    links.push(...entries.flatMap((entry) => linksOf(entry, nodes.length, idOf)));
    links.sort((a, b) => a.place - b.place);

    const drawn = nodes.map(
      ({ id, kind, holder: _, ...node }, ordinal): DrawnNode => ({
        ...node,
        ...(id === undefined ? {} : { id }),
        ...(ordinal === rootOrdinal && rootIsSynthetic ? { type: 'synthetic', name: '' } : kind),
        key: `#${ordinal}`,
        edges: links.filter(({ source }) => source === ordinal).map(({ edge }) => edge),
      }),
    );
    return { nodes: drawn, rootOrdinal, ...options };
  });

function linksOf(entry: Entry, nodeCount: number, idOf: (ordinal: number) => number): Link[] {
  const [key, value, table] = [entry.key, entry.value, entry.table].map((node) => node % nodeCount);
  const tableId = entry.otherTableId ?? idOf(table);
  const pair =
    ` / part of key (${entry.keyText} @${idOf(key)}) -> value (V @${idOf(value)})` +
    ` pair in WeakMap (table @${tableId}${entry.isCutShort ? '' : ')'}`;
  const link = (at: number, source: number, position: number, target = value): Link => ({
    place: at,
    source,
    edge: [entry.type, `${position}${pair}`, target],
  });
  const { third } = entry;
  return [
    link(entry.keyPlace, key, entry.positions[0]),
    link(entry.tablePlace, table, entry.positions[1]),
    ...(third === null ? [] : [link(third.place, third.source % nodeCount, 0, third.target % nodeCount)]),
  ];
}

/**
 * Heaps of up to 16 nodes with long ways that part and meet again, so that dominators lie far above the retainers; all
 * edges count, classes are few. The root is anywhere.
 */
export const tangledHeap: fc.Arbitrary<DrawnHeap> = fc
  .record({
    nodes: fc.array(
      fc.record({
        /** How far back its first holder lies on the way from the root. */
        back: fc.integer({ min: 1, max: 3 }),
        className: fc.constantFrom('A', 'B', 'C'),
        size: fc.nat(100),
        /** Where its place in the file is, among the others'. */
        rank: fc.nat(50),
      }),
      { minLength: 6, maxLength: 16 },
    ),
    edges: fc.array(fc.record({ source: fc.nat(15), step: fc.integer({ min: -4, max: 5 }) }), {
      maxLength: 12,
    }),
  })
  .map(({ nodes, edges }) => {
    const count = nodes.length;
    const order = nodes.map((_, i) => i).sort((a, b) => nodes[a].rank - nodes[b].rank);
    const links = nodes.slice(1).map(({ back }, i) => ({ from: Math.max(0, i + 1 - back), to: i + 1 }));
    for (const { source, step } of edges) {
      // the root holds but one node besides, or all dominators were the root
      const from = 1 + (source % (count - 1));
      links.push({ from, to: 1 + ((from + step + count) % (count - 1)) });
    }
    const drawn = order.map(
      (i): DrawnNode => ({
        key: `#${i}`,
        ...(i === 0
          ? { type: 'synthetic' }
          : { type: 'object', name: nodes[i].className, size: nodes[i].size }),
        edges: links
          .filter(({ from, to }) => from === i && (i > 0 || to === 1))
          .map(({ to }) => ['property', 'x', order.indexOf(to)]),
      }),
    );
    return { nodes: drawn, rootOrdinal: order.indexOf(0) };
  });
