import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inferInterfaces } from '../../src/naming/interfaces.js';
import { arbitraryNodes } from '../support/arbitrary-graph.js';
import { bruteForceClassKeys, bruteForceInterfaces } from '../support/brute-force-classes.js';
import { WAYS } from '../support/classified.js';
import { drawGraph } from '../support/draw-graph.js';

const objects = arbitraryNodes({ nodeTypes: ['object', 'object', 'object', 'native', 'closure'] });

test.each(WAYS)('interfaces and class keys follow the rules: %s', (_, classify) => {
  fc.assert(
    fc.property(fc.oneof(arbitraryNodes(), objects), fc.boolean(), (nodes, repeatStrings) => {
      const graph = drawGraph(nodes, { repeatStrings });
      const classes = classify(graph);
      expect(classes.interfaces).toEqual(bruteForceInterfaces(nodes));
      expect(nodes.map((_, ordinal) => classes.classOf(ordinal).key)).toEqual(bruteForceClassKeys(nodes));
      expect(new Set(classes.classes.map(({ key }) => key)).size).toBe(classes.classes.length);
    }),
    { numRuns: 1000 },
  );
});

test.each(WAYS)('interfaces of one graph classify another: %s', (_, classify) => {
  fc.assert(
    fc.property(objects, objects, (nodes, otherNodes) => {
      const interfaces = inferInterfaces(drawGraph(otherNodes));
      const classes = classify(drawGraph(nodes), { interfaces });
      expect(nodes.map((_, ordinal) => classes.classOf(ordinal).key)).toEqual(
        bruteForceClassKeys(nodes, bruteForceInterfaces(otherNodes)),
      );
    }),
    { numRuns: 500 },
  );
});
