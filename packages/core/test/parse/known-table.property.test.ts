import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KNOWN_TEXTS } from '../../src/format/known-texts.js';
import { StringTable } from '../../src/graph/string-table.js';
import { DEFAULT_LIMITS } from '../../src/limits.js';
import { ParseContext } from '../../src/parse/parse-context.js';
import { StringArrayParser } from '../../src/parse/string-array-parser.js';

const NUMBERED = /^\d+ \/ part /;

function read(strings: readonly string[], cut: number) {
  const parser = new StringArrayParser('strings', new ParseContext('test', DEFAULT_LIMITS));
  const bytes = new TextEncoder().encode(JSON.stringify(strings));
  parser.write(bytes.slice(0, cut % bytes.length), 0, 0);
  parser.write(bytes.slice(cut % bytes.length), 0, cut % bytes.length);
  const { bytes: stringBytes, count, hasLoneSurrogates, moreBytes, start } = parser.result;
  const columns = {
    stringBytes,
    moreStringBytes: moreBytes,
    stringCount: count,
    stringStart: start,
    hasLoneSurrogates,
  };
  const knownStrings = parser.known!.finish(new StringTable(columns))!;
  return { knownStrings, table: new StringTable({ ...columns, knownStrings }) };
}

const arbitraryKnown = fc.constantFrom(...KNOWN_TEXTS);
const arbitraryNumbered = fc
  .tuple(
    fc.bigInt({ min: 0n, max: 10n ** 20n }),
    fc.constantFrom(' / part ', ' / part of key (é @1)', ' / par', '/ part x', ' / part of key (x @1)'),
  )
  .map((parts) => parts.join(''));
const arbitraryString = fc.oneof(
  { weight: 3, arbitrary: arbitraryKnown },
  // nearly one
  {
    weight: 2,
    arbitrary: fc
      .tuple(arbitraryKnown, fc.constantFrom('x', 'é', '\n', '\0', ''))
      .map((parts) => parts.join('')),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(arbitraryKnown, fc.nat(30)).map(([text, length]) => text.slice(0, length)),
  },
  { weight: 2, arbitrary: arbitraryNumbered },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 70 }) },
);

test('known texts are found wherever they stand, by the kernel or not, and nothing else', () => {
  fc.assert(
    fc.property(fc.array(arbitraryString, { maxLength: 120 }), fc.nat(), (strings, cut) => {
      const { knownStrings, table } = read(strings, cut);
      const where = (isIt: (text: string) => boolean) =>
        [...strings.keys()].filter((at) => isIt(strings[at]));
      for (const text of KNOWN_TEXTS)
        expect(table.ordinalsOf(text)).toEqual(where((other) => other === text));
      expect([...knownStrings.numbered]).toEqual(where((text) => NUMBERED.test(text)));
    }),
    { numRuns: 400 },
  );
});
