import type { LeakRule } from '../leak-rule.js';

/** Everything else: a chain, a tree, an object of the program's own. Always recognises. */
export const growingObject: LeakRule = {
  name: 'growing-object',
  kind: 'object',
  recognise: ({ node }) => `what ${node.className} holds`,
};
