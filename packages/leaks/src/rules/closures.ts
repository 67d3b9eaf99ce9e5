import { NODE_TYPE } from '@heapstream/core';
import type { LeakRule } from '../leak-rule.js';
import { isContext } from '../leak-site.js';

const SCOPE = /^system \/ Context/;
const LEAST_COUNT = 1;

/** Scopes of functions that keep variables, often a chain of them. */
export const closures: LeakRule = {
  name: 'closures',
  kind: 'closure',
  recognise(site) {
    const { node } = site;
    const scopes = site.countOf((name) => SCOPE.test(name));
    const isScopeOrFunction = isContext(node) || node.type === NODE_TYPE.closure;
    if (!isScopeOrFunction && scopes < LEAST_COUNT) return null;
    return isContext(node)
      ? 'variables of a scope that functions keep'
      : `scopes of functions, kept by ${node.className}`;
  },
};
