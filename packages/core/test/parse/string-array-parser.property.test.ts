import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StringTable } from '../../src/graph/string-table.js';
import { scanKernel } from '../../src/parse/scan-kernel.js';
import { StringArrayParser } from '../../src/parse/string-array-parser.js';
import { arbitraryChunking } from '../support/arbitrary-chunking.js';
import { arbitraryFormatting } from '../support/arbitrary-formatting.js';
import { arbitraryText } from '../support/arbitrary-values.js';
import { feed, testContext, utf8 } from '../support/feed-parser.js';

function read(chunks: Iterable<Uint8Array>): { strings: string[]; badSequences: number } {
  const parser = new StringArrayParser('strings', testContext());
  feed(parser, chunks);
  expect(parser.done).toBe(true);
  const { count, bytes, moreBytes, start, hasLoneSurrogates } = parser.result;
  const table = new StringTable({
    stringBytes: bytes,
    moreStringBytes: moreBytes,
    stringStart: start,
    stringCount: count,
    hasLoneSurrogates,
  });
  return { strings: [...table], badSequences: parser.badSequences };
}

test('every string that JSON can hold is read as JSON.parse reads it, however it is written and cut', () => {
  fc.assert(
    fc.property(
      fc.array(arbitraryText(), { maxLength: 8 }),
      arbitraryFormatting(),
      arbitraryChunking(),
      (texts, format, chunk) => {
        expect(read(chunk(utf8(format(texts).trim())))).toEqual({ strings: texts, badSequences: 0 });
      },
    ),
    { numRuns: 400 },
  );
});

test('every run of bytes becomes what TextDecoder makes of it', () => {
  // bytes that begin, continue and break sequences, more often than chance would
  const byte = fc.oneof(
    fc.integer({ min: 0x80, max: 0xff }),
    fc.constantFrom(
      0x20,
      0x41,
      0x7f,
      0x80,
      0x9f,
      0xa0,
      0xbf,
      0xc1,
      0xc2,
      0xdf,
      0xe0,
      0xed,
      0xef,
      0xf0,
      0xf4,
      0xf5,
    ),
  );
  fc.assert(
    fc.property(
      fc.array(fc.array(byte, { maxLength: 24 }), { maxLength: 4 }),
      arbitraryChunking(),
      (runs, chunk) => {
        const bytes = [
          0x5b,
          ...runs.flatMap((run, i) => [...(i === 0 ? [] : [0x2c]), 0x22, ...run, 0x22]),
          0x5d,
        ];
        const strings = runs.map((run) =>
          new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(run)),
        );
        const badSequences = strings.join('').split('\ufffd').length - 1;
        // a good U+FFFD would be counted here, but its bytes (EF BF BD) are not among the choices in that order alone
        const goodOnes = runs.reduce((sum, run) => sum + countReplacements(run), 0);
        expect(read(chunk(Uint8Array.from(bytes)))).toEqual({
          strings,
          badSequences: badSequences - goodOnes,
        });
      },
    ),
    { numRuns: 1000 },
  );
});

/** How often the bytes hold U+FFFD itself. */
function countReplacements(bytes: readonly number[]): number {
  let count = 0;
  for (let i = 0; i + 2 < bytes.length; i++) {
    if (bytes[i] === 0xef && bytes[i + 1] === 0xbf && bytes[i + 2] === 0xbd) count++;
  }
  return count;
}

test('what is no array of strings ends with the same error for every cutting', () => {
  const damage = fc.constantFrom(
    '"',
    '\\',
    '\\u',
    '\\ud83d',
    '\n',
    ',',
    '[',
    ']',
    ' ',
    '1',
    '\0',
    '\x7f',
    '😀',
  );
  fc.assert(
    fc.property(
      fc.array(arbitraryText(), { maxLength: 4 }),
      fc.nat(),
      damage,
      arbitraryChunking(),
      (texts, at, what, chunk) => {
        const valid = JSON.stringify(texts);
        const place = at % (valid.length + 1);
        const bytes = utf8(valid.slice(0, place) + what + valid.slice(place));
        const outcome = (chunks: Uint8Array[]) => {
          const parser = new StringArrayParser('strings', testContext());
          try {
            const taken = feed(parser, chunks);
            return { taken, done: parser.done, bytes: parser.result.bytes };
          } catch (error) {
            return String(error);
          }
        };
        expect(outcome(chunk(bytes))).toEqual(outcome([bytes]));
      },
    ),
    { numRuns: 400 },
  );
});

test('the kernel takes what the careful path takes, wherever a string is odd or the bytes are cut', () => {
  const plain = fc.string({
    unit: fc.constantFrom('a', 'Z', ' ', '~', '\\n', '\\"', '\\\\', '\\/'),
    maxLength: 70,
  });
  const odd = fc.constantFrom('\\u00e9', 'ü', '\\ud83d\\ude00', '\\udc00', '\x7f');
  const flaw = fc.constantFrom('\n', '\\x', '\x00');
  const text = fc.oneof(
    { weight: 40, arbitrary: plain },
    { weight: 2, arbitrary: fc.tuple(plain, odd, plain).map((parts) => parts.join('')) },
    { weight: 1, arbitrary: fc.tuple(plain, fc.oneof(odd, flaw), plain).map((parts) => parts.join('')) },
  );
  const separator = fc.oneof(
    { weight: 30, arbitrary: fc.constantFrom(',', ',\n') },
    { weight: 1, arbitrary: fc.constantFrom(' ,\r\n\t', ',,', ']') },
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(text, separator), { maxLength: 400 }), fc.nat(), (pairs, cut) => {
      const bytes = utf8(`[${pairs.map(([string, between]) => `"${string}"${between}`).join('')}"last"]`);
      const at = cut % bytes.length;
      const outcomes = [scanKernel(), null].map((kernel) => {
        const parser = new StringArrayParser('strings', testContext(), { kernel });
        try {
          feed(parser, [bytes.subarray(0, at), bytes.subarray(at)]);
        } catch (error) {
          return String(error);
        }
        return parser.result;
      });
      expect(outcomes[0]).toEqual(outcomes[1]);
    }),
    { numRuns: 200 },
  );
});
