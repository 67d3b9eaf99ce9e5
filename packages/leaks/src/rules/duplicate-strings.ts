import { NODE_TYPE } from '@heapstream/core';
import type { LeakRule } from '../leak-rule.js';

const STRING_TYPES = new Set<string>([NODE_TYPE.string, NODE_TYPE.concatenatedString]);

/** Copies of equal texts, and single ones that are large. */
export const duplicateStrings: LeakRule = {
  name: 'duplicate-strings',
  kind: 'strings',
  recognise({ counts, node }) {
    if (!STRING_TYPES.has(node.type)) return null;
    const copies = counts[counts.length - 1];
    return copies > 0 ? `${copies} copies of strings that are held already` : 'one large string';
  },
};
