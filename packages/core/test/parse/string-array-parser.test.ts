import { describe, expect, test } from 'vitest';
import { StringTable } from '../../src/graph/string-table.js';
import { StringArrayParser } from '../../src/parse/string-array-parser.js';
import { errorOf, everyCut, feed, inPieces, testContext, utf8 } from '../support/feed-parser.js';

interface ReadStrings {
  strings: string[];
  table: StringTable;
  badSequences: number;
  warnings: string[];
  hasLoneSurrogates: boolean;
}

function read(chunks: Iterable<Uint8Array>, keep?: (ordinal: number) => boolean): ReadStrings {
  const context = testContext();
  const parser = new StringArrayParser('strings', context, keep ? { keep } : {});
  feed(parser, chunks);
  expect(parser.done).toBe(true);
  const { count, bytes, moreBytes, start, hasLoneSurrogates } = parser.result;
  expect(start.length).toBe(count + 1);
  expect(start[count]).toBe(bytes.length);
  const table = new StringTable({
    stringBytes: bytes,
    moreStringBytes: moreBytes,
    stringStart: start,
    stringCount: count,
    hasLoneSurrogates,
  });
  return {
    strings: [...table],
    table,
    badSequences: parser.badSequences,
    warnings: context.warnings.map(({ message }) => message),
    hasLoneSurrogates,
  };
}

/** `bytes` between quotes in an array. */
function quoted(bytes: readonly number[]): Uint8Array {
  return Uint8Array.from([0x5b, 0x22, ...bytes, 0x22, 0x5d]);
}

describe('accepts, in every cut', () => {
  test.each([
    '[]',
    '[ \r\n\t]',
    '[""]',
    '["",""]',
    '["a","bc" , "def"\n]',
    // V8 ends every string with a newline, Hermes escapes the slash
    '["<dummy>",\n"",\n"(GC roots)"]',
    '["a\\/b","\\"","\\\\","\\b\\f\\n\\r\\t"]',
    '["\\u0041\\u00e9\\u20AC\\uD83D\\uDE00","\\u0000","\\u007f"]',
    '["é€😀","🇩🇪","\u{10ffff}","\u0080\u07ff\u0800\uffff"]',
    '["\ufeff","\u2028\u2029"]',
    '["],\\"nodes\\":[","a\\\\","\\\\\\""]',
  ])('%s', (text) => {
    const strings = JSON.parse(text) as string[];
    for (const chunks of everyCut(utf8(text))) {
      expect(read(chunks)).toMatchObject({
        strings,
        badSequences: 0,
        warnings: [],
        hasLoneSurrogates: false,
      });
    }
  });

  test('every UTF-16 unit as an escape, and what is none', () => {
    const escapes = Array.from({ length: 0x10000 }, (_, unit) => {
      const digits = unit.toString(16).padStart(4, '0');
      return `"\\u${unit % 2 ? digits : digits.toUpperCase()}${digits}"`;
    });
    const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xe000;
    const together = `[${escapes.filter((_, unit) => !isSurrogate(unit)).join(',')}]`;
    expect(read([utf8(together)]).strings).toEqual(JSON.parse(together));
    // each apart: one that the kernel leaves to the careful path would take the next ones along
    for (const alone of escapes.filter((_, unit) => isSurrogate(unit))) {
      const text = `["a",${alone},"b"]`;
      expect(read([utf8(text)]).strings).toEqual(JSON.parse(text));
    }
    for (const bad of ['/', ':', '@', 'G', '`', 'g', '"']) {
      const error = errorOf(() => read([utf8(`["a","\\u00${bad}0","b"]`)]));
      expect(error).toMatchObject({ code: 'BAD_STRING', byteOffset: 10 });
    }
  });

  test.each([
    ['a high surrogate alone', '["\\ud800"]'],
    ['a low surrogate alone', '["\\udc00"]'],
    ['the wrong order', '["\\udc00\\ud800"]'],
    ['two high ones, then a low one', '["\\ud800\\ud83d\\ude00"]'],
    ['a high one before an escaped letter', '["\\ud800\\n","\\ud800\\u0041"]'],
    ['a high one before a letter', '["\\ud800A"]'],
    ['a high one before raw UTF-8', '["\\ud83dé","\\ud83d😀"]'],
    ['a high one at the end of a string, a low one at the start of the next', '["\\ud83d","\\ude00"]'],
    ['upper-case digits', '["\\uD83D","\\uDE00x"]'],
  ])('%s', (_, text) => {
    const strings = JSON.parse(text) as string[];
    for (const chunks of everyCut(utf8(text))) {
      expect(read(chunks)).toMatchObject({ strings, badSequences: 0, hasLoneSurrogates: true });
    }
  });

  test('escapes and raw UTF-8 give the same bytes', () => {
    const { table } = read([utf8('["é€😀/","\\u00e9\\u20ac\\ud83d\\uDE00\\/"]')]);
    expect(table.bytesOf(1)).toEqual(table.bytesOf(0));
    expect(Array.from(table.bytesOf(0))).toEqual([...utf8('é€😀/')]);
  });
});

