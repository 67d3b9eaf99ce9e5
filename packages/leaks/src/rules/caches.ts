import { EDGE_TYPE, NODE_TYPE, SPECIAL_NAME } from '@heapstream/core';
import type { LeakRule } from '../leak-rule.js';

const CACHES = new Set(['Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef']);
/** Properties from which a plain object is a dictionary rather than a record. */
const DICTIONARY = 32;

/** Maps, sets and dictionaries that only ever gain entries. */
export const caches: LeakRule = {
  name: 'caches',
  kind: 'cache',
  recognise({ node }) {
    if (CACHES.has(node.className)) return `the entries of a ${node.className}`;
    if (node.type !== NODE_TYPE.object || node.rawName === SPECIAL_NAME.array) return null;
    let properties = 0;
    for (const edge of node.edges()) {
      if (edge.type !== EDGE_TYPE.property && edge.type !== EDGE_TYPE.element) continue;
      if (++properties >= DICTIONARY) return `the keys of a dictionary (${node.rawName})`;
    }
    return null;
  },
};
