/**
 * Cuts text into UTF-8 chunks of exactly `chunkSize` bytes (the last may be shorter), inside characters too.
 */
export function* encodeChunks(
  texts: Iterable<string>,
  chunkSize: number,
): Generator<Uint8Array, void, undefined> {
  const encoder = new TextEncoder();
  let chunk = new Uint8Array(chunkSize);
  let filled = 0;
  for (const text of texts) {
    const bytes = encoder.encode(text);
    for (let taken = 0; taken < bytes.length; ) {
      const part = bytes.subarray(taken, taken + chunkSize - filled);
      chunk.set(part, filled);
      filled += part.length;
      taken += part.length;
      if (filled < chunkSize) continue;
      yield chunk;
      chunk = new Uint8Array(chunkSize);
      filled = 0;
    }
  }
  if (filled > 0) yield chunk.subarray(0, filled);
}

/** For heaps that fit a string. */
export function joinText(texts: Iterable<string>): string {
  return Array.from(texts).join('');
}
