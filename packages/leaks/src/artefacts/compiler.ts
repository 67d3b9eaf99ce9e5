import { NODE_TYPE } from '@heapstream/core';
import type { ArtefactRule } from '../leak-rule.js';

const ENGINE_TYPES = new Set<string>([
  NODE_TYPE.code,
  NODE_TYPE.hidden,
  NODE_TYPE.array,
  NODE_TYPE.objectShape,
]);

/** Code, feedback and shapes that V8 makes while functions get warm. */
export const compiler: ArtefactRule = {
  name: 'compiler',
  recognise: ({ node }) =>
    ENGINE_TYPES.has(node.type)
      ? 'it belongs to the engine (code, feedback, shapes), which grows while a program warms up'
      : null,
};
