import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NumberArrayParser } from '../../src/parse/number-array-parser.js';
import { type NumberBatch, type NumberSink, RowProblem } from '../../src/parse/number-sink.js';
import { arbitraryChunking } from '../support/arbitrary-chunking.js';
import { arbitraryFormatting } from '../support/arbitrary-formatting.js';
import { arbitraryWideInteger } from '../support/arbitrary-values.js';
import { CollectingSink, errorOf, feed, inPieces, testContext, utf8 } from '../support/feed-parser.js';

test('every array of integers is read as JSON.parse reads it, however it is written and cut', () => {
  const numbers = fc.array(fc.oneof(arbitraryWideInteger(), fc.maxSafeInteger()), { maxLength: 60 });
  fc.assert(
    fc.property(numbers, arbitraryFormatting(), arbitraryChunking(), (array, format, chunk) => {
      const text = format(array).trim();
      const sink = new CollectingSink();
      const bytes = utf8(text);
      expect(feed(new NumberArrayParser('scopes', sink, testContext(), { signed: true }), chunk(bytes))).toBe(
        bytes.length,
      );
      // -0 and 0 are one number to whoever counts
      expect(sink.numbers).toEqual(array.map((number) => number + 0));
    }),
    { numRuns: 500 },
  );
});

test('long arrays come through, whichever numbers leave the fast path', () => {
  const separator = fc.constantFrom(',', ',', ',', ',', '\n,', ' ,', ', ');
  const digits = fc.integer({ min: 1, max: 15 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(separator, digits), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 8100, max: 20_000 }),
      fc.integer({ min: 500, max: 200_000 }),
      (pattern, count, chunkSize) => {
        const numbers = Array.from(
          { length: count },
          (_, i) => 10 ** (pattern[i % pattern.length][1] - 1) + i,
        );
        const text = numbers
          .map((number, i) => `${i === 0 ? '' : pattern[i % pattern.length][0]}${number}`)
          .join('');
        const sink = new CollectingSink();
        feed(new NumberArrayParser('nodes', sink, testContext()), inPieces(utf8(`[${text}]`), chunkSize));
        expect(sink.numbers.join()).toBe(numbers.join());
      },
    ),
    { numRuns: 30 },
  );
});

/** Refuses the n-th number of all. */
class NthRefused implements NumberSink {
  #seen = 0;
  readonly #refused: number;
  constructor(refused: number) {
    this.#refused = refused;
  }

  push(_values: NumberBatch, count: number): void {
    const index = this.#refused - this.#seen;
    this.#seen += count;
    if (index < count) throw new RowProblem(index, 'BAD_ROWS', 'something', 'something else');
  }

  end(): void {}
}

test('the byte of a refused number is found for every cutting', () => {
  const gap = fc.constantFrom('', '', ' ', '\n', ' \r\n\t');
  const number = fc.tuple(gap, arbitraryWideInteger(), gap);
  fc.assert(
    fc.property(
      fc.array(number, { minLength: 1, maxLength: 40 }),
      fc.nat(),
      arbitraryChunking(),
      (parts, nth, chunk) => {
        const refused = nth % parts.length;
        const starts: number[] = [];
        let text = '[';
        for (const [before, value, after] of parts) {
          text += (text === '[' ? '' : ',') + before;
          starts.push(text.length);
          text += value + after;
        }
        const parser = new NumberArrayParser('edges', new NthRefused(refused), testContext());
        expect(errorOf(() => feed(parser, chunk(utf8(`${text}]`))))).toMatchObject({
          code: 'BAD_ROWS',
          byteOffset: starts[refused],
        });
      },
    ),
    { numRuns: 500 },
  );
});

test('what is no array of integers ends with the same error for every cutting', () => {
  const damage = fc.constantFrom(
    '',
    '-',
    '.',
    'e',
    '0',
    ',',
    ' ',
    ']',
    '[',
    'x',
    '"',
    '9999999999999999',
    '\0',
  );
  fc.assert(
    fc.property(
      fc.array(fc.nat(99_999), { maxLength: 12 }),
      fc.nat(),
      damage,
      arbitraryChunking(),
      (array, at, what, chunk) => {
        const valid = JSON.stringify(array);
        const place = at % (valid.length + 1);
        const bytes = utf8(valid.slice(0, place) + what + valid.slice(place));
        const outcome = (chunks: Uint8Array[]) => {
          const sink = new CollectingSink();
          const parser = new NumberArrayParser('nodes', sink, testContext());
          try {
            const taken = feed(parser, chunks);
            return { taken, done: parser.done, numbers: sink.numbers };
          } catch (error) {
            return String(error);
          }
        };
        expect(outcome(chunk(bytes))).toEqual(outcome([bytes]));
      },
    ),
    { numRuns: 500 },
  );
});
