import { HeapstreamError, type SnapshotFormatError } from '../../src/errors.js';
import { DEFAULT_LIMITS, type Limits } from '../../src/limits.js';
import type { NumberBatch, NumberSink } from '../../src/parse/number-sink.js';
import { ParseContext } from '../../src/parse/parse-context.js';
import type { ValueParser } from '../../src/parse/value-parser.js';

/** What errors call the input of a parser under test. */
export const TEST_FILE = 'test.heapsnapshot';

export function testContext(limits: Partial<Limits> = {}): ParseContext {
  return new ParseContext(TEST_FILE, { ...DEFAULT_LIMITS, ...limits });
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/**
 * Hands the chunks to a parser of one value, and returns how many bytes it took. Every chunk is overwritten after its
 * turn, as a source does that reads into one buffer.
 */
export function feed(parser: ValueParser, chunks: Iterable<Uint8Array>): number {
  let offset = 0;
  for (const chunk of chunks) {
    const own = chunk.slice();
    const taken = own.length === 0 ? 0 : parser.write(own, 0, offset);
    own.fill(0x58);
    if (parser.done) return offset + taken;
    if (taken !== chunk.length) throw new Error(`took ${taken} of ${chunk.length} bytes and is not done`);
    offset += chunk.length;
  }
  return offset;
}

/** The whole, one byte at a time, pairs, and every cut in two. */
export function* everyCut(bytes: Uint8Array): Generator<Uint8Array[]> {
  yield [bytes];
  yield inPieces(bytes, 1);
  yield inPieces(bytes, 2);
  for (let cut = 1; cut < bytes.length; cut++) yield [bytes.subarray(0, cut), bytes.subarray(cut)];
}

export function inPieces(bytes: Uint8Array, size: number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; from += size) pieces.push(bytes.subarray(from, from + size));
  return pieces;
}

/** Keeps the numbers. */
export class CollectingSink implements NumberSink {
  readonly numbers: number[] = [];
  ends = 0;

  push(values: NumberBatch, count: number): void {
    if (count > values.length) throw new Error(`a batch of ${count} in an array of ${values.length}`);
    for (let i = 0; i < count; i++) this.numbers.push(values[i]);
    // whoever keeps the array finds out
    values.fill(Number.NaN);
  }

  end(): void {
    this.ends++;
  }
}

/** The error that `task` throws on purpose; other errors, and no error, fail the test. */
export function errorOf(task: () => unknown): SnapshotFormatError {
  try {
    task();
  } catch (error) {
    if (error instanceof HeapstreamError) return error as SnapshotFormatError;
    throw error;
  }
  throw new Error('no error was thrown');
}
