import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatChosen, parseChosen } from '../../../page/state/chosen-snapshots.js';

test('an address says which snapshots are chosen, and in which order', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(20), { minLength: 1 }),
      fc.infiniteStream(fc.boolean()),
      (all, coins) => {
        const offered = all.toSorted((a, b) => a - b);
        const some = all.filter(() => coins.next().value);
        const chosen = some.length > 0 ? some : offered;
        expect(parseChosen(formatChosen(chosen, offered), offered)).toEqual(chosen);
      },
    ),
  );
  expect(formatChosen([0, 1, 2], [0, 1, 2])).toBe('');
  expect(formatChosen([2, 0], [0, 1, 2])).toBe('2,0');
});

test('what an address names twice, or what is not there, does not count', () => {
  expect(parseChosen('1,7,x,1,-2, 0,0', [0, 1, 2])).toEqual([1, 0]);
  expect(parseChosen('9', [0, 1])).toEqual([0, 1]);
  expect(parseChosen('', [3])).toEqual([3]);
});
