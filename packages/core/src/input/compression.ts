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

/**
 * What a JSON object begins with (behind its first quote anything may stand), or printable ASCII only: other JSON, or a
 * line of text that got into the file.
 */
function couldBeText(start: Uint8Array): boolean {
  const text = new TextDecoder('latin1').decode(start).replace(/^\xEF\xBB\xBF/, '');
  return /^\s*\{\s*(["}]|$)/.test(text) || /^[\t\n\r\x20-\x7e]*$/.test(text);
}
