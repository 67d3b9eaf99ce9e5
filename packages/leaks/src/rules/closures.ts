import { NODE_TYPE } from '@heapstream/core';
import type { LeakRule } from '../leak-rule.js';
import { isContext } from '../leak-site.js';

const SCOPE = /^system \/ Context/;
/** Scopes for each object that came in, from which they are what links these. */
const LEAST_SCOPES = 0.9;

/** Scopes of functions that keep variables, often a chain of them. */
export const closures: LeakRule = {
  name: 'closures',
  kind: 'closure',
  recognise(site) {
    const { node } = site;
    const scopes = site.countOf((name) => SCOPE.test(name));
    if (node.type === NODE_TYPE.native) return null;
    const isScopeOrFunction = isContext(node) || node.type === NODE_TYPE.closure;
    const added = site.growth.count * site.rounds;
    if (!isScopeOrFunction && (added === 0 || scopes < added * LEAST_SCOPES)) return null;
    return isContext(node)
      ? 'variables of a scope that functions keep'
      : `scopes of functions, kept by ${node.className}`;
  },
};
