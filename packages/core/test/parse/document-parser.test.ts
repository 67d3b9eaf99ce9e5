import { describe, expect, test } from 'vitest';
import { DocumentParser, type SectionReader } from '../../src/parse/document-parser.js';
import { JsonValueParser } from '../../src/parse/json-value-parser.js';
import { errorOf, everyCut, inPieces, testContext, utf8 } from '../support/feed-parser.js';

interface SeenSection {
  key: string;
  firstByte: string;
  from: number;
  to?: number;
}

/** Reads every value as JSON, and notes what it was told. */
class NotingReader implements SectionReader {
  readonly sections: SeenSection[] = [];
  readonly refusedStarts: number[] = [];

  open(key: string, firstByte: number, byteOffset: number): JsonValueParser {
    this.sections.push({ key, firstByte: String.fromCharCode(firstByte), from: byteOffset });
    return new JsonValueParser(key, testContext());
  }

  close(key: string, byteOffset: number): void {
    expect(this.sections.at(-1)?.key).toBe(key);
    this.sections.at(-1)!.to = byteOffset;
  }

  refuseStart(_byte: number, byteOffset: number): void {
    this.refusedStarts.push(byteOffset);
  }
}

function read(chunks: Iterable<Uint8Array>): { parser: DocumentParser; reader: NotingReader } {
  const reader = new NotingReader();
  const parser = new DocumentParser(reader, testContext());
  for (const chunk of chunks) {
    const own = chunk.slice();
    parser.write(own);
    own.fill(0x58);
  }
  return { parser, reader };
}

function readAll(chunks: Iterable<Uint8Array>): SeenSection[] {
  const { parser, reader } = read(chunks);
  parser.end();
  expect(parser.done).toBe(true);
  return reader.sections;
}

describe('sections', () => {
  test('come in the order of the file, with their places, in every cut', () => {
    const text = ' {\n"b" : [1] ,"a":{"x":"}"},"c":null,\t"d":"t"\r\n, "e":12}\n';
    const place = (key: string, value: string): SeenSection => {
      const from = text.indexOf(value, text.indexOf(`"${key}"`) + 3);
      return { key, firstByte: value[0], from, to: from + value.length };
    };
    const sections = [
      place('b', '[1]'),
      place('a', '{"x":"}"}'),
      place('c', 'null'),
      place('d', '"t"'),
      place('e', '12'),
    ];
    for (const chunks of everyCut(utf8(text))) expect(readAll(chunks)).toEqual(sections);
  });

  test('of an empty object there are none', () => {
    for (const chunks of everyCut(utf8(' { } '))) expect(readAll(chunks)).toEqual([]);
  });

  test.each([
    ['"n\\u006fdes"', 'nodes'],
    ['"\\u006E\\u006f\\u0064\\u0065\\u0073"', 'nodes'],
    ['"a\\"b"', 'a"b'],
    ['"\\\\"', '\\'],
    ['"\\/\\t"', '/\t'],
    ['"é😀\\ud83d\\ude00"', 'é😀😀'],
    ['""', ''],
    ['"}"', '}'],
  ])('with the key %s, in every cut', (key, decoded) => {
    for (const chunks of everyCut(utf8(`{${key}:1}`))) expect(readAll(chunks)[0].key).toBe(decoded);
  });

  test('may have the same key twice: that is the reader’s affair', () => {
    expect(readAll([utf8('{"a":1,"a":2}')]).map(({ key }) => key)).toEqual(['a', 'a']);
  });
});

test('tells which section it is in', () => {
  const { parser } = read([utf8('{"nodes":[1,')]);
  expect([parser.section, parser.byteOffset, parser.done]).toEqual(['nodes', 12, false]);
  parser.write(utf8('2]'));
  expect([parser.section, parser.byteOffset]).toEqual(['document', 14]);
  parser.write(utf8('}'));
  expect([parser.section, parser.byteOffset, parser.done]).toEqual(['document', 15, true]);
});

