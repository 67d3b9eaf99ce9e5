import type { LeakRule } from '../leak-rule.js';

/** Lists that only ever get longer. */
export const arrays: LeakRule = {
  name: 'arrays',
  kind: 'array',
  recognise: ({ node }) => (node.rawName === 'Array' ? 'the elements of an Array' : null),
};
