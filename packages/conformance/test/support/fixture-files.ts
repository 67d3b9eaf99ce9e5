import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { decompress as decompressZstd } from 'fzstd';

/** The snapshots that the tests of `core` keep: `real` from programs, `synthetic` made for one peculiarity each. */
export type FixtureFolder = 'real' | 'synthetic';

/** Paths of all snapshot files in a folder of fixtures, in order of their names. */
export function fixtureFiles(folder: FixtureFolder): { name: string; path: string }[] {
  const directory = new URL(`../../../core/test/fixtures/${folder}/`, import.meta.url);
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => /\.heap(snapshot|timeline)(\.\w+)?$/.test(name))
    .sort()
    .map((name) => ({ name, path: fileURLToPath(new URL(name, directory)) }));
}

/** The bytes of a file without their compression, which its first bytes tell; brotli has no mark but the name. */
export async function readDecompressed(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return gunzipSync(bytes);
  if (bytes[0] === 0x78) return inflateSync(bytes);
  if (bytes[0] === 0x28 && bytes[1] === 0xb5) return decompressZstd(bytes);
  return path.endsWith('.br') ? brotliDecompressSync(bytes) : bytes;
}
