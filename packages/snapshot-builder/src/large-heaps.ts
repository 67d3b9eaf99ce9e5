import { type HeapPlan, type PlannedEdge, type PlannedNode, streamHeap } from './heap-plan.js';
import type { JsonStyle } from './json-style.js';

/** Heaps of any size by formula, in pieces of text. Node 0 is a synthetic root; all others have a size. */

type Texts = Generator<string, void, undefined>;

const NODE_SIZE = 32;
const NO_EDGES: readonly PlannedEdge[] = [];

/** `root → 1 → 2 → … → nodes − 1`: what makes a recursive reader overflow its stack. */
export function linearChain(nodes: number, style?: JsonStyle): Texts {
  return streamHeap(
    {
      nodeCount: nodes,
      edgeCount: nodes - 1,
      node: (ordinal) => member(ordinal, 2, ordinal < nodes - 1 ? 1 : 0),
      edges: (ordinal) => (ordinal < nodes - 1 ? [property(3, ordinal + 1)] : NO_EDGES),
      strings: () => ['<dummy>', '', 'Link', 'next'],
    },
    style,
  );
}

/**
 * `root → hub`, and `edges` elements of the hub, spread over `leaves` nodes: one node with a giant edge
 * list.
 */
export function star(edges: number, leaves = edges, style?: JsonStyle): Texts {
  return streamHeap(
    {
      nodeCount: 2 + leaves,
      edgeCount: 1 + edges,
      node: (ordinal) =>
        member(ordinal, ordinal === 1 ? 2 : 3, ordinal === 0 ? 1 : ordinal === 1 ? edges : 0),
      edges: function* (ordinal) {
        if (ordinal === 0) yield property(4, 1);
        if (ordinal !== 1) return;
        for (let index = 0; index < edges; index++) yield element(index, 2 + (index % leaves));
      },
      strings: () => ['<dummy>', '', 'Hub', 'Leaf', 'hub'],
    },
    style,
  );
}

/** A reachable chain of `size` nodes, then `count` closed rings of `size` nodes each that nothing reaches. */
export function islands(count: number, size: number, style?: JsonStyle): Texts {
  const nodeCount = 1 + size * (count + 1);
  const isLastReached = (ordinal: number) => ordinal === size;
  const isIsland = (ordinal: number) => ordinal > size;
  return streamHeap(
    {
      nodeCount,
      edgeCount: size + count * size,
      node: (ordinal) => member(ordinal, isIsland(ordinal) ? 3 : 2, isLastReached(ordinal) ? 0 : 1),
      edges: (ordinal) => {
        if (isLastReached(ordinal)) return NO_EDGES;
        const closesRing = isIsland(ordinal) && ordinal % size === 0;
        return [property(4, closesRing ? ordinal - size + 1 : ordinal + 1)];
      },
      strings: () => ['<dummy>', '', 'Reached', 'Castaway', 'next'],
    },
    style,
  );
}

/** `root → 1`, and a ring with `next` and `previous`: one cycle through every node. */
export function doublyLinkedRing(nodes: number, style?: JsonStyle): Texts {
  const ringLength = nodes - 1;
  const ringNode = (position: number) => 1 + ((position + ringLength) % ringLength);
  return streamHeap(
    {
      nodeCount: nodes,
      edgeCount: 1 + 2 * ringLength,
      node: (ordinal) => member(ordinal, 2, ordinal === 0 ? 1 : 2),
      edges: (ordinal) =>
        ordinal === 0
          ? [property(3, 1)]
          : [property(4, ringNode(ordinal)), property(5, ringNode(ordinal - 2))],
      strings: () => ['<dummy>', '', 'RingNode', 'ring', 'next', 'previous'],
    },
    style,
  );
}

/** The root holds one object of each of `classes` classes `Class0`, `Class1`, … */
export function distinctClasses(classes: number, style?: JsonStyle): Texts {
  return streamHeap(
    {
      nodeCount: 1 + classes,
      edgeCount: classes,
      node: (ordinal) => member(ordinal, ordinal + 1, ordinal === 0 ? classes : 0),
      edges: function* (ordinal) {
        if (ordinal !== 0) return;
        for (let index = 0; index < classes; index++) yield element(index, 1 + index);
      },
      strings: function* () {
        yield '<dummy>';
        yield '';
        for (let index = 0; index < classes; index++) yield `Class${index}`;
      },
    },
    style,
  );
}

/** `layers` × `width` nodes, each with an edge to every node of the next layer: width ^ layers paths. */
export function layeredDag(layers: number, width: number, style?: JsonStyle): Texts {
  const layerOf = (ordinal: number) => Math.ceil(ordinal / width);
  const plan: HeapPlan = {
    nodeCount: 1 + layers * width,
    edgeCount: width + (layers - 1) * width * width,
    node: (ordinal) => member(ordinal, 2, layerOf(ordinal) < layers ? width : 0),
    edges: function* (ordinal) {
      if (layerOf(ordinal) === layers) return;
      const firstOfNext = 1 + layerOf(ordinal) * width;
      for (let index = 0; index < width; index++) yield element(index, firstOfNext + index);
    },
    strings: () => ['<dummy>', '', 'Layered'],
  };
  return streamHeap(plan, style);
}

function member(ordinal: number, name: number, edgeCount: number): PlannedNode {
  if (ordinal === 0) return { type: 'synthetic', name: 1, selfSize: 0, edgeCount };
  return { type: 'object', name, selfSize: NODE_SIZE, edgeCount };
}

function property(name: number, to: number): PlannedEdge {
  return { type: 'property', nameOrIndex: name, to };
}

function element(index: number, to: number): PlannedEdge {
  return { type: 'element', nameOrIndex: index, to };
}
