import type { DrawnEdge, DrawnNode, EdgeType } from './drawn-snapshot.js';

const ROOT: DrawnNode = { type: 'synthetic', name: '', selfSize: 1 };

function edge(type: EdgeType, name: string | number, to: number): DrawnEdge {
  return { type, name, to };
}

function root(...edges: DrawnEdge[]): DrawnNode {
  return { ...ROOT, edges };
}

const entry = (position: number, keyId: number, tableId: number) =>
  `${position} / part of key (K @${keyId}) -> value (V @9) pair in WeakMap (table @${tableId})`;

/** The smallest heaps on which the rules of the analysis meet. */
export const RARE_HEAPS: Readonly<Record<string, readonly DrawnNode[]>> = {
  'a WeakMap entry inside a descriptor array is not paired': [
    root(edge('element', 1, 1)),
    { type: 'array', name: '(map descriptors)', selfSize: 8, edges: [edge('internal', entry(0, 5, 7), 2)] },
    { type: 'object', name: 'Value', selfSize: 8 },
  ],
  'a descriptor array that holds a value by names, numbers and shortcuts': [
    root(edge('element', 1, 1)),
    {
      type: 'array',
      name: '(map descriptors)',
      edges: [
        edge('internal', '4x', 2),
        edge('hidden', 7, 3),
        edge('shortcut', '10', 4),
        edge('element', 3, 5),
      ],
    },
    ...[1, 2, 3, 4].map((i): DrawnNode => ({ type: 'object', name: `Held ${i}`, selfSize: 8 })),
  ],
  'a WeakMap entry met three times': [
    root(edge('element', 1, 1), edge('element', 2, 2), edge('element', 3, 3)),
    { type: 'object', name: 'A', selfSize: 8, edges: [edge('internal', entry(1, 5, 7), 4)] },
    { type: 'object', name: 'B', selfSize: 8, edges: [edge('internal', entry(2, 5, 7), 5)] },
    { type: 'object', name: 'C', id: 7, selfSize: 8, edges: [edge('internal', entry(3, 5, 7), 5)] },
    { type: 'object', name: 'V', id: 9, selfSize: 8 },
    { type: 'object', name: 'W', selfSize: 8 },
  ],
  'the root is a user root of its own': [
    {
      type: 'object',
      name: 'Root',
      selfSize: 8,
      edges: [edge('property', 'self', 0), edge('property', 'a', 1)],
    },
    { type: 'object', name: 'A', selfSize: 8, edges: [edge('property', 'root', 0)] },
  ],
  'documents reached by an element, and by a property': [
    root(edge('element', 1, 1), edge('property', 'x', 2), edge('element', 3, 4)),
    { type: 'synthetic', name: '(Document DOM trees)', edges: [edge('element', 1, 3)] },
    { type: 'synthetic', name: '(Document DOM trees)', edges: [edge('element', 1, 5)] },
    { type: 'native', name: '<div>', selfSize: 8 },
    {
      type: 'object',
      name: 'A',
      selfSize: 8,
      edges: [edge('property', 'div', 3), edge('property', 'other', 5)],
    },
    { type: 'native', name: '<p>', selfSize: 8 },
  ],
  'a closed cycle that points into the heap, and an orphan that does': [
    root(edge('element', 1, 1)),
    { type: 'object', name: 'A', selfSize: 8, edges: [edge('property', 'x', 4)] },
    {
      type: 'object',
      name: 'Cycle',
      selfSize: 8,
      edges: [edge('property', 'other', 3), edge('property', 'x', 4)],
    },
    { type: 'object', name: 'Cycle', selfSize: 8, edges: [edge('property', 'other', 2)] },
    { type: 'object', name: 'Shared', selfSize: 8 },
    { type: 'object', name: 'Orphan', selfSize: 8, edges: [edge('property', 'own', 6)] },
    { type: 'object', name: 'Own', selfSize: 8 },
  ],
  'self loops, repeated edges, and a shortcut that is none': [
    root(edge('shortcut', 'window', 1), edge('element', 2, 2)),
    {
      type: 'object',
      name: 'Window',
      selfSize: 8,
      edges: [edge('property', 'self', 1), edge('property', 'a', 3), edge('property', 'b', 3)],
    },
    {
      type: 'object',
      name: 'Other',
      selfSize: 8,
      edges: [edge('shortcut', 's', 4), edge('property', 'x', 3)],
    },
    { type: 'object', name: 'Owned', selfSize: 8, edges: [edge('property', 'self', 3)] },
    { type: 'object', name: 'By shortcut', selfSize: 8 },
  ],
};