describe('a byte order mark', () => {
  const mark = '\ufeff';

  test('may stand before the document', () => {
    for (const chunks of everyCut(utf8(`${mark} {"a":1}`))) {
      expect(readAll(chunks)).toEqual([{ key: 'a', firstByte: '1', from: 9, to: 10 }]);
    }
  });

  test.each([
    ['twice', `${mark}${mark}{}`, 3],
    ['behind a space', ` ${mark}{}`, 1],
    ['behind the brace', `{${mark}}`, 1],
  ])('does not stand %s', (_, text, byteOffset) => {
    for (const chunks of everyCut(utf8(text))) {
      expect(errorOf(() => read(chunks))).toMatchObject({
        code: 'NOT_JSON',
        byteOffset,
        actual: 'byte 0xef',
      });
    }
  });

  test.each([
    [[0xef, 0x7b], 1],
    [[0xef, 0xbb, 0x7b], 2],
    [[0xef, 0xbb, 0x20, 0x7b], 3],
    [[0xbb, 0xbf, 0x7b], 0],
  ])('does not stand in part: %j', (bytes, byteOffset) => {
    for (const chunks of everyCut(Uint8Array.from(bytes))) {
      expect(errorOf(() => read(chunks))).toMatchObject({ code: 'NOT_JSON', byteOffset });
    }
  });
});

describe('bytes behind the end', () => {
  test('white space is no matter', () => {
    for (const chunks of everyCut(utf8('{} \r\n\t\n'))) {
      const { parser } = read(chunks);
      parser.end();
      expect(parser.trailingOffset).toBe(-1);
    }
  });

  test.each([
    ['{}x', 2],
    ['{}\n \n{"a":1} x', 5],
    ['{"a":1}}', 7],
    ['{},', 2],
    ['{}\0\0', 2],
  ])('%j has some from byte %i on', (text, offset) => {
    for (const chunks of everyCut(utf8(text))) {
      const { parser, reader } = read(chunks);
      parser.end();
      expect(parser.trailingOffset).toBe(offset);
      expect(reader.sections.length).toBeLessThanOrEqual(1);
    }
  });
});

describe('refuses', () => {
  test.each([
    ['x{}', 0, "'{'", "'x'"],
    ['[{}]', 0, "'{'", "'['"],
    ['{1:2}', 1, "a key or '}'", "'1'"],
    ["{'a':1}", 1, "a key or '}'", "'''"],
    ['{,"a":1}', 1, "a key or '}'", "','"],
    ['{"a" 1}', 5, "':'", "'1'"],
    ['{"a":1 "b":2}', 7, "',' or '}'", "'\"'"],
    ['{"a":[1]]', 8, "',' or '}'", "']'"],
    ['{"a":1,}', 7, 'a key', "'}'"],
    ['{"a":1,,"b":2}', 7, 'a key', "','"],
    ['{"a\nb":1}', 5, 'a key', '"\\"a\\nb\\""'],
    ['{"\\x":1}', 4, 'a key', '"\\"\\\\x\\""'],
  ])('%j, at the same byte in every cut', (text, byteOffset, expected, actual) => {
    for (const chunks of everyCut(utf8(text))) {
      expect(errorOf(() => read(chunks))).toMatchObject({
        code: 'NOT_JSON',
        section: 'document',
        byteOffset,
        expected,
        actual,
      });
    }
  });

  test('a key without end', () => {
    const bytes = utf8(`{"${'k'.repeat(10_000)}":1}`);
    for (const size of [1, 1000, bytes.length]) {
      expect(errorOf(() => read(inPieces(bytes, size)))).toMatchObject({
        code: 'NOT_JSON',
        byteOffset: 4097,
        expected: 'a key of at most 4096 bytes',
        actual: 'a longer one',
      });
    }
  });

  test('asks the reader first when the start is no object', () => {
    const reader = new NotingReader();
    errorOf(() => new DocumentParser(reader, testContext()).write(utf8(' [1]')));
    expect(reader.refusedStarts).toEqual([1]);
  });
});

describe('the end of the input', () => {
  const endOf = (text: string) => errorOf(() => read([utf8(text)]).parser.end());

  test.each([
    ['', 'no bytes'],
    [' \n', 'nothing but white space'],
  ])('%j is empty', (text, actual) => {
    expect(endOf(text)).toMatchObject({
      code: 'EMPTY',
      section: 'document',
      byteOffset: text.length,
      expected: "'{'",
      actual,
    });
  });

  test.each([
    ['{', 'document', "a key or '}'"],
    ['{"', 'document', 'the end of a key'],
    ['{"a\\', 'document', 'the end of a key'],
    ['{"a"', 'document', "':'"],
    ['{"a":', 'document', 'a value'],
    ['{"a":[1', 'a', 'the rest of a JSON value'],
    ['{"a":1', 'a', 'the rest of a JSON value'],
    ['{"a":1 ', 'document', "',' or '}'"],
    ['{"a":1,', 'document', 'a key'],
  ])('%j is cut short', (text, section, expected) => {
    expect(endOf(text)).toMatchObject({
      code: 'TRUNCATED',
      section,
      byteOffset: text.length,
      expected,
      actual: 'the end of the input',
    });
  });
});
