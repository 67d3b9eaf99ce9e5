import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StringTable } from '../../src/graph/string-table.js';
import { type ParsedStrings, StringArrayParser } from '../../src/parse/string-array-parser.js';
import { arbitraryChunking } from '../support/arbitrary-chunking.js';
import { arbitraryFormatting } from '../support/arbitrary-formatting.js';
import { arbitraryText } from '../support/arbitrary-values.js';
import { feed, testContext, utf8 } from '../support/feed-parser.js';

interface Reading {
  readonly segmentBytes?: number;
  readonly restBytes?: number;
  readonly keep?: (ordinal: number) => boolean;
}

function read(chunks: Iterable<Uint8Array>, options: Reading): ParsedStrings {
  const parser = new StringArrayParser('strings', testContext(), options);
  feed(parser, chunks);
  expect(parser.done).toBe(true);
  return parser.result;
}

function tableOf({ count, bytes, moreBytes, start, hasLoneSurrogates }: ParsedStrings): StringTable {
  return new StringTable({
    stringBytes: bytes,
    moreStringBytes: moreBytes,
    stringStart: start,
    stringCount: count,
    hasLoneSurrogates,
  });
}

/** Raw bytes that begin, continue and break sequences, so that replacing them may cross a boundary backwards. */
const arbitraryBytes = fc.array(
  fc.array(fc.constantFrom(0x20, 0x41, 0x80, 0xbf, 0xc3, 0xe0, 0xed, 0xa0, 0xf0, 0x9f, 0x98), {
    maxLength: 12,
  }),
  { maxLength: 5 },
);

const arbitraryInput = fc.oneof(
  fc
    .tuple(fc.array(arbitraryText(), { maxLength: 8 }), arbitraryFormatting())
    .map(([texts, format]) => utf8(format(texts).trim())),
  arbitraryBytes.map((runs) =>
    Uint8Array.from([
      0x5b,
      ...runs.flatMap((run, i) => [...(i === 0 ? [] : [0x2c]), 0x22, ...run, 0x22]),
      0x5d,
    ]),
  ),
);

test('segments of any length hold the bytes that one array would', () => {
  fc.assert(
    fc.property(
      arbitraryInput,
      arbitraryChunking(),
      fc.integer({ min: 1, max: 40 }),
      fc.option(fc.nat({ max: 500 }), { nil: undefined }),
      fc.func(fc.boolean()),
      fc.boolean(),
      (input, chunk, segmentBytes, restBytes, isKept, keepsAll) => {
        const keep = keepsAll ? undefined : isKept;
        const whole = read([input], { keep });
        const parts = read(chunk(input), { keep, segmentBytes, restBytes });
        expect(parts.start).toEqual(whole.start);
        const segments = [parts.bytes, ...parts.moreBytes];
        expect(Buffer.concat(segments).equals(whole.bytes)).toBe(true);
        segments.slice(0, -1).forEach((segment) => {
          expect(segment.length).toBe(segmentBytes);
        });
        expect(segments.at(-1)!.length).toBeLessThanOrEqual(segmentBytes);

        const [segmented, plain] = [tableOf(parts), tableOf(whole)];
        expect([...segmented]).toEqual([...plain]);
        for (let ordinal = 0; ordinal < plain.count; ordinal++) {
          const bytes = plain.bytesOf(ordinal);
          expect(segmented.bytesOf(ordinal)).toEqual(bytes);
          expect(segmented.firstByteOf(ordinal)).toBe(bytes[0]);
          expect(segmented.startsWith(ordinal, bytes)).toBe(true);
          expect(segmented.startsWith(ordinal, Uint8Array.from([...bytes.subarray(0, -1), 0xff]))).toBe(
            bytes.length > 0 && bytes.at(-1) === 0xff,
          );
          expect(segmented.ordinalsOf(plain.get(ordinal))).toEqual(plain.ordinalsOf(plain.get(ordinal)));
        }
      },
    ),
    { numRuns: 600 },
  );
});

test('room for the rest of a file is made once', () => {
  const strings = Array.from({ length: 9000 }, (_, i) => `text number ${i}`);
  const input = utf8(JSON.stringify(strings));
  const { bytes, start } = read([input], { restBytes: input.length });
  expect(bytes.buffer.byteLength).toBe(input.length + 4);
  expect(start.buffer.byteLength).toBe(Math.ceil(input.length / 16) * 4);
});
