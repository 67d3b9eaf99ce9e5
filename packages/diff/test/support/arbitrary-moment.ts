import fc from 'fast-check';
import type { DrawnHeap, DrawnNode } from '../../../dominators/test/support/drawn-heap.js';

const KINDS = [
  { type: 'object', name: 'Object' },
  { type: 'object', name: 'Object' },
  { type: 'object', name: 'Object' },
  { type: 'object', name: 'Foo' },
  // what interfaces may be named like
  { type: 'object', name: '{a}' },
  { type: 'native', name: 'Object' },
  { type: 'string', name: 'text' },
  { type: 'array', name: '' },
  { type: 'closure', name: 'call' },
];

const LOCATIONS = [[], [], [[1, 2, 3]], [[2, 2, 3]], [[1, 5, 0]]] as const;

const size = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 1, max: 50 }) }, fc.constantFrom(0, 2 ** 32));

const node = fc.record({
  kind: fc.constantFrom(...KINDS),
  locations: fc.constantFrom(...LOCATIONS),
  id: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 2, max: 16 }) },
    fc.constantFrom(2 ** 32 + 5, 2 ** 33 + 5),
  ),
  size,
  /** Ordinal of the node that holds it, modulo those before it. */
  holder: fc.nat(13),
  properties: fc.shuffledSubarray(['a', 'b', 'c', '__proto__']),
  /** Where its properties point. */
  target: fc.nat(13),
});

const plan = fc.record({
  nodes: fc.array(node, { maxLength: 13 }),
  hasUserRoot: fc.boolean(),
  extraNativeBytes: fc.constantFrom(0, 0, 4096),
});

type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never;

/**
 * A heap at one moment of a process: up to 14 nodes, many of them plain objects of few shapes that hold each other. Ids
 * are few, so that two moments share some, and now and then one stands twice. Script ids 1 and 2 have the same place.
 */
export const arbitraryMoment: fc.Arbitrary<DrawnHeap> = plan.map(draw);

/** What becomes of the node at the same place. */
const change = fc.record({
  size: fc.option(size),
  holder: fc.option(fc.nat(13), { freq: 1 }),
  isGone: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, fc.constant(true)),
});

/** Two moments: of heaps that have little in common, or of one whose objects grew, moved, went and came. */
export const arbitraryPair: fc.Arbitrary<[DrawnHeap, DrawnHeap]> = fc.oneof(
  fc.tuple(arbitraryMoment, arbitraryMoment),
  fc
    .tuple(plan, fc.array(change, { minLength: 13, maxLength: 13 }), fc.array(node, { maxLength: 3 }))
    .map(([before, changes, added]): [DrawnHeap, DrawnHeap] => {
      const kept = before.nodes.flatMap((planned, i) => {
        const { holder, isGone, size: newSize } = changes[i];
        if (isGone) return [];
        return [{ ...planned, size: newSize ?? planned.size, holder: holder ?? planned.holder }];
      });
      return [draw(before), draw({ ...before, nodes: [...kept, ...added] })];
    }),
);

function draw({ extraNativeBytes, hasUserRoot, nodes }: Plan): DrawnHeap {
  const count = nodes.length + 1;
  const drawn: DrawnNode[] = [
    {
      type: 'synthetic',
      key: '#0',
      id: 1,
      edges: hasUserRoot && count > 1 ? [['shortcut', 's', 1]] : [],
    },
    ...nodes.map(({ kind, properties, size: nodeSize, target, id, locations }, i): DrawnNode => {
      const edges = properties.map((name) => ['property', name, (target + i) % count] as const);
      return { ...kind, key: `#${i + 1}`, id, size: nodeSize, locations, edges };
    }),
  ];
  nodes.forEach(({ holder }, i) => {
    const from = drawn[holder % (i + 1)];
    drawn[holder % (i + 1)] = { ...from, edges: [...(from.edges ?? []), ['internal', 'held', i + 1]] };
  });
  return { nodes: drawn, rootOrdinal: 0, extraNativeBytes };
}
