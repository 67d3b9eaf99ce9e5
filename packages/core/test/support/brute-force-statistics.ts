import type { HeapStatistics } from '../../src/summary/statistics.js';
import { rawNameOf } from './brute-force-names.js';
import { bruteForceShallowSizes } from './brute-force-shallow-sizes.js';
import type { DrawnNode } from './draw-graph.js';

const STRINGS = ['string', 'concatenated string', 'sliced string'];

/** Statistics straight from the rules: one filter for each figure. */
export function bruteForceStatistics(nodes: readonly DrawnNode[], extraNativeBytes: number): HeapStatistics {
  const sizes = bruteForceShallowSizes(nodes);
  const edges = nodes.flatMap((node) => node.edges ?? []);
  const sizeOf = (isMember: (node: DrawnNode) => boolean): number =>
    sizes.reduce((sum, size, ordinal) => (isMember(nodes[ordinal]) ? sum + size : sum), 0);
  const ofType =
    (...types: string[]) =>
    (node: DrawnNode): boolean =>
      types.includes(node.type!);

  const isArray = (node: DrawnNode): boolean =>
    node.name === 'Array' && !ofType('hidden', 'native', 'code', ...STRINGS)(node);
  const ownElementsOf = (node: DrawnNode): number => {
    const edge = node.edges?.find(([type, name]) => type === 'internal' && name === 'elements');
    if (edge === undefined || edges.filter(([, , target]) => target === edge[2]).length !== 1) return 0;
    return sizes[edge[2] as number];
  };

  const total = sizeOf(() => true) + extraNativeBytes;
  const native = sizeOf(ofType('native')) + extraNativeBytes;
  return {
    total,
    native: {
      total: native,
      typedArrays: sizeOf(
        (node) => node.type === 'native' && rawNameOf(node) === 'system / JSArrayBufferData',
      ),
    },
    v8heap: {
      total: total - native,
      code: sizeOf(ofType('code')),
      jsArrays: sizeOf(isArray) + nodes.filter(isArray).reduce((sum, node) => sum + ownElementsOf(node), 0),
      strings: sizeOf(ofType(...STRINGS)),
      system: sizeOf(ofType('hidden')),
    },
  };
}
