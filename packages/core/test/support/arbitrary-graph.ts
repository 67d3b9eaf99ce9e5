import fc from 'fast-check';
import { EDGE_TYPE, NODE_TYPE } from '../../src/format/type-names.js';
import type { DrawnEdge, DrawnNode } from './draw-graph.js';

const NODE_NAMES = [
  'Object',
  'Array',
  'Function',
  'Foo',
  '{a, b}',
  '(system)',
  'system / ExternalStringData',
  'system / JSArrayBufferData',
  '(Document DOM trees)',
  '<div id="a">',
  '<div>',
  'Detached <p class="x">',
  'Detached Foo',
  'some text',
  '',
];
const PROPERTY_NAMES = [
  'a',
  'b',
  'c',
  '',
  '__proto__',
  'x,y',
  'say "hi"',
  '{z}',
  'é…',
  '\ud800',
  'thirty_characters_of_a_property',
  'm'.repeat(101),
];
const PART_NAMES = ['first', 'second', 'elements', 'other'];

const NODE_TYPES = Object.values(NODE_TYPE);
const NAMED_EDGE_TYPES = [EDGE_TYPE.context, EDGE_TYPE.internal, EDGE_TYPE.shortcut, EDGE_TYPE.weak];

export interface ArbitraryGraphOptions {
  /** Node types to draw from, more often where repeated; all where left out. */
  readonly nodeTypes?: readonly string[];
}

/**
 * Small graphs full of what tells right from almost right: plain objects with odd, empty and repeated property names,
 * shared hidden parts, weak edges, several `elements`, cycles, detached nodes, locations. Edges of concatenated strings
 * lead to later nodes or to node 0, so their parts end; every other edge may lead anywhere. Node 0 is the root.
 */
export function arbitraryNodes({
  nodeTypes = NODE_TYPES,
}: ArbitraryGraphOptions = {}): fc.Arbitrary<DrawnNode[]> {
  return fc
    .array(arbitraryNode(nodeTypes), { minLength: 1, maxLength: 14 })
    .map((nodes) => [
      { ...nodes[0], type: NODE_TYPE.synthetic, name: '', key: '#0' },
      ...nodes.slice(1).map((node, i) => ({ ...node, key: `#${i + 1}` })),
    ])
    .map((nodes) =>
      nodes.map((node, ordinal) => ({
        ...node,
        edges: node.edges.map((edge) => retarget(edge, ordinal, nodes)),
      })),
    );
}

type FreeNode = DrawnNode & { readonly edges: readonly DrawnEdge[] };

function arbitraryNode(nodeTypes: readonly string[]): fc.Arbitrary<FreeNode> {
  return fc.record({
    type: fc.constantFrom(...nodeTypes),
    name: fc.oneof({ weight: 1, arbitrary: fc.constant('Object') }, fc.constantFrom(...NODE_NAMES)),
    size: fc.oneof(fc.nat(100), fc.constant(0), fc.constant(0xffffffff)),
    detachedness: fc.constantFrom(0, 0, 1, 2),
    locations: fc.array(fc.tuple(fc.nat(1), fc.nat(1), fc.nat(1)), { maxLength: 2 }),
    edges: fc.array(fc.oneof(propertyEdge, partEdge, otherEdge, numberedEdge), { maxLength: 8 }),
  });
}

const target = fc.nat(1000);
const propertyEdge: fc.Arbitrary<DrawnEdge> = fc.tuple(
  fc.constant(EDGE_TYPE.property),
  fc.constantFrom(...PROPERTY_NAMES),
  target,
);
const partEdge: fc.Arbitrary<DrawnEdge> = fc.tuple(
  fc.constant(EDGE_TYPE.internal),
  fc.constantFrom(...PART_NAMES),
  target,
);
const otherEdge: fc.Arbitrary<DrawnEdge> = fc.tuple(
  fc.constantFrom(...NAMED_EDGE_TYPES),
  fc.constantFrom(...PART_NAMES, ...PROPERTY_NAMES),
  target,
);
const numberedEdge: fc.Arbitrary<DrawnEdge> = fc.tuple(
  fc.constantFrom(EDGE_TYPE.element, EDGE_TYPE.hidden),
  fc.nat(5),
  target,
);

function retarget([type, name, wish]: DrawnEdge, source: number, nodes: readonly DrawnNode[]): DrawnEdge {
  const later = nodes.length - source - 1;
  if (nodes[source].type === NODE_TYPE.concatenatedString) {
    return [type, name, later === 0 ? 0 : source + 1 + (Number(wish) % later)];
  }
  return [type, name, Number(wish) % nodes.length];
}
