import type { NaiveNode } from './naive-reader.js';

/**
 * States of detachedness after inheritance, by the rule and nothing else: as long as there is one, give a native node of
 * unknown state the state of a native node that points to it; first all that are attached, then all that are detached.
 */
export function inheritNaively(nodes: readonly NaiveNode[]): (number | undefined)[] {
  const states = nodes.map((node) => node.detachedness);
  for (const state of [1, 2]) {
    for (let changed = true; changed; ) {
      changed = false;
      for (const [ordinal, node] of nodes.entries()) {
        if (node.type !== 'native' || states[ordinal] !== state) continue;
        for (const { type, to } of node.edges) {
          if (type === 'hidden' || type === 'invisible' || type === 'weak') continue;
          if (nodes[to].type !== 'native' || states[to] !== 0) continue;
          states[to] = state;
          changed = true;
        }
      }
    }
  }
  return states;
}
