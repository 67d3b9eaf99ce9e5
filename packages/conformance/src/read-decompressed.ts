import { readFile } from 'node:fs/promises';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { decompress as decompressZstd } from 'fzstd';

/** The bytes of a file without their compression, which its first bytes tell; brotli has no mark but the name. */
export async function readDecompressed(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return gunzipSync(bytes);
  if (bytes[0] === 0x78) return inflateSync(bytes);
  if (bytes[0] === 0x28 && bytes[1] === 0xb5) return decompressZstd(bytes);
  return path.endsWith('.br') ? brotliDecompressSync(bytes) : bytes;
}
