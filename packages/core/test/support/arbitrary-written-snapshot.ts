import fc from 'fast-check';
import { arbitraryChunking } from './arbitrary-chunking.js';
import { arbitraryFormatting } from './arbitrary-formatting.js';
import { arbitrarySnapshot } from './arbitrary-snapshot.js';
import type { JsonObject } from './json-value.js';

export interface WrittenSnapshot {
  document: JsonObject;
  text: string;
  /** The UTF-8 bytes of `text`. */
  bytes: Uint8Array;
  /** The same bytes in pieces, empty ones among them. */
  chunks: Uint8Array[];
}

/** A random document, written in a random way, its bytes cut at random: three independent choices. */
export function arbitraryWrittenSnapshot(): fc.Arbitrary<WrittenSnapshot> {
  return fc
    .tuple(arbitrarySnapshot(), arbitraryFormatting(), arbitraryChunking())
    .map(([document, format, chunk]) => {
      const text = format(document);
      const bytes = new TextEncoder().encode(text);
      return { document, text, bytes, chunks: chunk(bytes) };
    });
}
