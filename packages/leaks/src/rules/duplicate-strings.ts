import { NODE_TYPE } from '@heapstream/core';
import type { LeakRule } from '../leak-rule.js';

const STRING_TYPES = new Set<string>([NODE_TYPE.string, NODE_TYPE.concatenatedString]);

/** Copies of equal texts. */
export const duplicateStrings: LeakRule = {
  name: 'duplicate-strings',
  kind: 'strings',
  recognise: ({ counts, node }) =>
    STRING_TYPES.has(node.type)
      ? `${counts[counts.length - 1]} copies of strings that are held already`
      : null,
};
