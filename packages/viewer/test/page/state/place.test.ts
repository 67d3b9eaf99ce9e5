import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatPlace, PANES, type Place, parsePlace, START, VIEWS } from '../../../page/state/place.js';

const ordinal = fc.option(fc.maxSafeNat());
const places: fc.Arbitrary<Place> = fc.record({
  view: fc.constantFrom(...VIEWS),
  snapshot: ordinal,
  base: ordinal,
  object: ordinal,
  objectIn: ordinal,
  pane: fc.constantFrom(...PANES),
  filter: fc.string({ unit: 'grapheme' }),
  type: fc.string(),
  heldBy: fc.constantFrom('', 'contexts', 'console'),
  minSize: fc.maxSafeNat(),
  minCount: fc.maxSafeNat(),
  sorting: fc.option(fc.record({ column: fc.stringMatching(/^[A-Za-z]{1,20}$/), descending: fc.boolean() })),
  form: fc.string(),
  zoom: ordinal,
  fromId: ordinal,
  toId: ordinal,
  snapshots: fc.string(),
  class: ordinal,
});

test('an address says the whole place', () => {
  fc.assert(
    fc.property(places, (place) => {
      expect(parsePlace(formatPlace(place))).toEqual(place);
    }),
  );
});

test('what is as it starts is left out of the address', () => {
  expect(formatPlace(START)).toBe('#/summary');
  expect(formatPlace({ ...START, view: 'strings', filter: 'a&b', object: 7 })).toBe(
    '#/strings?object=7&filter=a%26b',
  );
  expect(formatPlace({ ...START, sorting: { column: 'count', descending: true } })).toBe(
    '#/summary?sort=-count',
  );
});

test('any address leads somewhere', () => {
  fc.assert(
    fc.property(fc.string(), (hash) => {
      expect(VIEWS).toContain(parsePlace(hash).view);
    }),
  );
  expect(parsePlace('#/nowhere?object=-1&snapshot=1e9&sort=a b&pane=x')).toEqual(START);
  expect(parsePlace('')).toEqual(START);
});
