import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { OutputError } from './output-stream.js';

/**
 * Writes all chunks to `file`, as fast as the disk takes them, under another name at first: `file` appears, or is
 * replaced, when it is whole. After a failure nothing is left.
 */
export async function writeFileWhole(
  file: string,
  chunks: AsyncIterable<string | Uint8Array>,
): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  // a failure of the one who makes the chunks is told as it is; all others are of the file
  let failureOfChunks: { readonly error: unknown } | undefined;
  async function* watched(): AsyncGenerator<string | Uint8Array> {
    try {
      yield* chunks;
    } catch (error) {
      failureOfChunks = { error };
      throw error;
    }
  }
  try {
    await pipeline(watched(), createWriteStream(temporary, { flags: 'wx' }));
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw failureOfChunks === undefined
      ? new OutputError(error as NodeJS.ErrnoException)
      : failureOfChunks.error;
  }
}