describe('bytes that are not UTF-8', () => {
  test.each([
    [[0x80], 1],
    [[0xff, 0xfe], 2],
    [[0xc0, 0xaf], 2],
    [[0xc1, 0xbf], 2],
    [[0xc3], 1],
    [[0xc3, 0x41], 1],
    [[0xc3, 0xc3, 0xa9], 1],
    [[0xe0, 0x9f, 0x80], 3],
    [[0xe2, 0x82], 1],
    [[0xe2, 0x82, 0x41], 1],
    [[0xed, 0xa0, 0x80], 3],
    [[0xed, 0xbf, 0xbf], 3],
    [[0xed, 0x9f, 0xbf], 0],
    [[0xee, 0x80, 0x80], 0],
    [[0xf0, 0x8f, 0x80, 0x80], 4],
    [[0xf0, 0x9f, 0x98], 1],
    [[0xf0, 0x9f, 0x98, 0xf0, 0x9f, 0x98, 0x80], 1],
    [[0xf4, 0x8f, 0xbf, 0xbf], 0],
    [[0xf4, 0x90, 0x80, 0x80], 4],
    [[0xf5, 0x80, 0x80, 0x80], 4],
    [[0x41, 0xe2, 0x82, 0xe2, 0x82, 0xac, 0x80, 0x42], 2],
  ])('%j are replaced as TextDecoder does, and counted', (bytes, badSequences) => {
    const decoded = new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes));
    expect(decoded.split('\ufffd').length - 1).toBe(badSequences);
    for (const chunks of everyCut(quoted(bytes))) {
      expect(read(chunks)).toMatchObject({ strings: [decoded], badSequences, hasLoneSurrogates: false });
    }
  });

  test('before an escape, and between the halves of a pair', () => {
    const bytes = [0xe2, 0x82, ...utf8('\\n'), ...utf8('\\ud83d'), 0xff, ...utf8('\\ude00')];
    for (const chunks of everyCut(quoted(bytes))) {
      expect(read(chunks).strings).toEqual(['\ufffd\n\ud83d\ufffd\ude00']);
    }
  });

  test('are told in one warning', () => {
    expect(read([quoted([0xff])]).warnings).toEqual([
      '1 sequence of bytes in the strings are not UTF-8 and became U+FFFD',
    ]);
    expect(read([quoted([0xff, 0x41, 0xff])]).warnings).toEqual([
      '2 sequences of bytes in the strings are not UTF-8 and became U+FFFD',
    ]);
  });

  test('U+FFFD in the file is no bad sequence', () => {
    expect(read([utf8('["\ufffd","\\ufffd"]')])).toMatchObject({
      strings: ['\ufffd', '\ufffd'],
      warnings: [],
    });
  });
});

