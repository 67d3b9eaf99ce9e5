import fc from 'fast-check';
import { Assembler } from 'stream-json/core/assembler.js';
import { describe, expect, test } from 'vitest';
import { JsonValueParser } from '../../src/parse/json-value-parser.js';
import { arbitraryChunking } from '../support/arbitrary-chunking.js';
import { arbitraryFormatting } from '../support/arbitrary-formatting.js';
import { errorOf, everyCut, feed, inPieces, testContext, utf8 } from '../support/feed-parser.js';
import type { JsonValue } from '../support/json-value.js';

/** The value, and how many bytes it took. */
function read(chunks: Iterable<Uint8Array>): { value: unknown; taken: number } {
  const assembler = new Assembler();
  const parser = new JsonValueParser('x', testContext(), { onToken: (token) => assembler.consume(token) });
  const taken = feed(parser, chunks);
  expect(parser.done).toBe(true);
  return { value: assembler.current, taken };
}

test.each([
  '{}',
  '[]',
  '""',
  '{"a":[1,{"b":null}],"c":"}]"}',
  '["\\"","\\\\","{\\"[","é€😀\\ud83d\\ude00"]',
  '[1.5e-3,-0,0.25,1E+2,true,false,null]',
  ' [ 1 , { "a" : "" } ] '.trim(),
  '"a \\" b"',
])('%s is read whole, in every cut, and nothing behind it', (text) => {
  for (const chunks of everyCut(utf8(`${text},"next":1}`))) {
    expect(read(chunks)).toEqual({ value: JSON.parse(text), taken: utf8(text).length });
  }
});

test.each(['null', 'true', 'false', '0', '-12.5e3'])('%s ends where something else begins', (text) => {
  for (const behind of [',', '}', ']', ' ', '\n']) {
    for (const chunks of everyCut(utf8(text + behind))) {
      expect(read(chunks)).toEqual({ value: JSON.parse(text), taken: text.length });
    }
  }
});

test('any JSON, however it is written and cut', () => {
  const json = fc.jsonValue({ stringUnit: 'binary' }) as fc.Arbitrary<JsonValue>;
  fc.assert(
    fc.property(json, arbitraryFormatting(), arbitraryChunking(), (value, format, chunk) => {
      const bytes = utf8(`${format(value).trim()},`);
      expect(JSON.stringify(read(chunk(bytes)).value)).toBe(JSON.stringify(value));
    }),
    { numRuns: 200 },
  );
});

describe('refuses', () => {
  test.each([
    '[}',
    '{]',
    '[1,]',
    '[,1]',
    '{"a"}',
    '{"a":}',
    '{a:1}',
    "['a']",
    '[01]',
    '[1.]',
    '[+1]',
    '[NaN]',
    '["\\x"]',
    '["a" "b"]',
    '[1 2]',
    'nul,',
    'undefined,',
    '-,',
    '/* */ 1,',
  ])('%s, in every cut, also where nobody looks at the value', (text) => {
    for (const chunks of everyCut(utf8(text))) {
      for (const options of [{}, { onToken: () => {} }]) {
        const error = errorOf(() => feed(new JsonValueParser('x', testContext(), options), chunks));
        expect(error).toMatchObject({
          code: 'NOT_JSON',
          section: 'x',
          byteOffset: 0,
          expected: 'a valid JSON value',
        });
        expect(error.actual).toMatch(/^one that breaks off: /);
      }
    }
  });

  test('names the byte where the value began', () => {
    const parser = new JsonValueParser('x', testContext());
    expect(errorOf(() => parser.write(utf8('"x": [1,]'), 5, 1000)).byteOffset).toBe(1005);
  });
});

describe('limits', () => {
  test('depth', () => {
    const nested = (depth: number, open: string, close: string) => () =>
      feed(new JsonValueParser('x', testContext({ maxDepth: 100 })), [
        utf8(`${open.repeat(depth)}1${close.repeat(depth)}`),
      ]);
    expect(nested(100, '[', ']')).not.toThrow();
    expect(nested(100, '{"a":', '}')).not.toThrow();
    expect(errorOf(nested(101, '[', ']'))).toMatchObject({ limit: 'maxDepth', allowed: 100 });
    expect(errorOf(nested(101, '{"a":', '}')).message).toBe(
      'test.heapsnapshot: x, byte 500: exceeds the limit maxDepth = 100',
    );
  });

  test('depth is not what was closed again, nor what stands in strings', () => {
    const text = `[${'[[]],"[[[[[[",'.repeat(1000)}0]`;
    expect(() => feed(new JsonValueParser('x', testContext({ maxDepth: 3 })), [utf8(text)])).not.toThrow();
  });

  test('bytes, for the header alone', () => {
    const text = utf8(`{"a":"${'x'.repeat(1000)}"}`);
    const parserOf = (isHeader: boolean) =>
      new JsonValueParser('snapshot', testContext({ maxHeaderBytes: 100 }), { isHeader });
    for (const size of [1, 64, 5000]) {
      expect(errorOf(() => feed(parserOf(true), inPieces(text, size)))).toMatchObject({
        limit: 'maxHeaderBytes',
        allowed: 100,
      });
    }
    expect(() => feed(parserOf(false), [text])).not.toThrow();
    const small = utf8(`{"a":"${'x'.repeat(92)}"}`);
    expect(small.length).toBe(100);
    expect(() => feed(parserOf(true), [small])).not.toThrow();
  });
});

test('a value that nobody reads takes no memory for its strings', () => {
  const parser = new JsonValueParser('x', testContext());
  const piece = utf8('x'.repeat(1 << 16));
  feed(parser, [utf8('["')]);
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < 128; i++) parser.write(piece, 0, i);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(6 * 2 ** 20);
});
