import { EDGE_TYPE, NODE_TYPE, type NodeView, SPECIAL_NAME } from '@heapstream/core';
import { runtimeClassOf } from '../code-origin.js';
import type { LeakRule } from '../leak-rule.js';

const CACHES = new Set(['Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef']);
/** Properties from which a plain object is a dictionary rather than a record. */
const DICTIONARY = 32;

/** Maps, sets and dictionaries that only ever gain entries. */
export const caches: LeakRule = {
  name: 'caches',
  kind: 'cache',
  recognise({ node }) {
    if (CACHES.has(runtimeClassOf(node)) || hasTable(node)) return `the entries of a ${node.className}`;
    if (node.type !== NODE_TYPE.object || node.rawName === SPECIAL_NAME.array) return null;
    let properties = 0;
    for (const edge of node.edges()) {
      if (edge.type !== EDGE_TYPE.property && edge.type !== EDGE_TYPE.element) continue;
      if (++properties >= DICTIONARY) return `the keys of a dictionary (${node.rawName})`;
    }
    return null;
  },
};

/** What V8 gives maps and sets, those of the program's own classes too. */
function hasTable(node: NodeView): boolean {
  for (const edge of node.edges()) {
    if (edge.type === EDGE_TYPE.internal && edge.name === 'table')
      return edge.targetNode.type === NODE_TYPE.array;
  }
  return false;
}
