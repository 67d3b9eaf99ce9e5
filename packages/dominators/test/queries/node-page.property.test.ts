import fc from 'fast-check';
import { expect, test } from 'vitest';
import { largestNodes } from '../../src/queries/node-page.js';

test('pages are parts of the whole list sorted', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(9), { maxLength: 4000, size: 'max' }),
      fc.nat(30),
      fc.option(fc.nat(30), { nil: undefined }),
      (values, offset, limit) => {
        const nodes = values.map((_, node) => node);
        const sorted = [...nodes].sort((a, b) => values[b] - values[a] || a - b);
        const end = limit === undefined ? undefined : offset + limit;
        const page = largestNodes(nodes, values, { offset, ...(limit === undefined ? {} : { limit }) });
        expect(page.total).toBe(values.length);
        expect([...page.ordinals]).toEqual(sorted.slice(offset, end));
      },
    ),
  );
});
