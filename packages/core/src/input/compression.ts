/** How the bytes of a snapshot are packed. */
export type Compression = 'none' | 'gzip' | 'zlib' | 'zstd' | 'brotli';

/** Bytes that {@link detectCompression} wants to see (fewer only where the input ends before). */
export const SNIFF_BYTES = 16;

/** Tells the compression by the first bytes; undefined where they are neither JSON nor anything known: brotli has no mark. */
export function detectCompression(start: Uint8Array): Compression | undefined {
  if (start[0] === 0x1f && start[1] === 0x8b) return 'gzip';
  if (start[0] === 0x28 && start[1] === 0xb5 && start[2] === 0x2f && start[3] === 0xfd) return 'zstd';
  // RFC 1950: method 8, and the first two bytes are a multiple of 31
  if (
    (start[0] & 0x0f) === 8 &&
    start[0] >> 4 <= 7 &&
    start.length > 1 &&
    (start[0] * 256 + start[1]) % 31 === 0
  ) {
    return 'zlib';
  }
  return start.length === 0 || couldBeText(start) ? 'none' : undefined;
}

/** White space, a byte order mark, or what a JSON value or a line of text begins with: printable ASCII only. */
function couldBeText(start: Uint8Array): boolean {
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return true;
  return start.every(
    (byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d,
  );
}
