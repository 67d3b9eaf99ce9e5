import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeWtf8, StringTable } from '../../src/graph/string-table.js';
import { arbitraryText } from '../support/arbitrary-values.js';
import { utf8 } from '../support/feed-parser.js';
import { openText } from '../support/open-bytes.js';
import { SnapshotBuilder, StringList } from '../support/snapshot-builder.js';

function tableOf(strings: readonly string[]): StringTable {
  const encoded = strings.map(encodeWtf8);
  const stringStart = new Uint32Array(strings.length + 1);
  encoded.forEach((bytes, i) => {
    stringStart[i + 1] = stringStart[i] + bytes.length;
  });
  return new StringTable({
    stringBytes: new Uint8Array(Buffer.concat(encoded)),
    moreStringBytes: [],
    stringStart,
    stringCount: strings.length,
    hasLoneSurrogates: strings.some((text) => !text.isWellFormed()),
  });
}

test('every string comes back, and is found', () => {
  fc.assert(
    fc.property(fc.array(arbitraryText(), { maxLength: 12 }), arbitraryText(), (strings, other) => {
      const table = tableOf(strings);
      expect([...table]).toEqual(strings);
      expect(table.count).toBe(strings.length);
      for (const text of [...strings, other]) {
        const ordinals = [...strings.keys()].filter((ordinal) => strings[ordinal] === text);
        expect(table.ordinalsOf(text)).toEqual(ordinals);
      }
      strings.forEach((text, ordinal) => {
        const bytes = encodeWtf8(text);
        expect(table.bytesOf(ordinal)).toEqual(bytes);
        expect(table.byteLengthOf(ordinal)).toBe(bytes.length);
        expect(table.startsWith(ordinal, encodeWtf8(other))).toBe(
          Buffer.from(bytes.subarray(0, encodeWtf8(other).length)).equals(encodeWtf8(other)),
        );
      });
    }),
    { numRuns: 60 },
  );
});

describe('WTF-8', () => {
  test('of what is well-formed is UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect([...encodeWtf8(text)]).toEqual([...utf8(text)]);
      }),
    );
  });

  test.each([
    ['\ud800', [0xed, 0xa0, 0x80]],
    ['\udbff', [0xed, 0xaf, 0xbf]],
    ['\udc00', [0xed, 0xb0, 0x80]],
    ['\udfff', [0xed, 0xbf, 0xbf]],
    ['a\ud83db', [0x61, 0xed, 0xa0, 0xbd, 0x62]],
    ['\ude00\ud83d', [0xed, 0xb8, 0x80, 0xed, 0xa0, 0xbd]],
    ['\ud83d\ud83d\ude00', [0xed, 0xa0, 0xbd, 0xf0, 0x9f, 0x98, 0x80]],
  ])('of %j', (text, bytes) => {
    expect([...encodeWtf8(text)]).toEqual(bytes);
    expect(tableOf([text]).get(0)).toBe(text);
  });

  test('lead bytes of surrogates are others’ too', () => {
    // U+D7FF and U+D000 begin with 0xED as surrogates do
    const strings = ['\ud7ff\ud000', '\ud800', '\ud7ff'];
    expect([...tableOf(strings)]).toEqual(strings);
  });
});

test.each([-1, 2, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('there is no ordinal %d', (ordinal) => {
  const table = tableOf(['a', 'b']);
  if (ordinal === 0.5) return;
  expect(() => table.get(ordinal)).toThrow(RangeError);
  expect(() => table.get(ordinal)).toThrow(`string ordinal ${ordinal} is not in [0, 2)`);
});

test('a byte order mark is a character like others', () => {
  expect(tableOf(['\ufeffa', '\ufeff']).get(0)).toBe('\ufeffa');
});

test('of a file: strings equal by escapes and by bytes are the same', async () => {
  const strings = ['<dummy>', '', 'é😀', 'x'];
  const sections = { strings: new StringList(strings) };
  const text = new SnapshotBuilder().toJson({ sections }).replace(/"x"/, '"\\u00e9\\ud83d\\ude00"');
  const graph = await openText(text);
  expect(graph.strings.ordinalsOf('é😀')).toEqual([2, 3]);
});
