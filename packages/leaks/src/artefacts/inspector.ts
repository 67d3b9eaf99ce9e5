import type { ArtefactRule } from '../leak-rule.js';

const TOOLS = /DevTools console|[Ii]nspector|^V8InspectorContext|^CommandLineAPI/;

/** What an attached inspector keeps: the messages of the console, and objects it was asked about. */
export const inspector: ArtefactRule = {
  name: 'inspector',
  recognise: ({ steps }) =>
    steps.some(({ edge, node }) => TOOLS.test(String(edge?.name ?? '')) || TOOLS.test(node.rawName))
      ? 'an inspector or its console holds it'
      : null,
};
