import { SNIFF_BYTES } from './compression.js';

/** A stream whose first bytes were looked at, and can still be read. */
export interface SniffedStream {
  readonly start: Uint8Array;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Reads until there are enough bytes to tell the format (or the input ends) and puts them back. */
export async function sniff(chunks: AsyncIterable<Uint8Array>): Promise<SniffedStream> {
  const iterator = chunks[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  let length = 0;
  let isOver = false;
  while (length < SNIFF_BYTES && !isOver) {
    const next = await iterator.next();
    if (next.done) isOver = true;
    else {
      // a large first chunk is enough and needs no copy; small ones would be overwritten by those that follow
      head.push(next.value.length >= SNIFF_BYTES ? next.value : next.value.slice());
      length += next.value.length;
    }
  }
  const start = Uint8Array.from(head.flatMap((chunk) => [...chunk.subarray(0, SNIFF_BYTES)])).subarray(
    0,
    SNIFF_BYTES,
  );
  return { start, chunks: replay(head, iterator, isOver) };
}

async function* replay(
  head: readonly Uint8Array[],
  iterator: AsyncIterator<Uint8Array>,
  isOver: boolean,
): AsyncGenerator<Uint8Array> {
  yield* head;
  if (isOver) return;
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
}
