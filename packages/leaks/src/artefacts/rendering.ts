import { NODE_TYPE } from '@heapstream/core';
import type { ArtefactRule } from '../leak-rule.js';

const RENDERING = /^blink::(?:Layout|Physical|Paint|Inline|Fragment|ComputedStyle|Style)/;

/** What a browser makes to show the elements of the document: it follows them. */
export const rendering: ArtefactRule = {
  name: 'rendering',
  recognise: ({ node }) =>
    node.type === NODE_TYPE.native && RENDERING.test(node.rawName)
      ? 'the browser makes it to show the elements of the document'
      : null,
};