describe('refuses', () => {
  const control = 'no raw control character in a string';
  const escapes = 'one of "\\/bfnrtu after \\';
  const hex = 'four hexadecimal digits after \\u';
  test.each([
    ['x', 0, "'['", "'x'"],
    ['["a\nb"]', 3, control, 'byte 0x0a'],
    ['["a\tb"]', 3, control, 'byte 0x09'],
    ['["\0"]', 2, control, 'byte 0x00'],
    ['["\u001f"]', 2, control, 'byte 0x1f'],
    ['["é\u0001"]', 4, control, 'byte 0x01'],
    ['["a\\x41"]', 4, escapes, "'x'"],
    ['["\\ "]', 3, escapes, 'byte 0x20'],
    ['["\\U0041"]', 3, escapes, "'U'"],
    ['["\\\n"]', 3, escapes, 'byte 0x0a'],
    ['["\\u12g4"]', 6, hex, "'g'"],
    ['["\\u12"]', 6, hex, "'\"'"],
    ['["\\u00:0"]', 6, hex, "':'"],
    ['["\\u@000"]', 4, hex, "'@'"],
    ['["a" "b"]', 5, "',' or ']'", "'\"'"],
    ['["a"}', 4, "',' or ']'", "'}'"],
    ['["a",]', 5, 'a string', "']'"],
    ['[,"a"]', 1, 'a string', "','"],
    ['["a",,"b"]', 5, 'a string', "','"],
    ['["a",null]', 5, 'a string', "'n'"],
    ['[1]', 1, 'a string', "'1'"],
    ["['a']", 1, 'a string', "'''"],
    ['[["a"]]', 1, 'a string', "'['"],
  ])('%j, at the same byte in every cut', (text, byteOffset, expected, actual) => {
    for (const chunks of everyCut(utf8(text))) {
      const error = errorOf(() => feed(new StringArrayParser('strings', testContext()), chunks));
      expect(error).toMatchObject({ code: 'BAD_STRING', section: 'strings', byteOffset, expected, actual });
    }
  });
});

test.each([
  ['[', 'a string'],
  ['["a"', "',' or ']'"],
  ['["a",', 'a string'],
  ['["a', 'the end of the string'],
  ['["a\\', 'the end of the string'],
  ['["a\\u00', 'the end of the string'],
])('says what %j lacks', (text, expectation) => {
  const parser = new StringArrayParser('strings', testContext());
  feed(parser, [utf8(text)]);
  expect(parser.done).toBe(false);
  expect(parser.expectation).toBe(expectation);
});

test('takes nothing behind the bracket', () => {
  const parser = new StringArrayParser('strings', testContext());
  expect(parser.write(utf8('"strings":["a"],"b"'), 10, 0)).toBe(15);
  expect(parser.result.count).toBe(1);
});

test('grows with strings and bytes', () => {
  const strings = Array.from({ length: 20_000 }, (_, i) => `string ${i} ${'é'.repeat(i % 40)}`);
  expect(read(inPieces(utf8(JSON.stringify(strings)), 1000)).strings).toEqual(strings);
  const long = ['x'.repeat(3_000_000), '€'.repeat(200_000)];
  expect(read(inPieces(utf8(JSON.stringify(long)), 65_536)).strings).toEqual(long);
  // every byte becomes three
  expect(read([quoted(new Array(100_000).fill(0xff))]).strings).toEqual(['\ufffd'.repeat(100_000)]);
});

test('strings that nobody keeps are checked and become empty', () => {
  const text = '["zero","one","\\ud800","three",""]';
  for (const chunks of everyCut(utf8(text))) {
    expect(read(chunks, (ordinal) => ordinal % 2 === 1).strings).toEqual(['', 'one', '', 'three', '']);
  }
  const parser = new StringArrayParser('strings', testContext(), { keep: () => false });
  expect(errorOf(() => feed(parser, [utf8('["\\x"]')])).code).toBe('BAD_STRING');
});

test('a string may have as many bytes as the limit, and no more', () => {
  const withLimit = (text: string, size = text.length) => {
    const parser = new StringArrayParser('strings', testContext({ maxStringBytes: 10 }));
    return () => feed(parser, inPieces(utf8(text), size));
  };
  expect(withLimit('["0123456789","0123456789"]')).not.toThrow();
  expect(withLimit('["\\u20ac\\u20ac\\u20acA"]')).not.toThrow();
  for (const text of ['["0123456789x"]', '["",\n"0123456789x"]', '["\\u20ac\\u20ac\\u20ac\\u20ac"]']) {
    for (const size of [1, 3, 100]) {
      expect(errorOf(withLimit(text, size))).toMatchObject({
        code: 'LIMIT_EXCEEDED',
        limit: 'maxStringBytes',
      });
    }
  }
  // long before its end
  expect(errorOf(withLimit(`["${'x'.repeat(1000)}`, 16)).message).toBe(
    'test.heapsnapshot: strings, byte 16: exceeds the limit maxStringBytes = 10',
  );
});
