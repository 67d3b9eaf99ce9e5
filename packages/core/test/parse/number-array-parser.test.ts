import { describe, expect, test } from 'vitest';
import { NumberArrayParser } from '../../src/parse/number-array-parser.js';
import { type NumberBatch, type NumberSink, RowProblem } from '../../src/parse/number-sink.js';
import {
  CollectingSink,
  errorOf,
  everyCut,
  feed,
  inPieces,
  testContext,
  utf8,
} from '../support/feed-parser.js';

const BATCH = 8192;

function read(chunks: Iterable<Uint8Array>, options: { signed?: boolean } = {}): CollectingSink {
  const sink = new CollectingSink();
  const parser = new NumberArrayParser('nodes', sink, testContext(), options);
  feed(parser, chunks);
  expect(parser.done).toBe(true);
  return sink;
}

describe('accepts', () => {
  test.each([
    ['[]', []],
    ['[ \t\r\n]', []],
    ['[0]', [0]],
    ['[1,22,333]', [1, 22, 333]],
    ['[ 1 , 22\t,\r\n333 ]', [1, 22, 333]],
    // V8 up to Node 22 puts each row on a line that begins with the comma
    ['[1,2,3\n,4,5,6\n,7,8,9\n]', [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['[0,0\n,0\n\n,0]', [0, 0, 0, 0]],
    ['[123456789,1234567890,999999999]', [123456789, 1234567890, 999999999]],
    ['[2147483647,2147483648,4294967295,4294967296]', [2147483647, 2147483648, 4294967295, 4294967296]],
    ['[9007199254740991,9007199254740990]', [9007199254740991, 9007199254740990]],
  ])('%j in every cut', (text, numbers) => {
    for (const chunks of everyCut(utf8(text))) {
      const sink = read(chunks);
      expect(sink.numbers).toEqual(numbers);
      expect(sink.ends).toBe(1);
    }
  });

  test('numbers below 0 where the section is signed', () => {
    for (const chunks of everyCut(utf8('[-1,5\n,-2147483648, -9007199254740991 ,-0]'))) {
      expect(read(chunks, { signed: true }).numbers).toEqual([-1, 5, -2147483648, -9007199254740991, 0]);
    }
  });

  test('nothing behind the bracket', () => {
    const bytes = utf8('[1,2],"edges":[3]');
    const parser = new NumberArrayParser('nodes', new CollectingSink(), testContext());
    expect(parser.write(bytes, 0, 0)).toBe(5);
    expect(parser.done).toBe(true);
  });

  test('a start in the middle of a chunk', () => {
    const sink = new CollectingSink();
    const parser = new NumberArrayParser('nodes', sink, testContext());
    expect(parser.write(utf8('"nodes":[1,2,3],'), 8, 1000)).toBe(15);
    expect(sink.numbers).toEqual([1, 2, 3]);
  });
});

describe('more numbers than a batch', () => {
  // the last number of a full batch may be read by the fast path or by the careful one
  const separators = [',', ' ,', '\n,', ', ', '\n ,\n'];
  for (const before of separators) {
    for (const after of separators) {
      test(`${JSON.stringify(before)} up to its end, ${JSON.stringify(after)} from there on`, () => {
        for (const [first, second] of [
          [BATCH - 1, 10],
          [BATCH, BATCH],
          [BATCH - 2, 2 * BATCH],
          [2 * BATCH - 1, 3],
        ]) {
          const numbers = Array.from({ length: first + second }, (_, i) => i);
          const text = `[${numbers.slice(0, first).join(before)}${after}${numbers.slice(first).join(after)}]`;
          // as text: a matcher takes its time over thousands of numbers
          expect(read([utf8(text)]).numbers.join()).toBe(numbers.join());
        }
      });
    }
  }

  test('with wide numbers at the end of each', () => {
    const numbers = Array.from({ length: 3 * BATCH }, (_, i) => (i % BATCH > BATCH - 4 ? 2 ** 40 + i : i));
    for (const size of [1000, 4096, 65536, 1 << 20]) {
      expect(read(inPieces(utf8(JSON.stringify(numbers)), size)).numbers.join()).toBe(numbers.join());
    }
  });
});

const REFUSED: [text: string, byteOffset: number, expected: string, actual: string][] = [
  ['x', 0, "'['", "'x'"],
  ['[,1]', 1, 'an integer of 0 or more', "','"],
  ['[1,,2]', 3, 'an integer of 0 or more', "','"],
  ['[1,]', 3, 'an integer of 0 or more', "']'"],
  ['[1 2]', 3, "',' or ']'", "'2'"],
  ['[1\n2]', 3, "',' or ']'", "'2'"],
  ['[1,2}', 4, "',' or ']'", "'}'"],
  ['[1,-2]', 3, 'an integer of 0 or more', "'-'"],
  ['[1,+2]', 3, 'an integer of 0 or more', "'+'"],
  ['[1,.5]', 3, 'an integer of 0 or more', "'.'"],
  ['[1,null]', 3, 'an integer of 0 or more', "'n'"],
  ['[1,"2"]', 3, 'an integer of 0 or more', "'\"'"],
  ['[1,[2]]', 3, 'an integer of 0 or more', "'['"],
  ['[1,{}]', 3, 'an integer of 0 or more', "'{'"],
  ['[1,\0]', 3, 'an integer of 0 or more', 'byte 0x00'],
  ['[1,é]', 3, 'an integer of 0 or more', 'byte 0xc3'],
  ['[1,0x10]', 4, "',' or ']'", "'x'"],
  ['[1,2/*3*/]', 4, "',' or ']'", "'/'"],
  // the neighbours of the digits
  ['[1,2:,3]', 4, "',' or ']'", "':'"],
  ['[1,:2,3]', 3, 'an integer of 0 or more', "':'"],
  ['[1,2/,3]', 4, "',' or ']'", "'/'"],
  ['[1,00]', 3, 'an integer without a leading zero', '00'],
  ['[1,007,2]', 3, 'an integer without a leading zero', '00'],
  ['[1,01,2,3]', 3, 'an integer without a leading zero', '01'],
  ['[1,01234567,2]', 3, 'an integer without a leading zero', '01'],
  ['[1,012345678,2]', 3, 'an integer without a leading zero', '01'],
  ['[1,2.0]', 3, 'an integer', '2.…'],
  ['[1,12e3,4]', 3, 'an integer', '12e…'],
  ['[1,12E3,4]', 3, 'an integer', '12E…'],
  ['[9007199254740992]', 1, 'an integer of at most 2^53 - 1', '9007199254740992…'],
  ['[1, 9007199254740993,2]', 4, 'an integer of at most 2^53 - 1', '9007199254740992…'],
];

describe('refuses', () => {
  test.each(REFUSED)('%j, at the same byte in every cut', (text, byteOffset, expected, actual) => {
    for (const chunks of everyCut(utf8(text))) {
      const error = errorOf(() =>
        feed(new NumberArrayParser('nodes', new CollectingSink(), testContext()), chunks),
      );
      expect(error).toMatchObject({ code: 'BAD_NUMBER', section: 'nodes', byteOffset, expected, actual });
    }
  });

  // long enough for the kernel, which must stop where the careful scanner finds fault
  test.each(REFUSED.filter(([text]) => text.startsWith('[')))(
    '%j behind a long run',
    (text, byteOffset, expected, actual) => {
      for (const run of ['123456789,', '12\n,3,']) {
        const prefix = `[${run.repeat(300)}`;
        const bytes = utf8(prefix + text.slice(1) + '1,'.repeat(300));
        const at = prefix.length - 1 + byteOffset;
        for (const chunks of [[bytes], inPieces(bytes, 1000), [bytes.subarray(0, at), bytes.subarray(at)]]) {
          const parser = new NumberArrayParser('nodes', new CollectingSink(), testContext());
          expect(errorOf(() => feed(parser, chunks))).toMatchObject({ byteOffset: at, expected, actual });
        }
      }
    },
  );

  test.each([
    ['[1,-]', 4, "a digit after '-'", "']'"],
    ['[--1]', 2, "a digit after '-'", "'-'"],
    ['[-01]', 1, 'an integer without a leading zero', '-01'],
    ['[-9007199254740992]', 1, 'an integer of at most 2^53 - 1', '9007199254740992…'],
    ['[x]', 1, 'an integer', "'x'"],
  ])('%j where the section is signed', (text, byteOffset, expected, actual) => {
    for (const chunks of everyCut(utf8(text))) {
      const parser = new NumberArrayParser('scopes', new CollectingSink(), testContext(), { signed: true });
      expect(errorOf(() => feed(parser, chunks))).toMatchObject({ byteOffset, expected, actual });
    }
  });

  test('a number of a megabyte of digits, after few of them', () => {
    const parser = new NumberArrayParser('nodes', new CollectingSink(), testContext());
    const error = errorOf(() => feed(parser, [utf8('[1,'), utf8('9'.repeat(1 << 20))]));
    expect(error).toMatchObject({ byteOffset: 3, expected: 'an integer of at most 2^53 - 1' });
  });
});

/** Refuses one number by its value, as the rows of a section do. */
class RefusingSink implements NumberSink {
  readonly #refused: number;
  constructor(refused: number) {
    this.#refused = refused;
  }

  push(values: NumberBatch, count: number): void {
    const index = values.subarray(0, count).indexOf(this.#refused);
    if (index >= 0) throw new RowProblem(index, 'BAD_REFERENCE', 'another number', String(this.#refused));
  }

  end(): void {
    throw new RowProblem(-1, 'BAD_ROWS', 'whole rows', 'a row that is not');
  }
}

describe('what the rows refuse', () => {
  const refusal = (chunks: Iterable<Uint8Array>, refused: number, signed = false) =>
    errorOf(() =>
      feed(new NumberArrayParser('edges', new RefusingSink(refused), testContext(), { signed }), chunks),
    );

  test('is found in the bytes again, in every cut', () => {
    const text = '[10,20\n,30 ,\n40,1234567890123 ,77,88]';
    for (const refused of [10, 20, 30, 40, 1234567890123, 77, 88]) {
      for (const chunks of everyCut(utf8(text))) {
        expect(refusal(chunks, refused)).toMatchObject({
          code: 'BAD_REFERENCE',
          section: 'edges',
          byteOffset: text.indexOf(String(refused)),
          expected: 'another number',
          actual: String(refused),
        });
      }
    }
  });

  test('is found where it is negative', () => {
    const text = '[-10,20,-30]';
    for (const refused of [-10, 20, -30]) {
      for (const chunks of everyCut(utf8(text))) {
        expect(refusal(chunks, refused, true).byteOffset).toBe(text.indexOf(String(refused)));
      }
    }
  });

  test.each([',', ' , ', '\n,', ',\n  '])('is found beyond a batch, separated by %j', (separator) => {
    for (const before of [BATCH - 2, BATCH - 1, BATCH, BATCH + 1, 3 * BATCH]) {
      const text = `[${`1${separator}`.repeat(before)}22${separator}1]`;
      for (const size of [text.length, 1000, 4093]) {
        expect(refusal(inPieces(utf8(text), size), 22).byteOffset).toBe(text.indexOf('22'));
      }
    }
  });

  test('at the end of the section names its bracket', () => {
    for (const chunks of everyCut(utf8('[1,2 ,3 ] '))) {
      expect(refusal(chunks, 99)).toMatchObject({ code: 'BAD_ROWS', byteOffset: 8 });
    }
  });

  test('other errors of a sink pass through', () => {
    const sink: NumberSink = {
      push: () => {
        throw new RangeError('no memory');
      },
      end: () => {},
    };
    expect(() => feed(new NumberArrayParser('edges', sink, testContext()), [utf8('[1]')])).toThrow(
      RangeError,
    );
  });
});

test('an object instead of a number is announced before it is refused', () => {
  const seen: number[] = [];
  for (const chunks of everyCut(utf8('[{"id":1}]'))) {
    const parser = new NumberArrayParser('nodes', new CollectingSink(), testContext(), {
      onObject: (byteOffset) => seen.push(byteOffset),
    });
    expect(errorOf(() => feed(parser, chunks)).code).toBe('BAD_NUMBER');
  }
  expect(new Set(seen)).toEqual(new Set([1]));
});

test.each([
  ['[', "an integer or ']'"],
  ['[1', "',' or ']'"],
  ['[1,', 'an integer'],
  ['[1,-', "a digit after '-'"],
  ['[1 ', "',' or ']'"],
])('says what %j lacks', (text, expectation) => {
  const parser = new NumberArrayParser('edges', new CollectingSink(), testContext(), { signed: true });
  feed(parser, [utf8(text)]);
  expect(parser.done).toBe(false);
  expect(parser.expectation).toBe(expectation);
});
